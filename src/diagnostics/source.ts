/** A text that a person wrote, under the name by which messages speak of it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A stretch of a source, as offsets in UTF-16 units; `end` is exclusive. Line and column are made when printed. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it: both from 1, the column in characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. `\n`, `\r\n` and a lone `\r` end a line. */
export function positionOf(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const before = source.text.slice(starts[low], offset);
  return { line: low + 1, column: [...before].length + 1 };
}

/** The text of line `line` (from 1), without its line end; undefined past the last line. */
export function lineText(source: Source, line: number): string | undefined {
  const starts = lineStarts(source);
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  return source.text.slice(start, starts[line]).replace(/[\r\n]+$/, '');
}

/** A table asks for the place of every node: the lines of a text are found once. Only a memo: same text, same answer. */
const memo = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  const known = memo.get(source);
  if (known !== undefined) return known;
  const starts = [0, ...[...source.text.matchAll(/\r\n|\n|\r/g)].map((m) => m.index + m[0].length)];
  memo.set(source, starts);
  return starts;
}
