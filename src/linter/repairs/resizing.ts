import type { Claim } from '../../ir/graph.ts';
import { judgeWith } from '../../ir/judge.ts';
import { type Dim, symbol, symbolsOf } from '../../tensor/dim.ts';
import { substitute, valueOrNaN } from '../../tensor/evaluateDim.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { Network } from './network.ts';
import { type Changed, typesWith } from './typing.ts';

/** A size for each number that the shapes of inputs give. */
export type Assignment = ReadonlyMap<number, number>;

/** So many times a size that is given is the greatest that is tried in its place. */
export const farthest = 4;
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
 * a symbol, and what the claims and the steps then ask of it is evaluated. Undefined where that cannot be said of one size
 * at a time, as after a step that needs its sizes as numbers.
 */
export function sizesMeeting(
  claims: readonly Claim[],
  network: Network,
  changed: Changed,
): readonly Assignment[] | undefined {
  const symbols = new Map(network.sizes.map(({ given }) => [given, symbol(nameFor(given))]));
  const types = typesWith(network, changed, symbols);
  const open = new Map(network.sizes.map(({ given }) => [given, upTo(farthest * given)]));
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
  for (const pair of pairs) {
    const given = numbersIn(pair, network);
    const [only] = given;
    if (given.length > 1) return undefined;
    if (only === undefined) {
      if (judgeWith(types.facts).differ(...pair) !== undefined) return [];
    } else {
      const known = open.get(only) ?? [];
      open.set(
        only,
        known.filter((size) => areEqual(pair, { [nameFor(only)]: size }, types.facts)),
      );
    }
  }
  return nearest(open);
}

/** No author can write such a name. */
function nameFor(given: number): string {
  return `$${given}`;
}

function numbersIn(pair: readonly [Dim, Dim], { sizes }: Network): readonly number[] {
  const names = new Set(pair.flatMap((d) => symbolsOf(d)));
  return sizes.flatMap(({ given }) => (names.has(nameFor(given)) ? [given] : []));
}

function areEqual(
  [a, b]: readonly [Dim, Dim],
  sizes: Readonly<Record<string, number>>,
  facts: Facts,
): boolean {
  const known = (d: Dim) => symbolsOf(d).every((name) => Object.hasOwn(sizes, name));
  if (known(a) && known(b)) return valueOrNaN(a, sizes) === valueOrNaN(b, sizes);
  return judgeWith(facts).differ(substitute(a, sizes), substitute(b, sizes)) === undefined;
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
