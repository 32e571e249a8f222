import { type ColumnName, columnOf, readableColumns, titleOf } from './columns.ts';
import { orderNote } from './printText.ts';
import { readableCell } from './readableCell.ts';
import type { Row, Table } from './rows.ts';

interface MarkdownOptions {
  readonly columns?: readonly ColumnName[];
}

/** The table for a README or a pull request; end points and the totals are bold. */
export function printMarkdown(table: Table, { columns }: MarkdownOptions = {}): string {
  const names = columns ?? readableColumns(table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(names.map((name) => titleOf(name, table))),
    line(names.map((name) => (columnOf(name).align === 'right' ? '---:' : '---'))),
    ...table.rows.map((row) =>
      line(names.map((name) => cell(row, name, row.endPoints.length > 0 && name === 'name'))),
    ),
    line(names.map((name) => cell(table.total, name, true))),
    ...table.needs.map((need) => `\n${escaped(need)}\n`),
    ...(table.channels === 'first' && names.includes('output') ? [`\n${orderNote.trim()}\n`] : []),
  ].join('');
}

function cell(row: Row, name: ColumnName, strong: boolean): string {
  const text = escaped(readableCell(columnOf(name).cell(row)));
  return strong && text !== '' ? `**${text}**` : text;
}

function escaped(text: string): string {
  return text.replace(/[\\|*`<]/g, '\\$&');
}
