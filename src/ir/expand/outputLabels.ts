import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { outputSchema } from '../../parser/schema.ts';
import type { OutputSpec } from '../../parser/spec.ts';
import type { OutputLabels } from '../graph.ts';
import { checkedValue } from './checkedValue.ts';
import type { Environment } from './environment.ts';
import type { Expansion } from './expansion.ts';
import type { ReadFile } from './load.ts';
import { folderOf, isBelow, joinPath } from './paths.ts';

/** How the files are read that a spec names; no path may leave the root folder. */
export interface Files {
  readonly readFile: ReadFile | undefined;
  readonly root: string;
}

/** The names of an output's entries: as listed, or from a file with one on each line, beside the spec. */
export function outputLabels(
  { labels: written }: OutputSpec,
  env: Environment,
  { findings, files }: Expansion,
): OutputLabels | undefined {
  const value = checkedValue('labels', { written, schema: outputSchema.shape.labels }, { env, findings });
  if (written === undefined || value === undefined) return undefined;
  const { span } = written;
  const names = typeof value === 'string' ? labelsIn(value, span, files) : value.map(String);
  if (typeof names !== 'string') return { names, span };
  const about = { what: '`labels`', reason: `${names}: ${String(value)}` };
  findings.add(problem('wrong-value', about), span);
  return undefined;
}

/** The lines of a file, or why it gives none. What ends the last line begins no further one. */
function labelsIn(path: string, { source }: Span, { readFile, root }: Files): readonly string[] | string {
  const resolved = joinPath(folderOf(source.name), path);
  if (!isBelow(resolved, root)) return `names a file outside the root folder ${root === '' ? '.' : root}`;
  const read = readFile?.(resolved) ?? { reason: 'files are not available here' };
  if ('reason' in read) return `names a file that cannot be read (${read.reason})`;
  const lines = read.text
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const empty = lines.indexOf('');
  return empty < 0 ? lines : `names a file with nothing in line ${empty + 1}`;
}
