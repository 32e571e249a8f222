import fc from 'fast-check';
import { add, ceilDiv, type Dim, floorDiv, max, min, mod, mul, sub, symbol } from '../../src/tensor/dim.ts';
import { factOf, progressionOf, smallestSizes } from '../../src/tensor/facts.ts';
import type { Fact, Facts } from '../../src/tensor/range.ts';

/** An expression as drawn, before any normal form. */
export type Tree =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'pair'; readonly operation: PairOperation; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'division'; readonly operation: Division; readonly of: Tree; readonly by: Tree };

type PairOperation = 'add' | 'sub' | 'mul' | 'max' | 'min';
type Division = 'floorDiv' | 'ceilDiv' | 'mod';

const symbolic = { add, sub, mul, max, min, floorDiv, ceilDiv, mod };

/** Long division of big integers with the remainder of the divisor's sign: no rounding, and no code in common with dims. */
function floorOf(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const naive: Readonly<Record<PairOperation | Division, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint
  max: (a, b) => (a > b ? a : b),
  // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint
  min: (a, b) => (a < b ? a : b),
  floorDiv: floorOf,
  ceilDiv: (a, b) => -floorOf(-a, b),
  mod: (a, b) => a - b * floorOf(a, b),
};

export function dimOf(tree: Tree, facts: Facts): Dim {
  if (tree.kind === 'number') return tree.value;
  if (tree.kind === 'symbol') return symbol(tree.name, facts[tree.name]);
  if (tree.kind === 'pair')
    return symbolic[tree.operation](dimOf(tree.left, facts), dimOf(tree.right, facts));
  return symbolic[tree.operation](dimOf(tree.of, facts), dimOf(tree.by, facts));
}

export function naiveValue(tree: Tree, sizes: Readonly<Record<string, number>>): bigint {
  if (tree.kind === 'number') return BigInt(tree.value);
  if (tree.kind === 'symbol') return BigInt(sizes[tree.name] ?? 0);
  if (tree.kind === 'pair')
    return naive[tree.operation](naiveValue(tree.left, sizes), naiveValue(tree.right, sizes));
  return naive[tree.operation](naiveValue(tree.of, sizes), naiveValue(tree.by, sizes));
}

const constant = fc.integer({ min: -20, max: 20 }).map((value): Tree => ({ kind: 'number', value }));
const name = (from: readonly string[]): fc.Arbitrary<Tree> =>
  fc.constantFrom(...from).map((chosen) => ({ kind: 'symbol', name: chosen }));
const divisor = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 7 }).map((value): Tree => ({ kind: 'number', value })) },
  { weight: 1, arbitrary: fc.constant<Tree>({ kind: 'symbol', name: 'W' }) },
);

/** Expressions over H, W and N; of these W is at least 1 under `threeFacts`, so it may divide. */
export const trees = treesOfDepth(4);

function treesOfDepth(depth: number): fc.Arbitrary<Tree> {
  const leaf = fc.oneof({ weight: 1, arbitrary: constant }, { weight: 3, arbitrary: name(['H', 'W', 'N']) });
  if (depth === 0) return leaf;
  const inner = treesOfDepth(depth - 1);
  const pair = (operation: fc.Arbitrary<PairOperation>, right: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
    fc.record({ kind: fc.constant('pair' as const), operation, left: inner, right });
  const division = fc.record({
    kind: fc.constant('division' as const),
    operation: fc.constantFrom<Division>('floorDiv', 'floorDiv', 'ceilDiv', 'mod'),
    of: inner,
    by: divisor,
  });
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: pair(fc.constantFrom<PairOperation>('add', 'add', 'sub', 'max', 'min'), inner) },
    { weight: 1, arbitrary: pair(fc.constant('mul'), depth > 1 ? treesOfDepth(1) : leaf) },
    { weight: 4, arbitrary: division },
  );
}

/** Chains of windows, strides and multiples of H, as networks have them. */
export const chains: fc.Arbitrary<Tree> = fc
  .array(
    fc.record({
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 3 }),
      kind: fc.nat(3),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((steps) => steps.reduce<Tree>(chainStep, { kind: 'symbol', name: 'H' }));

function chainStep(of: Tree, step: { kernel: number; stride: number; kind: number }): Tree {
  const number = (value: number): Tree => ({ kind: 'number', value });
  const by = number(step.stride);
  if (step.kind === 0) return { kind: 'division', operation: 'ceilDiv', of, by };
  if (step.kind === 1) return { kind: 'pair', operation: 'mul', left: of, right: by };
  const windowed: Tree = { kind: 'pair', operation: 'sub', left: of, right: number(step.kernel) };
  const floor: Tree = { kind: 'division', operation: 'floorDiv', of: windowed, by };
  return { kind: 'pair', operation: 'add', left: floor, right: number(1) };
}

function factFrom(least: number): fc.Arbitrary<Fact> {
  return fc
    .record(
      {
        min: fc.integer({ min: least, max: 20 }),
        span: fc.integer({ min: 8, max: 60 }),
        multipleOf: fc.integer({ min: 1, max: 8 }),
        remainder: fc.nat(7),
      },
      { requiredKeys: [] },
    )
    .map(({ min: from, span, multipleOf, remainder }) => ({
      ...(from === undefined ? {} : { min: from }),
      ...(span === undefined ? {} : { max: (from ?? 1) + span }),
      ...(multipleOf === undefined ? {} : { multipleOf }),
      ...(remainder === undefined || multipleOf === undefined ? {} : { remainder: remainder % multipleOf }),
    }));
}

/** Facts that each admit at least one size. */
export const threeFacts: fc.Arbitrary<Facts> = fc.record({ H: factFrom(-5), W: factFrom(1), N: factFrom(0) });

/** `count` bindings of H, W and N that the facts admit, the same for the same seed. */
export function bindingsOf(facts: Facts, seed: number, count: number): readonly Record<string, number>[] {
  const random = randomNumbers(seed);
  const pools = ['H', 'W', 'N'].map((n) => ({
    n,
    sizes: smallestSizes(progressionOf(factOf(facts, n)), 60),
  }));
  return Array.from({ length: count }, () =>
    Object.fromEntries(pools.map(({ n, sizes }) => [n, sizes[random(sizes.length)] ?? Number.NaN])),
  );
}

function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
