import { readFileSync } from 'node:fs';
import { type Diagnostic, parseBaseline, passBaseline, type StaleEntry } from '../../index.ts';
import { systemReason } from '../files.ts';

/** What a baseline leaves of the findings; all of them where none is named. */
export interface Passed {
  readonly kept: readonly Diagnostic[];
  readonly baselined: number;
  readonly stale: readonly StaleEntry[];
}

/** Reads the baseline and lets pass what it holds; why it cannot be read, where it cannot. */
export function passedBaseline(
  diagnostics: readonly Diagnostic[],
  files: readonly string[],
  path: string | undefined,
): Passed | { readonly reason: string } {
  if (path === undefined) return { kept: diagnostics, baselined: 0, stale: [] };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return { reason: `cannot read ${path}: ${reason}` };
  }
  const baseline = parseBaseline(text);
  if ('reason' in baseline) return { reason: `${path} is no baseline: ${baseline.reason}` };
  const { kept, passed, stale } = passBaseline(diagnostics, baseline, files);
  return { kept, baselined: passed, stale };
}
