import { displayWidth, padTo, visible } from '../../diagnostics/displayWidth.ts';
import { type Paint, plain } from '../../diagnostics/paint.ts';
import { withThousands } from '../../diagnostics/withThousands.ts';
import type { Dim } from '../../tensor/dim.ts';
import { type ColumnName, columnOf, readableColumns, titleOf } from './columns.ts';
import { readableCell } from './readableCell.ts';
import type { Row, Table } from './rows.ts';

interface TextOptions {
  readonly columns?: readonly ColumnName[];
  readonly paint?: Paint;
}

/** The table for a terminal: aligned, numbers to the right, end points marked with `*` before their name. */
export function printText(table: Table, { columns, paint = plain }: TextOptions = {}): string {
  const names = columns ?? readableColumns(table);
  const all = [...table.rows, table.total];
  const cells = all.map((row) => names.map((name) => cellOf(row, name)));
  const titles = names.map((name) => `${name === 'name' ? '  ' : ''}${titleOf(name, table)}`);
  const widths = titles.map((title, i) =>
    cells.reduce((widest, line) => Math.max(widest, displayWidth(line[i] ?? '')), displayWidth(title)),
  );
  const [header = '', ...body] = [titles, ...cells].map((line) => aligned(line, widths, names));
  const rule = paint.dim('-'.repeat(displayWidth(header)));
  const painted = body.map((line, i) => (isEndPoint(all[i]) ? paint.green(line) : line));
  const total = paint.bold(painted.pop() ?? '');
  const text = [paint.bold(header), rule, ...painted, rule, total];
  const needs = table.needs.map((need) => `  ${visible(need)}`);
  const below = [...footer(table, names), ...needs];
  return `${[...text, ...(below.length === 0 ? [] : ['', ...below])].join('\n')}\n`;
}

function isEndPoint(row: Row | undefined): boolean {
  return row !== undefined && row.endPoints.length > 0;
}

function cellOf(row: Row, name: ColumnName): string {
  const cell = columnOf(name).cell(row);
  const whole = readableCell(cell);
  const text = isLongFormula(cell) ? `${whole.slice(0, longestFormula - 1)}…` : whole;
  return name === 'name' ? `${isEndPoint(row) ? '*' : ' '} ${text}` : text;
}

/** Of a formula for a count so many characters are shown: whole ones of large networks fill a screen. */
const longestFormula = 40;

function isLongFormula(cell: string | Dim): boolean {
  return typeof cell === 'object' && readableCell(cell).length > longestFormula;
}

/** Formulas are numbers that are not known yet, which stand to the right. */
function hasLongFormula(rows: readonly Row[], { align, cell }: ReturnType<typeof columnOf>): boolean {
  return align === 'right' && rows.some((row) => isLongFormula(cell(row)));
}

function aligned(cells: readonly string[], widths: readonly number[], names: readonly ColumnName[]): string {
  const padded = cells.map((cell, i) => {
    const name = names[i];
    const side = name !== undefined && columnOf(name).align === 'right' ? 'start' : 'end';
    return padTo(cell, widths[i] ?? 0, side);
  });
  return padded.join('  ').trimEnd();
}

/** Said where shapes do not stand as they mostly do. */
export const orderNote = '  shapes of maps are [batch, channels, …spatial]';

/** What the marks and the sums mean, where they are shown. */
function footer({ rows, total, channels }: Table, names: readonly ColumnName[]): readonly string[] {
  return [
    ...(names.includes('name') && rows.some(isEndPoint) ? ['* end point'] : []),
    ...(names.includes('parameters')
      ? [
          `  ${withThousands(total.trainable)} trainable + ${withThousands(total.nonTrainable)} non-trainable parameters`,
        ]
      : []),
    ...(channels === 'first' && names.includes('output') ? [orderNote] : []),
    ...(names.some((name) => hasLongFormula([...rows, total], columnOf(name)))
      ? ['  formulas that end in … are longer; markdown, csv and json have them whole']
      : []),
  ];
}
