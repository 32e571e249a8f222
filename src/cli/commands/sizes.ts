import { acceptedSizes, formatSizes, hasErrors, sizesData } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { compileOptions, readSource, report, type SpecOptions } from '../loadSpec.ts';
import type { Terminal } from '../terminal.ts';

export interface SizesCommandOptions extends SpecOptions {
  readonly near?: number;
  readonly tryUpTo?: number;
  readonly format: 'text' | 'json';
}

/** `sizes`: which sizes a network accepts, to standard output. */
export async function sizes(
  spec: string,
  { near, tryUpTo, format, ...options }: SizesCommandOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const read = await readSource(spec, options.stdinFilename);
  if ('diagnostic' in read) {
    report([read.diagnostic], terminal);
    return exitStatus.usage;
  }
  const { source } = read;
  const bound = tryUpTo === undefined ? {} : { tryUpTo };
  const found = acceptedSizes(source.text, { ...compileOptions(source.name, options), ...bound });
  const errors = found.diagnostics.filter(({ severity }) => severity === 'error');
  report(errors, terminal);
  if (found.report === undefined || hasErrors(errors))
    return found.parsed ? exitStatus.findings : exitStatus.usage;
  const text =
    format === 'json'
      ? `${JSON.stringify(sizesData(found.report, near), null, 2)}\n`
      : formatSizes(found.report, { near, paint: terminal.outPaint });
  terminal.out(text);
  return exitStatus.ok;
}
