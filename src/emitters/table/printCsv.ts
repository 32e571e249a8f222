import { printDim } from '../../tensor/printDim.ts';
import { type ColumnName, columnOf } from './columns.ts';
import type { Table } from './rows.ts';

interface CsvOptions {
  readonly columns?: readonly ColumnName[];
}

/** What a program reads; the cost where it was asked for. */
function machineColumns({ convention }: Table): readonly ColumnName[] {
  const counted = convention === undefined ? (['macs'] as const) : (['macs', 'cost'] as const);
  return ['name', 'op', 'output', 'trainable', 'non_trainable', ...counted, 'end_point', 'note'];
}

/** The table as RFC 4180 has it. Without a row of totals: a reader sums a column and would count all twice. */
export function printCsv(table: Table, { columns = machineColumns(table) }: CsvOptions = {}): string {
  const lines = [columns, ...table.rows.map((row) => columns.map((name) => columnOf(name).cell(row)))];
  return lines.map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

function field(cell: Parameters<typeof printDim>[0] | string): string {
  const text = typeof cell === 'string' ? cell : printDim(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
