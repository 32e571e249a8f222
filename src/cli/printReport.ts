import { exactReport, type ReportFigures, type TypedGraph } from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { report } from './loadSpec.ts';
import type { Terminal } from './terminal.ts';

/** Prints a report on a network, or says where its figures go beyond exact numbers; `status` is that of the spec. */
export function printReport(
  { graph, status }: { readonly graph: TypedGraph; readonly status: ExitStatus },
  figures: ReportFigures,
  make: () => string,
  terminal: Terminal,
): ExitStatus {
  const made = exactReport(graph, figures, make);
  if ('diagnostic' in made) {
    report([made.diagnostic], terminal);
    return exitStatus.findings;
  }
  terminal.out(made.report);
  return status;
}
