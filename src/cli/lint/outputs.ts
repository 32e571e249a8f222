import process from 'node:process';
import { InvalidArgumentError } from 'commander';
import { type LintFormat, type LintReport, lintFormatNames, plain, printReport } from '../../index.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

/** One form of the report, and the file it goes to; standard output where none is named. */
export interface Output {
  readonly format: LintFormat;
  readonly file?: string;
}

/** `sarif` or `sarif=out.sarif`, added to those given before. */
export function output(text: string, before: readonly Output[] = []): readonly Output[] {
  const [, name = '', file] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
  const format = lintFormatNames.find((f) => f === name);
  if (format === undefined)
    throw new InvalidArgumentError(`it must be one of ${lintFormatNames.join(', ')}, or FORMAT=FILE.`);
  return [...before, file === undefined ? { format } : { format, file }];
}

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
export async function printOutputs(
  report: LintReport,
  outputs: readonly Output[],
  { out, outPaint }: Terminal,
): Promise<string | undefined> {
  for (const { format, file } of outputs) {
    if (file === undefined) {
      out(printReport(report, format, outPaint));
      continue;
    }
    const reason = await writeText(file, printReport(report, format, plain));
    if (reason !== undefined) return reason;
  }
  return undefined;
}
