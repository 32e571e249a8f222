import type { Edit } from '../diagnostics/fix.ts';
import type { LoadedFile } from '../ir/expand/load.ts';
import type { Claim, TypedGraph } from '../ir/graph.ts';
import { type Channels, inOrderOf } from '../tensor/channels.ts';
import { printDim } from '../tensor/printDim.ts';
import { align } from './align.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { expectEdit } from './expectEdit.ts';
import type { PaperRow } from './readTable.ts';
import {
  ambiguousReason,
  copiesReason,
  describeRow,
  inputReason,
  lastReason,
  noStepReason,
} from './reasons.ts';
import { type RowEvidence, rowEvidence } from './rowEvidence.ts';
import { claimOf, score } from './score.ts';

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
  const candidates = candidatesOf(spec, graph);
  const scores = layers.map(({ row, evidence }) => candidates.map((c) => score(evidence, row.size, c)));
  const { stepOf, rowsOf, always } = align(scores, candidates.length);
  const verdicts = layers.map((layer, i): MatchedRow | string => {
    const j = stepOf[i];
    const possible = candidates.filter((_, k) => rowsOf[k]?.includes(i));
    const candidate = j === undefined ? undefined : candidates[j];
    if (j === undefined || candidate === undefined) {
      return noStepReason(layer, { candidates, scores: scores[i] ?? [], taken: takenBy(stepOf, layers) });
    }
    const claims = new Set((rowsOf[j] ?? []).map((k) => claimText(layers[k], candidate, graph.channels)));
    if (!always[j] || claims.size > 1) return ambiguousReason(possible, claims);
    // A claim that is there is one on each copy; a new one is the same on all.
    if (candidate.step.expect !== undefined)
      return { ...placeOf(layer), ...claimed(layer, candidate, graph) };
    const copies = candidates.flatMap((c, k) => (c.step === candidate.step ? [k] : []));
    const ofCopies = copies.map((k) =>
      always[k] ? claimText(layers[stepOf.indexOf(k)], candidates[k], graph.channels) : '',
    );
    if (new Set(ofCopies).size > 1) return copiesReason(candidate, ofCopies);
    return { ...placeOf(layer), ...claimed(layer, candidate, graph) };
  });
  const matched = verdicts.filter((v) => typeof v !== 'string');
  const stepNamed = new Map(candidates.map((c) => [c.name, c]));
  const byStep = new Map(
    matched.filter((m) => m.state === 'new').map((m) => [stepNamed.get(m.step)?.step, m]),
  );
  return {
    matched,
    left: leftRows(known, { layers, verdicts, graph }),
    edits: [...byStep].flatMap(([step, m]) =>
      step === undefined ? [] : [expectEdit(step, m.claim.slice(1, -1).split(', '))],
    ),
  };
}

function placeOf({ row }: KnownRow): Pick<MatchedRow, 'line' | 'row'> {
  return { line: row.line, row: describeRow(row) };
}

/** Of each step that a row was given, the line of that row. */
function takenBy(
  stepOf: readonly (number | undefined)[],
  layers: readonly KnownRow[],
): ReadonlyMap<number, number> {
  return new Map(stepOf.flatMap((j, i) => (j === undefined ? [] : [[j, layers[i]?.row.line ?? 0] as const])));
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

/** `[N, 149, 149, 32]`, in the order in which the spec writes shapes. */
function claimText(
  layer: KnownRow | undefined,
  candidate: Candidate | undefined,
  channels?: Channels,
): string {
  const size = layer?.row.size;
  if (size === undefined || candidate === undefined) return '';
  const [batch] = candidate.shape;
  const first = batch === undefined ? '_' : printDim(batch);
  const claim = [/^\w+$/.test(first) ? first : '_', ...(claimOf(size, candidate.shape) ?? []).map(String)];
  return `[${inOrderOf(channels ?? 'last', claim).join(', ')}]`;
}

function claimed(layer: KnownRow, candidate: Candidate, graph: TypedGraph): Omit<MatchedRow, 'line' | 'row'> {
  const claim = claimText(layer, candidate, graph.channels);
  const { step, name } = candidate;
  if (step.expect === undefined) return { step: name, claim, state: 'new' };
  const { span } = step.expect;
  const present = graph.claims.find(
    (c) =>
      c.kind === 'shape' &&
      c.value.id === candidate.value &&
      c.span.start >= span.start &&
      c.span.end <= span.end,
  );
  const text = present === undefined ? 'no shape' : presentText(present, graph.channels);
  return text === claim
    ? { step: name, claim, state: 'stands' }
    : { step: name, claim, state: 'differs', present: text };
}

function presentText(claim: Claim, channels?: Channels): string {
  if (claim.kind !== 'shape') return '';
  const items = claim.shape.map((d) => (d === '_' ? d : printDim(d)));
  return `[${inOrderOf(channels ?? 'last', items).join(', ')}]`;
}
