import { type ColumnName, type Convention, shapeTable, type TableFormat } from '../../index.ts';
import type { ExitStatus } from '../exitStatus.ts';
import { loadSpec, type SpecOptions } from '../loadSpec.ts';
import { printReport } from '../printReport.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';

export interface InferShapesOptions extends SpecOptions {
  readonly format: TableFormat;
  readonly columns?: readonly ColumnName[];
  readonly depth?: number;
  readonly convention?: Convention;
}

/** `infer-shapes`: the shape table to standard output, also where a claim fails. */
export async function inferShapes(
  spec: string,
  options: InferShapesOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { format, columns, depth, convention } = options;
  if (format === 'json' && (columns !== undefined || depth !== undefined)) {
    return refuse('--columns and --depth do not go with --format json, which has every node', terminal);
  }
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined) return status;
  const chosen = {
    ...(columns === undefined ? {} : { columns }),
    ...(depth === undefined ? {} : { depth }),
    ...(convention === undefined ? {} : { convention }),
  };
  const figures = { convention, memory: columns?.includes('memory') ?? false };
  const table = () => shapeTable(graph, { format, ...chosen, paint: terminal.outPaint });
  return printReport({ graph, status }, figures, table, terminal);
}
