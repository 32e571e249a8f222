import { type PrintedSize, printedSize } from './printedSize.ts';
import { type TableLine, tableLines } from './tableLines.ts';

/** One layer of a printed table. */
export interface PaperRow {
  /** The line that it stands on, from 1. */
  readonly line: number;
  /** What is said of the layer: all cells but those of sizes and of bare counts. */
  readonly labels: readonly string[];
  /** What the layer gives; undefined where the table has sizes of inputs, and ends with this row. */
  readonly size: PrintedSize | undefined;
}

export interface TableOptions {
  /** Whether the sizes are what layers read or what they give; told by the header where not given. */
  readonly sizes?: 'input' | 'output';
  /** `first`: 32 x 149 x 149. */
  readonly channels?: 'first' | 'last';
}

/** The rows of a table, or why they cannot be read, and on which line. */
export type ReadTable =
  | { readonly rows: readonly PaperRow[] }
  | { readonly reason: string; readonly line?: number };

/** Reads the table of layers that a text holds: a paper's, a docstring's, a printed summary. */
export function readTable(text: string, { sizes, channels = 'last' }: TableOptions = {}): ReadTable {
  const lines = tableLines(text);
  if (!lines.some(({ cells }) => cells.some(isSize))) {
    return lines.some(({ cells }) => cells.some((cell) => cell !== ''))
      ? { reason: 'its tables have no sizes, as 149 x 149 x 32 or (None, 149, 149, 32)' }
      : { reason: 'it has no table: no rows with cells between bars, in columns or between &' };
  }
  const header = lines.find(({ cells }) => !cells.some(isSize) && cells.some((c) => roleOf(c) !== undefined));
  const chosen = sizeColumn(lines, header, sizes);
  if ('reason' in chosen) return chosen;
  const { column, role } = chosen;
  const body = lines.filter((line) => line !== header && /\d/.test(line.cells[column] ?? ''));
  const isRow = (line: TableLine) =>
    isSize(line.cells[column] ?? '') || looksLikeSize(line.cells[column] ?? '');
  const read = body.filter(isRow);
  const wrong = read.find(({ cells }) => !isSize(cells[column] ?? ''));
  if (wrong !== undefined) {
    return { line: wrong.line, reason: `\`${wrong.cells[column]}\` is not a size that can be read` };
  }
  const rows = copied(read).map(({ line, cells }) => {
    const labels = cells.filter(
      (cell, i) => i !== column && cell !== '' && !isCount(cell) && !isOther(header, i),
    );
    return { line, labels, size: channelsLast(printedSize(cells[column] ?? ''), channels) };
  });
  return { rows: role === 'output' ? rows : rows.map((row, i) => ({ ...row, size: rows[i + 1]?.size })) };
}

function isSize(cell: string): boolean {
  return printedSize(cell) !== undefined;
}

/** Several numbers that are joined like sizes, or half a bracket of them. */
function looksLikeSize(cell: string): boolean {
  return /^[([]?\s*[\w.?-]+(?:\s*[x×,]\s*[\w.?-]+)+\s*[)\]]?$/i.test(cell) && /\d/.test(cell);
}

/** A number of weights or of operations: it says nothing of which layer it is. */
function isCount(cell: string): boolean {
  return /^[\d.,]+\s*[KMGB]?%?$/i.test(cell);
}

function roleOf(title: string): 'input' | 'output' | undefined {
  if (/patch|kernel|filter|window/i.test(title)) return undefined;
  if (/\boutputs?\b|^(?:shape|size)$/i.test(title)) return 'output';
  return /\binput\b/i.test(title) ? 'input' : undefined;
}

/** A column of the other kind of sizes. */
function isOther(header: TableLine | undefined, column: number): boolean {
  return roleOf(header?.cells[column] ?? '') !== undefined;
}

type Chosen =
  | { readonly column: number; readonly role: 'input' | 'output' }
  | { readonly reason: string; readonly line?: number };

function sizeColumn(
  lines: readonly TableLine[],
  header: TableLine | undefined,
  wanted: 'input' | 'output' | undefined,
): Chosen {
  const titled = (role: 'input' | 'output') => header?.cells.findIndex((cell) => roleOf(cell) === role) ?? -1;
  const roles = wanted === undefined ? (['output', 'input'] as const) : [wanted];
  for (const role of roles) if (titled(role) >= 0) return { column: titled(role), role };
  const counts = new Map<number, number>();
  for (const { cells } of lines) {
    for (const [i, cell] of cells.entries())
      if (isSize(cell)) counts.set(i, (counts.get(i) ?? 0) + deep(cell));
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (first !== undefined && second !== undefined && second[1] === first[1]) {
    const line = lines.find(({ cells }) => cells.some(isSize))?.line;
    return {
      reason: 'two columns hold sizes, and no header says which are those of outputs',
      ...(line === undefined ? {} : { line }),
    };
  }
  return { column: first?.[0] ?? 0, role: wanted ?? 'output' };
}

/** A size of a map says more than one of a window, which is 3 x 3 alone. */
function deep(cell: string): number {
  return (printedSize(cell)?.length ?? 0) > 2 ? 3 : 1;
}

function channelsLast(size: PrintedSize | undefined, channels: 'first' | 'last'): PrintedSize | undefined {
  const [first] = size ?? [];
  if (size === undefined || first === undefined || channels === 'last') return size;
  return [...size.slice(1), first];
}

/** Rows that stand for several layers, as often as they stand for. */
function copied(lines: readonly TableLine[]): readonly TableLine[] {
  const all: TableLine[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    if (line === undefined) break;
    const count = line.group?.lines ?? 1;
    const times = line.group?.times ?? timesIn(line);
    for (let copy = 0; copy < times; copy += 1) all.push(...lines.slice(i, i + count));
    i += count;
  }
  return all;
}

/** Beyond this a number before `x` is a slip, or no number of copies. */
const mostCopies = 200;

/** `4 x Inception-A`, `Inception-A (x4)`, or a cell `x4`; `[1x1, 64] x 3` is a stage, whose size is printed once. */
function timesIn({ cells }: TableLine): number {
  for (const cell of cells) {
    if (isSize(cell)) continue;
    const found =
      /^(\d+)\s*[x×](?!\s*\d)/i.exec(cell)?.[1] ?? /(?:^|[^\]\s]\s+|\()[x×]\s*(\d+)\)?$/i.exec(cell)?.[1];
    const isWindow = /\d\s*[x×]\s*\d+\)?$/i.test(cell);
    if (found !== undefined && !isWindow && Number(found) >= 1 && Number(found) <= mostCopies)
      return Number(found);
  }
  return 1;
}
