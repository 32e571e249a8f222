import { type ColumnName, columnOf, readableColumns, titleOf } from './columns.ts';
import { orderNote } from './printText.ts';
import { readableCell } from './readableCell.ts';
import type { Row, Table } from './rows.ts';

interface LatexOptions {
  readonly columns?: readonly ColumnName[];
  /** The network's name, for the caption. */
  readonly name: string;
}

/** The table for a paper: a `tabular` with the rules of booktabs, to be put into a `table`; end points are bold. */
export function printLatex(table: Table, { columns, name }: LatexOptions): string {
  const names = columns ?? readableColumns(table);
  const notes = [
    ...table.needs,
    ...(table.channels === 'first' && names.includes('output') ? [orderNote.trim()] : []),
  ];
  return [
    '% \\usepackage{booktabs}',
    `% \\caption{${latexText(readableCell(name))}}`,
    `\\begin{tabular}{${names.map((n) => (columnOf(n).align === 'right' ? 'r' : 'l')).join('')}}`,
    '\\toprule',
    line(names.map((n) => latexText(titleOf(n, table)))),
    '\\midrule',
    ...table.rows.map((row) =>
      line(names.map((n) => cell(row, n, row.endPoints.length > 0 && n === 'name'))),
    ),
    '\\midrule',
    line(names.map((n) => cell(table.total, n, true))),
    '\\bottomrule',
    '\\end{tabular}',
    ...notes.map((note) => `% ${note}`),
    '',
  ].join('\n');
}

/** The first cell is guarded: a bracket or star behind `\\` or a rule would be read as an argument of that. */
function line(cells: readonly string[]): string {
  return `${/^[[*]/.test(cells[0] ?? '') ? '{}' : ''}${cells.join(' & ')} \\\\`;
}

function cell(row: Row, name: ColumnName, strong: boolean): string {
  const text = latexText(readableCell(columnOf(name).cell(row)));
  return strong && text !== '' ? `\\textbf{${text}}` : text;
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '≥': '$\\geq$',
  '≤': '$\\leq$',
  '·': '$\\cdot$',
  '×': '$\\times$',
};

/** Text in which no character acts on LaTeX; two hyphens stay two. */
function latexText(text: string): string {
  return text
    .replaceAll('"', "''")
    .replace(/[\\~^<>|≥≤·×]|[{}$&#_%]/g, (character) => commands[character] ?? `\\${character}`)
    .replace(/-(?=-)/g, '-{}');
}
