import type { Claim, TypedGraph } from '../ir/graph.ts';
import { type Channels, inOrderOf } from '../tensor/channels.ts';
import { printDim } from '../tensor/printDim.ts';
import { align } from './align.ts';
import { type Candidate, isInner } from './candidates.ts';
import type { KnownRow, MatchedRow } from './claimTable.ts';
import { ambiguousReason, copiesReason, describeRow, noStepReason } from './reasons.ts';
import { claimOf, score } from './score.ts';

/** A row with what is said of it, and the step that it was laid beside. */
export interface LaidRow {
  readonly verdict: MatchedRow | string;
  readonly candidate?: Candidate;
  /** Whether there is a step that it may be about, also where that is another row's or out of order. */
  readonly fits: boolean;
}

/** Lays rows beside steps; a text says why a row leads to no claim. */
export function layRows(
  layers: readonly KnownRow[],
  candidates: readonly Candidate[],
  graph: TypedGraph,
): readonly LaidRow[] {
  const scores = layers.map(({ row, evidence }) => candidates.map((c) => score(evidence, row.size, c)));
  const { stepOf, rowsOf, always } = align(scores, candidates.length);
  const taken = takenBy(stepOf, layers);
  return layers.map((layer, i): LaidRow => {
    const j = stepOf[i];
    const fits = scores[i]?.some((s) => s !== undefined) ?? false;
    const candidate = j === undefined ? undefined : candidates[j];
    if (j === undefined || candidate === undefined)
      return { verdict: noStepReason(layer, { candidates, scores: scores[i] ?? [], taken }), fits };
    const claims = new Set((rowsOf[j] ?? []).map((k) => claimText(layers[k], candidate, graph.channels)));
    const possible = candidates.filter((_, k) => rowsOf[k]?.includes(i));
    if (!always[j] || claims.size > 1) return { verdict: ambiguousReason(possible, claims), candidate, fits };
    const matched = { ...placeOf(layer), ...claimed(layer, candidate, graph) };
    // A claim that is there is one on each copy; a new one is the same on all.
    if (candidate.step.expect !== undefined || isInner(candidate))
      return { verdict: matched, candidate, fits };
    const copies = candidates.flatMap((c, k) => (c.step === candidate.step ? [k] : []));
    const ofCopies = copies.map((k) =>
      always[k] ? claimText(layers[stepOf.indexOf(k)], candidates[k], graph.channels) : '',
    );
    if (new Set(ofCopies).size > 1) return { verdict: copiesReason(candidate, ofCopies), candidate, fits };
    return { verdict: matched, candidate, fits };
  });
}

/** The row of the table that a verdict is about. */
export function placeOf({ row }: KnownRow): Pick<MatchedRow, 'line' | 'row'> {
  return { line: row.line, row: describeRow(row) };
}

/** Of each step that a row was given, the line of that row. */
function takenBy(
  stepOf: readonly (number | undefined)[],
  layers: readonly KnownRow[],
): ReadonlyMap<number, number> {
  return new Map(stepOf.flatMap((j, i) => (j === undefined ? [] : [[j, layers[i]?.row.line ?? 0] as const])));
}

/** `[N, 149, 149, 32]`, in the order in which the spec writes shapes. */
function claimText(
  layer: KnownRow | undefined,
  candidate: Candidate | undefined,
  channels?: Channels,
): string {
  const size = layer?.row.size;
  if (size === undefined || candidate === undefined) return '';
  // Inside a block the batch may have another name.
  const [batch] = isInner(candidate) ? [] : candidate.shape;
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
