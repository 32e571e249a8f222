import type { TypedGraph, TypedNode } from '../../ir/graph.ts';
import { type Dim, keyOf } from '../../tensor/dim.ts';
import { range } from '../../tensor/range.ts';
import { meet } from './compose.ts';
import type { Reach } from './reach.ts';
import { type FieldOfAxis, type ReceptiveFields, waysInto } from './receptiveFields.ts';

/** A node where ways meet whose positions do not lie over the same pixels of an input of the network. */
export interface Misalignment {
  readonly node: TypedNode;
  readonly input: string;
  readonly axis: number;
  /** How far the centres are apart, in half pixels of the input; undefined where the strides differ. */
  readonly apart?: Dim;
  /** `2 and 1`: the strides, where they differ. */
  readonly strides?: string;
}

/**
 * The first two ways into each node that are apart at every size, an entry for each axis. Along time, ways that end at the
 * same position are aligned, as behind causal windows, whose centres lie in the past.
 */
export function misalignments(
  graph: Pick<TypedGraph, 'inputs' | 'nodes' | 'facts'>,
  fields: ReceptiveFields,
): readonly Misalignment[] {
  const timed = new Set(graph.inputs.filter(({ type }) => type.shape.length <= 3).map((i) => i.value.name));
  return graph.nodes.flatMap((node) => {
    if (node.inputs.length < 2) return [];
    const [ways = []] = waysInto(node, fields, graph);
    return ways.flatMap((way, at) => {
      const before = ways.slice(0, at).find((other) => other.input === way.input && other.axis === way.axis);
      if (before === undefined || (timed.has(way.input) && endTogether(before.reach, way.reach))) return [];
      const found = apart(before, way, graph);
      return found === undefined ? [] : [{ node, input: way.input, axis: way.axis, ...found }];
    });
  });
}

function apart(
  a: FieldOfAxis,
  b: FieldOfAxis,
  { facts }: Pick<TypedGraph, 'facts'>,
): Pick<Misalignment, 'apart' | 'strides'> | undefined {
  if (a.reach.kind === 'all' || b.reach.kind === 'all') return undefined;
  const met = meet(afresh(a.reach), afresh(b.reach), facts);
  if (met.kind === 'all') return met.conflict === undefined ? undefined : { strides: met.conflict };
  const [low] = typeof met.skew === 'number' ? [met.skew] : range(met.skew, facts);
  return low > 0 ? { apart: met.skew } : undefined;
}

function endTogether(a: Reach, b: Reach): boolean {
  if (a.kind === 'all' || b.kind === 'all' || a.period !== 1 || b.period !== 1) return false;
  const [[left], [right]] = [a.spans, b.spans];
  return left !== undefined && right !== undefined && keyOf(left.hi) === keyOf(right.hi) && a.step === b.step;
}

/** Without what was apart before. */
function afresh(reach: Reach): Reach {
  return reach.kind === 'all' ? reach : { ...reach, skew: 0 };
}
