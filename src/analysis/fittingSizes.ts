import type { Graph, Node } from '../ir/graph.ts';
import { infer } from '../ir/infer.ts';
import type { TensorType } from '../tensor/shape.ts';
import { contains, nearest, type SizeSet } from '../tensor/sizeSet.ts';
import { solveSizes } from '../tensor/solveSizes.ts';
import { fromRequirement, type SizeCondition, symbolsIn } from './sizes/condition.ts';
import { inputsWith, nameForSize, withOpenSizes, withSizes, writtenSizes } from './writtenSizes.ts';

/** In larger networks, working out all shapes several times over would keep the author waiting. */
const mostNodes = 5000;

/** Of the size that is written; a picture far smaller is none of the same thing. */
const leastPart = 0.5;
/** Where what is asked of a size is no sum of products of floors, sizes up to so many times the one that is written are looked at. */
const farthest = 4;

/** Sizes near one that is written in the shapes of inputs, with which a node fits. */
export interface FittingSizes {
  readonly inputs: readonly string[];
  readonly given: number;
  /** The next smaller and the next greater one, as far as there are such. */
  readonly sizes: readonly number[];
  /** Every greater one fits, too. */
  readonly orMore: boolean;
}

/**
 * For nodes that their inputs do not fit: the nearest sizes of the network's inputs with which they fit, and the other
 * nodes do as far as that is known. Each size that is written stands for itself wherever inputs have it on a spatial
 * axis, so that a square stays one. Empty where no such sizes are found; those that are given were tried.
 */
export function sizeSearch(graph: Graph): (node: Node) => readonly FittingSizes[] {
  let searched: Searched | undefined;
  return (node) => {
    searched ??= graph.nodes.length > mostNodes ? { found: [], tried: [] } : searchedIn(graph);
    const fits = searched.tried.every((types) => node.outputs.every((v) => types.has(v.id)));
    return fits ? searched.found : [];
  };
}

/** A join of a network that fits, and the sizes around the written one at which the network does, too. */
export interface SizesThatFit extends Omit<FittingSizes, 'orMore'> {
  readonly node: Node;
}

/** Ops that join maps; others, as a reshape, ask for one size where it is written in them. */
const joins: ReadonlySet<string> = new Set([
  'add',
  'average',
  'concat',
  'maximum',
  'minimum',
  'multiply',
  'subtract',
]);

/**
 * For each size that is written in the shapes of inputs and at whose neighbours some join does not fit: the join that asks
 * for the rarest sizes, and the next smaller and greater size at which all do. Empty for one that other ops hold fast.
 */
export function sizesThatFit(graph: Graph): readonly SizesThatFit[] {
  if (graph.nodes.length > mostNodes) return [];
  const conditions = conditionsOf(graph);
  return writtenSizes(graph).flatMap((given) => {
    const own = ownConditions(given, conditions);
    const asked = own?.filter((c) => c.kind === 'equal' && joins.has(c.node.op)) ?? [];
    if (own === undefined || asked.length === 0) return [];
    const sizes = sizesAround(given, solvedFor(given, own));
    const [rarest] = asked
      .map((condition) => ({ node: condition.node, step: stepOf(given, solvedFor(given, [condition])) }))
      .sort((a, b) => b.step - a.step);
    if (rarest === undefined || rarest.step === 1 || sizes.length === 0) return [];
    return [{ node: rarest.node, inputs: inputsWith(graph, given), given, sizes }];
  });
}

/** How far the next greater size is at which they hold. */
function stepOf(given: number, set: SizeSet | undefined): number {
  const greater = sizesAround(given, set).at(-1);
  return greater === undefined || greater <= given ? Number.POSITIVE_INFINITY : greater - given;
}

interface Searched {
  readonly found: readonly FittingSizes[];
  /** The types of values at sizes that were found. */
  readonly tried: readonly ReadonlyMap<number, TensorType>[];
}

function searchedIn(graph: Graph): Searched {
  const conditions = conditionsOf(graph);
  const found = writtenSizes(graph).flatMap((given) => sizesInstead(given, conditions) ?? []);
  if (found.length === 0) return { found: [], tried: [] };
  const tried = [0, -1].map((place) => {
    const other = new Map(found.map(({ given, sizes }) => [given, sizes.at(place)]));
    return infer(withSizes(graph, (size) => other.get(size) ?? size)).types;
  });
  return { found: found.map((f) => ({ ...f, inputs: inputsWith(graph, f.given) })), tried };
}

/** What the network asks of its sizes, each of which has a symbol. */
function conditionsOf(graph: Graph): readonly SizeCondition[] {
  const open = withOpenSizes(graph, leastFor);
  return infer(open, new Set(Object.keys(graph.facts))).requirements.map(fromRequirement);
}

function leastFor(size: number): number {
  return Math.ceil(leastPart * size);
}

type Found = Omit<FittingSizes, 'inputs'>;

function sizesInstead(given: number, conditions: readonly SizeCondition[]): Found | undefined {
  const own = ownConditions(given, conditions);
  const set = own && solvedFor(given, own);
  if (set === undefined || contains(set, given)) return undefined;
  const sizes = sizesAround(given, set);
  const greater = sizes.findLast((size) => size > given);
  const { from = Infinity, modulus, last } = set;
  const orMore = greater !== undefined && from <= greater && modulus === 1 && last === undefined;
  return sizes.length === 0 ? undefined : { given, sizes: orMore ? [greater] : sizes, orMore };
}

/** What is asked of a size that is written; undefined where it is asked of several at once. */
function ownConditions(
  given: number,
  conditions: readonly SizeCondition[],
): readonly SizeCondition[] | undefined {
  const name = nameForSize(given);
  const own = conditions.filter((c) => symbolsIn(c).includes(name));
  return own.every((c) => symbolsIn(c).length === 1) ? own : undefined;
}

function solvedFor(given: number, own: readonly SizeCondition[]): SizeSet | undefined {
  const [name, min] = [nameForSize(given), leastFor(given)];
  return solveSizes(own, name, { min }) ?? solveSizes(own, name, { min, max: farthest * given });
}

/** The next smaller and the next greater size of a set, as far as there are such. */
function sizesAround(given: number, set: SizeSet | undefined): readonly number[] {
  if (set === undefined) return [];
  const [{ below }, { above }] = [nearest(set, given - 1), nearest(set, given + 1)];
  return [below, above].filter((size) => size !== undefined);
}
