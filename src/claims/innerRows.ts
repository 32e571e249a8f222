import type { TypedGraph } from '../ir/graph.ts';
import type { Candidate, InnerCandidate } from './candidates.ts';
import type { KnownRow } from './claimTable.ts';
import { type LaidRow, layRows } from './layRows.ts';
import { differingReason } from './reasons.ts';

/**
 * Rows for which the network has no step outside of blocks, laid beside the steps inside of those blocks that stand
 * between the steps of the rows around them. A block that has a row of its own is not opened: it is told as a whole.
 */
export function withInner(
  layers: readonly KnownRow[],
  outer: readonly LaidRow[],
  inner: readonly InnerCandidate[],
  graph: TypedGraph,
): readonly LaidRow[] {
  const laid = [...outer];
  for (const gap of gapsOf(outer)) {
    const open = onceEach(inner.filter((c) => isBetween(c, gap, outer)));
    const found = layRows(
      gap.rows.flatMap((i) => layers[i] ?? []),
      open,
      graph,
    );
    for (const [k, i] of gap.rows.entries()) {
      const row = found[k];
      if (row?.fits === true) laid[i] = claimable(row, inner);
    }
  }
  return laid;
}

/** Rows in a row without a step, and between which steps those of the rows around them are. */
interface Gap {
  readonly rows: readonly number[];
  readonly after: number;
  readonly before: number;
}

function gapsOf(outer: readonly LaidRow[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let rows: number[] = [];
  let after = -1;
  for (const [i, { candidate }] of outer.entries()) {
    if (candidate === undefined) {
      rows.push(i);
      continue;
    }
    if (rows.length > 0) gaps.push({ rows, after, before: candidate.from });
    rows = [];
    after = candidate.place;
  }
  return rows.length === 0 ? gaps : [...gaps, { rows, after, before: Infinity }];
}

function isBetween({ from, place }: Candidate, { after, before }: Gap, outer: readonly LaidRow[]): boolean {
  const isTold = outer.some(({ candidate: c }) => c?.isBlock === true && c.from <= from && place <= c.place);
  return from > after && place < before && !isTold;
}

/** A claim inside a block is one on every call: where all calls give the same, the first stands for them. */
function onceEach(candidates: readonly InnerCandidate[]): readonly InnerCandidate[] {
  const seen = new Set<InnerCandidate['step']>();
  return candidates.filter(({ step, shapes }) => {
    const isAgain = shapes.length === 1 && seen.has(step);
    seen.add(step);
    return !isAgain;
  });
}

/** Where the calls of a block give different shapes, no claim inside it holds for all. */
function claimable(row: LaidRow, inner: readonly InnerCandidate[]): LaidRow {
  const { verdict, candidate } = row;
  const copy = inner.find(({ value }) => value === candidate?.value);
  if (
    typeof verdict === 'string' ||
    verdict.state !== 'new' ||
    copy === undefined ||
    copy.shapes.length === 1
  )
    return row;
  return { ...row, verdict: differingReason(copy) };
}
