import { once } from '../common/once.ts';

/** Code points that take two columns of a terminal: East Asian wide and full-width forms, and emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
/** Code points that take no column of their own: combining marks, joiners, variation selectors. */
const zero = once(() => /\p{Mn}|\p{Me}|\p{Cf}/u); // V8 takes long to read such a pattern, and few texts need it.
const asciiOnly = /^[\x20-\x7e]*$/;

/** The number of columns that a text without tabs and line ends takes in a terminal. */
export function displayWidth(text: string): number {
  if (asciiOnly.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += zero().test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Fills up with spaces to a width in columns: behind the text, or before it. */
export function padTo(text: string, columns: number, side: 'start' | 'end' = 'end'): string {
  const fill = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return side === 'end' ? text + fill : fill + text;
}

// Control characters except tab; a spec must not be able to move the cursor of whoever reads its errors.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Writes characters that would act on a terminal as visible ones, of one column each. */
export function visible(text: string): string {
  if (asciiOnly.test(text)) return text;
  return text.replace(controls, (c) =>
    c < '\u0020' ? String.fromCodePoint(0x2400 + c.charCodeAt(0)) : '\ufffd',
  );
}
