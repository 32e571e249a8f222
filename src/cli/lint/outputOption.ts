import { InvalidArgumentError } from 'commander';
import { type LintFormat, lintFormatNames } from '../../index.ts';

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
