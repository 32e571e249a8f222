import { fieldReport, fieldReportData, printFieldReport } from '../../index.ts';
import type { ExitStatus } from '../exitStatus.ts';
import { loadSpec, type SpecOptions } from '../loadSpec.ts';
import { printReport } from '../printReport.ts';
import type { Terminal } from '../terminal.ts';

export interface ReceptiveFieldOptions extends SpecOptions {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

/** `receptive-field`: what end points read of the inputs, to standard output, also where a claim fails. */
export async function receptiveField(
  spec: string,
  options: ReceptiveFieldOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined) return status;
  const text = () => {
    const report = fieldReport(graph, { all: options.all ?? false });
    return options.format === 'json'
      ? `${JSON.stringify(fieldReportData(report), null, 2)}\n`
      : printFieldReport(report, { paint: terminal.outPaint });
  };
  return printReport({ graph, status }, {}, text, terminal);
}
