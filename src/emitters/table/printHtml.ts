import { type ColumnName, columnOf, readableColumns, titleOf } from './columns.ts';
import { orderNote } from './printText.ts';
import { readableCell } from './readableCell.ts';
import type { Row, Table } from './rows.ts';

interface HtmlOptions {
  readonly columns?: readonly ColumnName[];
  /** The network's name, for the caption. */
  readonly name: string;
}

/** The table as a part of a page, without one around it; end points and the totals are bold. */
export function printHtml(table: Table, { columns, name }: HtmlOptions): string {
  const names = columns ?? readableColumns(table);
  const notes = [
    ...table.needs,
    ...(table.channels === 'first' && names.includes('output') ? [orderNote.trim()] : []),
  ];
  const titles = names.map((n) => `<th scope="col"${style(n)}>${escaped(titleOf(n, table))}</th>`).join('');
  const total = names.map((n) => cell(table.total, n, true)).join('');
  return [
    '<table>',
    `<caption>${escaped(readableCell(name))}</caption>`,
    `<thead>\n<tr>${titles}</tr>\n</thead>`,
    '<tbody>',
    ...table.rows.map((row) => {
      const cells = names.map((n) => cell(row, n, row.endPoints.length > 0 && n === 'name'));
      return `<tr>${cells.join('')}</tr>`;
    }),
    '</tbody>',
    `<tfoot>\n<tr>${total}</tr>\n</tfoot>`,
    '</table>',
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    '',
  ].join('\n');
}

function cell(row: Row, name: ColumnName, strong: boolean): string {
  const text = escaped(readableCell(columnOf(name).cell(row)));
  return `<td${style(name)}>${strong && text !== '' ? `<strong>${text}</strong>` : text}</td>`;
}

function style(name: ColumnName): string {
  return columnOf(name).align === 'right' ? ' style="text-align: right"' : '';
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
