/** What a shell would read as a pattern: `*`, `?`, `[abc]`, `{a,b}`. */
const special = /[*?[\]{}]/;

/** Whether a name on the command line can only be meant as a pattern. */
export function isPattern(text: string): boolean {
  return special.test(text);
}

/** The patterns that `{a,b}` stands for, in the order of its parts; braces may be nested. */
export function expandBraces(pattern: string): readonly string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  const { parts, end } = alternativesAt(pattern, open);
  const head = pattern.slice(0, open);
  const tails = expandBraces(pattern.slice(end));
  // As in a shell, braces without a comma, or without an end, are themselves.
  if (parts.length < 2) return tails.map((tail) => head + pattern.slice(open, end) + tail);
  return parts.flatMap(expandBraces).flatMap((part) => tails.map((tail) => head + part + tail));
}

/** The parts between the brace at `open` and its partner, and where the text goes on. */
function alternativesAt(pattern: string, open: number): { parts: readonly string[]; end: number } {
  const parts: string[] = [];
  let [depth, from] = [0, open + 1];
  for (let at = open; at < pattern.length; at += 1) {
    const c = pattern[at];
    if (c === '{') depth += 1;
    if (c === '}') depth -= 1;
    if (depth === 0 || (depth === 1 && c === ',')) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    }
    if (depth === 0) return { parts, end: at + 1 };
  }
  return { parts: [], end: open + 1 };
}

/** Tests one name of a folder against one part of a pattern, which has no `/`. Hidden names must be asked for. */
export function nameTest(part: string): (name: string) => boolean {
  const expression = expressionOf(part);
  return (name) => (!name.startsWith('.') || part.startsWith('.')) && expression.test(name);
}

function expressionOf(part: string): RegExp {
  try {
    return new RegExp(`^${sourceOf(part)}$`, 'su');
  } catch {
    // A range that runs backwards, as in `[z-a]`, holds nothing.
    return /$^/;
  }
}

function sourceOf(part: string): string {
  return part.replace(/\[[!^]?\]?[^\]]*\]|[\s\S]/gu, (token) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    return token.length > 1 && token.startsWith('[') ? choiceOf(token) : escaped(token);
  });
}

/** `[a-c]` and `[!a-c]` */
function choiceOf(token: string): string {
  const negated = /^\[[!^]/.test(token);
  const inside = token.slice(negated ? 2 : 1, -1).replace(/[[\\\]^]/g, '\\$&');
  return `[${negated ? '^' : ''}${inside}]`;
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** Whether a path with forward slashes fits a pattern; `**` is any number of folders. A pattern without `/` fits names in any folder. */
export function matchesGlob(pattern: string, path: string): boolean {
  const parts = path.split('/');
  return expandBraces(pattern.replace(/^\.\//, '')).some((one) => {
    const wanted = one.includes('/') ? one.split('/') : ['**', one];
    return fitsParts(wanted, parts);
  });
}

function fitsParts([part, ...rest]: readonly string[], names: readonly string[]): boolean {
  const [name, ...others] = names;
  if (part === undefined) return name === undefined;
  if (part === '**')
    return fitsParts(rest, names) || (name !== undefined && fitsParts([part, ...rest], others));
  return name !== undefined && nameTest(part)(name) && fitsParts(rest, others);
}
