import { readdirSync, readFileSync } from 'node:fs';
import { type Compilation, type CompileOptions, compile } from '../../src/compile.ts';

const folder = new URL('specs/', import.meta.url);

/** The specs of all reports, by their number. */
export const specs: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .sort()
    .map((file) => [file.slice(0, 3), file]),
);

/** The text of the spec of a report. */
export function textOf(report: string): string {
  const file = specs.get(report);
  if (file === undefined) throw new Error(`there is no spec of report ${report}`);
  return readFileSync(new URL(file, folder), 'utf8');
}

/** Compiles the spec of a report. */
export function compileReport(
  report: string,
  options: Pick<CompileOptions, 'variant' | 'inputs' | 'set'> = {},
): Compilation {
  return compile(textOf(report), { ...options, name: specs.get(report) ?? report });
}
