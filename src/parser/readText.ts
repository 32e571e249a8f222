import { problem } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { expectMap } from './fields.ts';
import type { Findings } from './findings.ts';
import type { LocatedMap } from './located.ts';
import { read } from './read.ts';

/** Reads a text as the mapping that a spec is; undefined where it is none, and why is reported. */
export function readText(source: Source, findings: Findings): LocatedMap | undefined {
  const root = source.text.trim() === '' ? undefined : read(source, findings);
  if (root === undefined && findings.diagnostics.length === 0)
    findings.add(problem('empty-file', {}), { source, start: 0, end: 0 });
  return root === undefined ? undefined : expectMap(root, 'a spec', findings);
}
