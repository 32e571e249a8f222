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
  const before = source.text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r/);
  const last = lines[lines.length - 1] ?? '';
  return { line: lines.length, column: [...last].length + 1 };
}

/** The text of line `line` (from 1), without its line end; undefined past the last line. */
export function lineText(source: Source, line: number): string | undefined {
  return source.text.split(/\r\n|\n|\r/)[line - 1];
}
