import type { Convention } from '../../analysis/conventions/names.ts';
import type { Paint } from '../../diagnostics/paint.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import type { ColumnName } from './columns.ts';
import { graphData } from './graphData.ts';
import { printCsv } from './printCsv.ts';
import { printHtml } from './printHtml.ts';
import { printJson } from './printJson.ts';
import { printLatex } from './printLatex.ts';
import { printMarkdown } from './printMarkdown.ts';
import { printText } from './printText.ts';
import { tableRows } from './rows.ts';

export const tableFormats = ['table', 'markdown', 'latex', 'html', 'csv', 'json'] as const;
export type TableFormat = (typeof tableFormats)[number];

export interface ShapeTableOptions {
  readonly format?: TableFormat;
  /** Fold blocks whose names have more parts than this; `json` always has every node. */
  readonly depth?: number;
  /** Which columns, in this order; `json` has no columns. */
  readonly columns?: readonly ColumnName[];
  /** How the cost is counted, in a column or fields of its own; multiply-adds are always there. */
  readonly convention?: Convention;
  /** Colours of the `table` format. */
  readonly paint?: Paint;
}

/** The shape table of a network as text. */
export function shapeTable(
  graph: TypedGraph,
  { format = 'table', ...options }: ShapeTableOptions = {},
): string {
  if (format === 'json') return printJson(graphData(graph, options));
  const table = tableRows(graph, options);
  const printers = {
    table: printText,
    markdown: printMarkdown,
    latex: printLatex,
    html: printHtml,
    csv: printCsv,
  };
  return printers[format](table, { ...options, name: graph.name });
}
