import { nameForSize } from '../../analysis/writtenSizes.ts';
import type { Claim } from '../../ir/graph.ts';
import { judgeWith } from '../../ir/judge.ts';
import { type Dim, symbol, symbolsOf } from '../../tensor/dim.ts';
import { substitute } from '../../tensor/evaluateDim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { contains } from '../../tensor/sizeSet.ts';
import { solveSizes } from '../../tensor/solveSizes.ts';
import type { Network } from './network.ts';
import { type Changed, typesWith } from './typing.ts';

/** A size for each number that the shapes of inputs give. */
export type Assignment = ReadonlyMap<number, number>;

/** So many times a size that is given is the greatest that is tried in its place. */
export const farthest = 4;
/** So many sizes are evaluated in the time in which one node is worked out. */
const sizesPerNode = 16;
/** Of more sizes that would do, the nearest to those given. */
const mostSizes = 32;

/** The sizes of the inputs with which they are as they are given. */
export function givenSizes({ sizes }: Pick<Network, 'sizes'>): Assignment {
  return new Map(sizes.map(({ given }) => [given, given]));
}

/** Whether no size is another than the one that is given. */
export function isGiven(sizes: Assignment): boolean {
  return [...sizes].every(([given, size]) => given === size);
}

/**
 * The sizes at which claims on shapes hold under changes, the nearest to those given first: each number that is given becomes
 * a symbol, and what the claims and the steps then ask of it is solved. Undefined where that cannot be said of one size
 * at a time, as after a step that needs its sizes as numbers.
 */
export function sizesMeeting(
  claims: readonly Claim[],
  network: Network,
  changed: Changed,
): readonly Assignment[] | undefined {
  const symbols = new Map(network.sizes.map(({ given }) => [given, symbol(nameForSize(given))]));
  const types = typesWith(network, changed, symbols);
  const pairs: (readonly [Dim, Dim])[] = types.equalities.map(({ dim, other }) => [dim, other]);
  for (const claim of claims) {
    if (claim.kind !== 'shape') continue;
    const shape = types.typeOf(claim.value.id)?.shape;
    if (shape === undefined) return undefined;
    if (shape.length !== claim.shape.length) return [];
    for (const [axis, dim] of shape.entries()) {
      const wanted = claim.shape[axis] ?? '_';
      if (wanted !== '_') pairs.push([dim, wanted]);
    }
  }
  return meetingAll(pairs, { network, facts: types.facts });
}

/** The sizes at which all pairs are equal. */
function meetingAll(
  pairs: readonly (readonly [Dim, Dim])[],
  { network, facts }: { readonly network: Network; readonly facts: Facts },
): readonly Assignment[] | undefined {
  const asked = pairs.map((pair) => ({ pair, given: numbersIn(pair, network) }));
  if (asked.some(({ given }) => given.length > 1)) return undefined;
  // What no size changes is looked at first: it is decided at once.
  const fixed = asked.filter(({ given }) => given.length === 0);
  if (fixed.some(({ pair }) => judgeWith(facts).differ(...pair) !== undefined)) return [];
  const open = new Map(network.sizes.map(({ given }) => [given, upTo(farthest * given)]));
  for (const {
    pair,
    given: [only],
  } of asked) {
    const known = only === undefined ? undefined : open.get(only);
    if (only === undefined || known === undefined) continue;
    network.work.left -= Math.ceil(known.length / sizesPerNode);
    const left = meeting(pair, known, { name: nameForSize(only), facts });
    if (left.length === 0) return [];
    open.set(only, left);
  }
  return nearest(open);
}

function numbersIn(pair: readonly [Dim, Dim], { sizes }: Network): readonly number[] {
  const names = new Set(pair.flatMap((d) => symbolsOf(d)));
  return sizes.flatMap(({ given }) => (names.has(nameForSize(given)) ? [given] : []));
}

/** Of sizes up to some multiple of the one that is given, those at which a pair is equal. */
function meeting(
  [dim, other]: readonly [Dim, Dim],
  sizes: readonly number[],
  { name, facts }: { readonly name: string; readonly facts: Facts },
): readonly number[] {
  const set = solveSizes([{ kind: 'equal', dim, other }], name, {});
  if (set !== undefined) return sizes.filter((size) => contains(set, size));
  const judge = judgeWith(facts);
  return sizes.filter((size) => {
    const at = { [name]: size };
    return judge.differ(substitute(dim, at), substitute(other, at)) === undefined;
  });
}

function nearest(open: ReadonlyMap<number, readonly number[]>): readonly Assignment[] {
  const each = [...open].map(([given, sizes]) => {
    const sorted = sizes.toSorted((a, b) => Math.abs(a - given) - Math.abs(b - given) || a - b);
    return sorted.slice(0, mostSizes).map((size) => [given, size] as const);
  });
  const products = each.reduce<(readonly (readonly [number, number])[])[]>(
    (made, sizes) => made.flatMap((m) => sizes.map((s) => [...m, s])),
    [[]],
  );
  const far = (sizes: readonly (readonly [number, number])[]) =>
    sizes.reduce((sum, [given, size]) => sum + Math.abs(size - given), 0);
  return products
    .sort((a, b) => far(a) - far(b))
    .slice(0, mostSizes)
    .map((sizes) => new Map(sizes));
}

function upTo(greatest: number): readonly number[] {
  return Array.from({ length: greatest }, (_, i) => i + 1);
}
