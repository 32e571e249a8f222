import type { Edit } from '../diagnostics/fix.ts';
import type { LoadedFile } from '../ir/expand/load.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { candidatesOf, innerCandidatesOf } from './candidates.ts';
import { expectEdit } from './expectEdit.ts';
import { withInner } from './innerRows.ts';
import { layRows, placeOf } from './layRows.ts';
import type { PaperRow } from './readTable.ts';
import { inputReason, lastReason } from './reasons.ts';
import { type RowEvidence, rowEvidence } from './rowEvidence.ts';

/** A row of the table with the step that it is about. */
export interface MatchedRow {
  readonly line: number;
  readonly row: string;
  readonly step: string;
  /** The claim as `expect` has it: `[N, 149, 149, 32]`. */
  readonly claim: string;
  /** `stands`: the step has this claim; `differs`: it has another, which is left. */
  readonly state: 'new' | 'stands' | 'differs';
  /** The claim that is there, where it differs. */
  readonly present?: string;
}

/** A row that leads to no claim, and why. */
export interface LeftRow {
  readonly line: number;
  readonly row: string;
  readonly reason: string;
}

export interface TableClaims {
  readonly matched: readonly MatchedRow[];
  readonly left: readonly LeftRow[];
  /** What writes the new claims into the spec. */
  readonly edits: readonly Edit[];
}

/** A row with all that is known of it while steps are looked for. */
export interface KnownRow {
  readonly row: PaperRow;
  readonly evidence: RowEvidence;
}

/**
 * Lays the rows of a table beside the steps of a network and says what each claims. The order of both, ops, windows,
 * strides, names and channels decide; sizes of maps do not, as they are what is claimed. What is not certain is left.
 */
export function claimTable({ spec }: LoadedFile, graph: TypedGraph, rows: readonly PaperRow[]): TableClaims {
  const known = rows.map((row) => ({ row, evidence: rowEvidence(row) }));
  const layers = known.filter(({ row, evidence }) => row.size !== undefined && !evidence.isInput);
  const outer = layRows(layers, candidatesOf(spec, graph), graph);
  const laid = withInner(layers, outer, innerCandidatesOf(spec, graph), graph);
  const verdicts = laid.map(({ verdict }) => verdict);
  const matched = verdicts.filter((v) => typeof v !== 'string');
  const byStep = new Map(
    laid.flatMap(({ verdict, candidate }) =>
      typeof verdict === 'string' || verdict.state !== 'new' ? [] : [[candidate?.step, verdict] as const],
    ),
  );
  return {
    matched,
    left: leftRows(known, { layers, verdicts, graph }),
    edits: [...byStep].flatMap(([step, m]) =>
      step === undefined ? [] : [expectEdit(step, m.claim.slice(1, -1).split(', '))],
    ),
  };
}

function leftRows(
  known: readonly KnownRow[],
  of: { layers: readonly KnownRow[]; verdicts: readonly (MatchedRow | string)[]; graph: TypedGraph },
): readonly LeftRow[] {
  return known.flatMap((one) => {
    const verdict = of.verdicts[of.layers.indexOf(one)];
    if (typeof verdict === 'object') return [];
    const { row, evidence } = one;
    const other = row.size === undefined || !evidence.isInput ? lastReason : inputReason(row.size, of.graph);
    return [{ ...placeOf(one), reason: verdict ?? other }];
  });
}
