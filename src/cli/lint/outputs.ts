import process from 'node:process';
import { type LintReport, plain, printReport } from '../../index.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';
import type { Output } from './outputOption.ts';

/**
 * The forms that were asked for. Where none goes to standard output, people get `stylish` on a terminal and `compact`
 * otherwise; under GitHub Actions, where no format is named at all, annotations beside it.
 */
export function outputsOf(asked: readonly Output[] | undefined): readonly Output[] {
  if (asked !== undefined && asked.length > 0) return asked;
  return process.env.GITHUB_ACTIONS === 'true'
    ? [{ format: 'stylish' }, { format: 'github' }]
    : [{ format: 'stylish' }];
}

/** Prints the report in every form; why a file could not be written, where one could not. */
export function printOutputs(
  report: LintReport,
  outputs: readonly Output[],
  { out, outPaint }: Terminal,
): string | undefined {
  for (const { format, file } of outputs) {
    if (file === undefined) {
      out(printReport(report, format, outPaint));
      continue;
    }
    const reason = writeText(file, printReport(report, format, plain));
    if (reason !== undefined) return reason;
  }
  return undefined;
}
