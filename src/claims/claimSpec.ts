import type { Compilation } from '../compile.ts';
import { edited } from '../linter/applyFixes.ts';
import { claimTable, type TableClaims } from './claimTable.ts';
import type { PaperRow } from './readTable.ts';

/** What a table claims of a spec, and the spec with those claims in it. */
export interface ClaimedSpec extends TableClaims {
  readonly text: string;
}

/** Puts the claims of a table into a spec that has been compiled; undefined where that gave no network. */
export function claimSpec({ file, graph }: Compilation, rows: readonly PaperRow[]): ClaimedSpec | undefined {
  if (file === undefined || graph === undefined) return undefined;
  const claims = claimTable(file, graph, rows);
  return { ...claims, text: edited(file.spec.source.text, claims.edits) };
}
