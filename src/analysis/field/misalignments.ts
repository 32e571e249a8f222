import { addToGroup } from '../../common/groups.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import { type Dim, keyOf, sub } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { range } from '../../tensor/range.ts';
import { apartOf, type Centres, centresOf, halves } from './centres.ts';
import { inStep, strideText } from './compose.ts';
import type { WindowReach } from './reach.ts';
import { type ReceptiveFields, type Way, waysInto } from './receptiveFields.ts';

/** One of the ways that meet in a node. */
export interface MeetingWay {
  /** What the node reads. */
  readonly value: TypedValue;
  /** Where its position 0 is centred, in half pixels from the middle of the first; none where the strides differ. */
  readonly centre?: Dim;
  /** What a position reads by this way. */
  readonly reach: WindowReach;
}

/** A node where ways meet whose positions do not lie over the same pixels of an input of the network. */
export interface Misalignment {
  readonly node: TypedNode;
  readonly input: string;
  readonly axis: number;
  /** The axis of what the node gives, along which they are apart. */
  readonly along: number;
  /** A way that no fewer are aligned with than are not, and the one that is apart from it. */
  readonly ways: readonly [MeetingWay, MeetingWay];
  /** How far the centres are apart, in half pixels of the input; undefined where the strides differ. */
  readonly apart?: Dim;
  /** The same along the ways within them that are the least apart, where branches met before. */
  readonly leastApart?: Dim;
  /** `2 and 1`: the strides, where they differ. */
  readonly strides?: string;
  /** Whether a step on one of the ways made its map larger, or stretched it. */
  readonly resampled: boolean;
}

/** What is known of a way whose positions can be told. */
interface Told extends Omit<Way, 'reach'> {
  readonly reach: WindowReach;
}

/** What is said of two ways that are apart. */
type Found = Pick<Misalignment, 'ways' | 'apart' | 'leastApart' | 'strides' | 'resampled'>;

interface Comparing {
  readonly facts: Facts;
  /** The inputs that have positions in time, or of a sequence. */
  readonly timed: ReadonlySet<string>;
}

/**
 * The ways into each node that are apart at every size, an entry for each axis. What a slice chose, and a window that looks
 * back, is where it is on purpose. Along time, ways that end at the same position are aligned too.
 */
export function misalignments(
  graph: Pick<TypedGraph, 'inputs' | 'nodes' | 'facts'>,
  fields: ReceptiveFields,
): readonly Misalignment[] {
  const timed = new Set(graph.inputs.filter(({ type }) => type.shape.length <= 3).map((i) => i.value.name));
  const comparing = { facts: graph.facts, timed };
  return graph.nodes.flatMap((node) => {
    if (node.inputs.length < 2) return [];
    const [ways = []] = waysInto(node, fields, graph);
    return byAxis(ways).flatMap((group) => apartIn(group, comparing).map((found) => ({ node, ...found })));
  });
}

/** The ways whose positions lie over each other, for each axis of the inputs. */
function byAxis(ways: readonly Way[]): readonly (readonly Told[])[] {
  const groups = new Map<string, Told[]>();
  for (const { reach, ...way } of ways) {
    if (reach.kind === 'all' || !way.same) continue;
    addToGroup(groups, `${way.axis} ${reach.axis} ${way.input}`, { ...way, reach });
  }
  return [...groups.values()];
}

/** Those that are apart from the first; where these are more than the others, from the first of them. */
function apartIn(group: readonly Told[], comparing: Comparing): readonly Omit<Misalignment, 'node'>[] {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return [];
  const apartFrom = (told: Told) =>
    group.flatMap((other) => {
      const found = other === told ? undefined : compared(told, other, comparing);
      return found === undefined ? [] : [{ ...found, other }];
    });
  const off = apartFrom(first);
  const [next] = off;
  const said = next !== undefined && off.length * 2 > group.length ? apartFrom(next.other) : off;
  const { input, axis, reach } = first;
  return said.map(({ other: _other, ...found }) => ({ input, axis, along: reach.axis, ...found }));
}

function compared(a: Told, b: Told, { facts, timed }: Comparing): Found | undefined {
  const stated = ({ value, reach }: Told) => ({ value, reach });
  const both = inStep(a.reach, b.reach);
  const resampled = a.reach.resampled || b.reach.resampled;
  if (both === undefined) {
    const ways = [stated(a), stated(b)] as const;
    return { ways, strides: ways.map(({ reach }) => strideText(reach)).join(' and '), resampled };
  }
  if (timed.has(a.input) && endTogether(a.reach, b.reach)) return undefined;
  const [left, right] = [
    centresOf(both.spans[0], a.reach.centres),
    centresOf(both.spans[1], b.reach.centres),
  ];
  if (left === undefined || right === undefined) return undefined;
  const { least, most, end } = apartOf(left, right, facts);
  const onPurpose = a.reach.moved === b.reach.moved ? 0 : Math.abs(a.reach.moved - b.reach.moved);
  if (range(least, facts)[0] <= onPurpose) return undefined;
  const first = (centres: Centres) => firstCentre(centres[end], centres.parts, a.reach, both.period);
  return {
    ways: [
      { ...stated(a), centre: first(left) },
      { ...stated(b), centre: first(right) },
    ],
    apart: most,
    leastApart: least,
    resampled,
  };
}

/** From the mean of a period, of which there are a whole number of parts, to its position 0. */
function firstCentre(mean: Dim, parts: number, { step, period }: WindowReach, common: number): Dim {
  return halves(sub(mean, step * (common - 1) * (parts / period)), parts);
}

function endTogether(a: WindowReach, b: WindowReach): boolean {
  if (a.period !== 1 || b.period !== 1) return false;
  const [[left], [right]] = [a.spans, b.spans];
  return left !== undefined && right !== undefined && keyOf(left.hi) === keyOf(right.hi);
}
