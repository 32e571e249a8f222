/** An equation of einsum, taken apart: the letters of each operand and of the output. */
export interface Equation {
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Reads `nsc,ecf->nsef`: one or two operands, an explicit output, a letter for each axis, none twice in one term.
 * What is wrong comes back as text.
 */
export function readEquation(text: string): Equation | string {
  const [left = '', right, ...more] = text.replaceAll(' ', '').split('->');
  if (right === undefined || more.length > 0) return 'needs one `->` before the letters of the output';
  const terms = [...left.split(','), right];
  if (terms.length > 3) return 'has more than two operands: use one `einsum` after the other';
  const wrong = terms.find((term) => !/^[A-Za-z]*$/.test(term));
  if (wrong !== undefined) return `has "${wrong}", which is not letters only`;
  const twice = terms.find((term) => new Set(term).size < term.length);
  if (twice !== undefined) return `has a letter twice in "${twice}"`;
  const unknown = [...right].find((letter) => !left.includes(letter));
  if (unknown !== undefined) return `has the letter ${unknown} in its output only`;
  return { operands: terms.slice(0, -1).map((term) => [...term]), output: [...right] };
}
