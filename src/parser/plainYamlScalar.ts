/** Plain scalars of YAML 1.2's core schema, as far as specs use them. */

const whole = /^[-+]?[0-9]+$/;
const fraction = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Octal, hexadecimal, infinity, not-a-number: valid, but left to the full reader. */
const exotic = /^(?:0o|0x|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))/;
const words = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
]);

/** The value of a plain scalar; undefined where only the full reader should say. */
export function plainScalarValue(text: string): string | number | boolean | null | undefined {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  // Digits, sign or point: anything else is text.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return text;
  if (whole.test(text) || fraction.test(text)) return Number(text);
  return exotic.test(text) ? undefined : text;
}

/** Characters with which a plain scalar cannot begin, or which begin something that only the full reader knows. */
const indicators = new Set('&*!|>%@`?,[]{}#"\'');

/** Whether a plain scalar begins here; inside a flow collection its second character may not end it. */
export function canBeginPlain(text: string, at: number, inFlow: boolean): boolean {
  const c = text[at];
  if (c === undefined || indicators.has(c)) return false;
  if (c !== '-' && c !== ':') return true;
  // `- ` and `: ` are structure.
  const next = text[at + 1] ?? ' ';
  return next !== ' ' && next !== '\n' && !(inFlow && ',[]{}'.includes(next));
}
