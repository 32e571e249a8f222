import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, compare, quasiLinear } from '../../src/tensor/compare.ts';
import { add, type Dim, DimensionOverflow, divideExact, keyOf, mul, symbol } from '../../src/tensor/dim.ts';
import { evaluate, substitute } from '../../src/tensor/evaluateDim.ts';
import { factOf, progressionOf } from '../../src/tensor/facts.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { type Facts, range } from '../../src/tensor/range.ts';
import { bindingsOf, chains, dimOf, naiveValue, type Tree, threeFacts, trees } from './randomDims.ts';

/**
 * Random expressions against plain evaluation in big integers. DIM_PROPERTY_RUNS sets how many expressions are drawn
 * for each property (100,000 takes minutes), DIM_PROPERTY_SEED which; each is evaluated at 40 bindings, or at 2000
 * sizes of one symbol, and then a tenth as many are drawn.
 */
const numRuns = Number(process.env.DIM_PROPERTY_RUNS ?? 300);
const seed = Number(process.env.DIM_PROPERTY_SEED ?? 20_251_126);
const bindingsPerRun = 40;
const settings = { numRuns, seed };
const timeout = 3_600_000;

interface Drawn {
  readonly facts: Facts;
  readonly bindings: readonly Record<string, number>[];
}

const drawn = fc
  .record({ facts: threeFacts, seed: fc.nat() })
  .map(({ facts, seed: s }): Drawn => ({ facts, bindings: bindingsOf(facts, s, bindingsPerRun) }));

/** The dimension of a drawn tree, or undefined where it leaves exact arithmetic. */
function tryDim(tree: Tree, facts: Facts): Dim | undefined {
  return attempt(() => dimOf(tree, facts));
}

function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DimensionOverflow) return undefined;
    throw error;
  }
}

test(
  'the normal form has the value of the expression, and almost always one',
  () => {
    const count = { values: 0, refused: 0 };
    fc.assert(
      fc.property(trees, drawn, (tree, { facts, bindings }) => {
        const dim = tryDim(tree, facts);
        for (const sizes of bindings) {
          const value = dim === undefined ? undefined : attempt(() => evaluate(dim, sizes));
          if (value === undefined) count.refused++;
          else expect(BigInt(value)).toBe(naiveValue(tree, sizes));
          count.values++;
        }
      }),
      settings,
    );
    expect(count.values).toBe(numRuns * bindingsPerRun);
    expect(count.refused / count.values).toBeLessThan(0.01);
    if (numRuns > 300) console.log(`values: ${count.values}, without an exact value: ${count.refused}`);
  },
  timeout,
);

test(
  'the range contains every value',
  () => {
    fc.assert(
      fc.property(trees, drawn, (tree, { facts, bindings }) => {
        const dim = tryDim(tree, facts);
        if (dim === undefined) return;
        const [low, high] = range(dim, facts);
        for (const sizes of bindings) {
          const value = Number(naiveValue(tree, sizes));
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        }
      }),
      settings,
    );
  },
  timeout,
);

test(
  'the verdict of compare and its witnesses hold',
  () => {
    const kinds = { equal: 0, never: 0, sometimes: 0, unproved: 0 };
    fc.assert(
      fc.property(trees, trees, fc.boolean(), drawn, (left, other, related, { facts, bindings }) => {
        const right: Tree = related ? near(left, other) : other;
        const [a, b] = [tryDim(left, facts), tryDim(right, facts)];
        if (a === undefined || b === undefined) return;
        const verdict = compare(a, b, facts);
        kinds[verdict.kind]++;
        const equalAt = bindings.map((sizes) => naiveValue(left, sizes) === naiveValue(right, sizes));
        if (verdict.kind === 'equal') expect(equalAt).not.toContain(false);
        if (verdict.kind === 'never') expect(equalAt).not.toContain(true);
        if (verdict.kind !== 'sometimes') return;
        const differing = { ...bindings[0], ...verdict.differsAt };
        expectAdmitted(differing, facts);
        expect(naiveValue(left, differing)).not.toBe(naiveValue(right, differing));
        if (verdict.equalAt === undefined) return;
        const equal = { ...bindings[0], ...verdict.equalAt };
        expectAdmitted(equal, facts);
        expect(naiveValue(left, equal)).toBe(naiveValue(right, equal));
      }),
      settings,
    );
    expect(kinds.equal).toBeGreaterThan(0);
    expect(kinds.never).toBeGreaterThan(0);
    expect(kinds.sometimes).toBeGreaterThan(0);
    if (numRuns > 300) console.log(`compare: ${JSON.stringify(kinds)}`);
  },
  timeout,
);

/** Two halves of an expression against the whole: equal at some sizes or at all. */
function near(left: Tree, other: Tree): Tree {
  const half = (operation: 'floorDiv' | 'ceilDiv'): Tree => ({
    kind: 'division',
    operation,
    of: left,
    by: { kind: 'number', value: 2 },
  });
  const parts: Tree = { kind: 'pair', operation: 'add', left: half('floorDiv'), right: half('ceilDiv') };
  return { kind: 'pair', operation: other.kind === 'number' ? 'add' : 'max', left: parts, right: other };
}

function expectAdmitted(sizes: Readonly<Record<string, number>>, facts: Facts): void {
  for (const [name, size] of Object.entries(sizes)) {
    const { first, step, last } = progressionOf(factOf(facts, name));
    expect(size).toBeGreaterThanOrEqual(first);
    expect(size).toBeLessThanOrEqual(last);
    expect((size - first) % step).toBe(0);
  }
}

test(
  'the verdict of atLeast holds',
  () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: -10, max: 30 }), drawn, (tree, bound, { facts, bindings }) => {
        const dim = tryDim(tree, facts);
        if (dim === undefined) return;
        const verdict = atLeast(dim, bound, facts);
        const met = bindings.map((sizes) => naiveValue(tree, sizes) >= BigInt(bound));
        if (verdict.kind === 'holds') expect(met).not.toContain(false);
        if (verdict.kind === 'never') expect(met).not.toContain(true);
        if (verdict.kind !== 'from') return;
        expect(met).toEqual(bindings.map((sizes) => (sizes[verdict.name] ?? 0) >= verdict.min));
        expect(factOf(verdict.facts, verdict.name).min).toBe(verdict.min);
      }),
      settings,
    );
  },
  timeout,
);

/** More than a period of four strides of 3 against four of 2, and than any first size. */
const everySize = Array.from({ length: 2000 }, (_, i) => i + 1);
const exhaustive = { numRuns: Math.ceil(numRuns / 10), seed };

test(
  'one symbol through windows, strides and multiples: compare decides exactly',
  () => {
    fc.assert(
      fc.property(chains, chains, (left, right) => {
        const equal = everySize.map((H) => naiveValue(left, { H }) === naiveValue(right, { H }));
        const { kind } = compare(dimOf(left, {}), dimOf(right, {}), {});
        expect(kind).toBe(equal.includes(true) ? (equal.includes(false) ? 'sometimes' : 'equal') : 'never');
      }),
      exhaustive,
    );
  },
  timeout,
);

test(
  'one symbol through windows, strides and multiples: atLeast finds the smallest size',
  () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 1, max: 3 }), (tree, bound) => {
        const smallest = everySize.find((H) => naiveValue(tree, { H }) >= BigInt(bound));
        const verdict = atLeast(dimOf(tree, {}), bound, {});
        expect(verdict.kind === 'from' ? verdict.min : verdict.kind).toBe(
          smallest === 1 ? 'holds' : smallest,
        );
      }),
      exhaustive,
    );
  },
  timeout,
);

test(
  'a period and its rise hold from any size on',
  () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: -50, max: 50 }), (tree, size) => {
        const dim = tryDim(tree, {});
        const linear = dim === undefined ? undefined : quasiLinear(dim, 'H');
        if (linear === undefined) return;
        const [here, later] = [size, size + linear.period].map((H) => naiveValue(tree, { H, W: 5, N: 7 }));
        expect(later).toBe((here ?? 0n) + BigInt(linear.rise));
      }),
      settings,
    );
  },
  timeout,
);

test(
  'substitution commutes with evaluation',
  () => {
    fc.assert(
      fc.property(trees, drawn, fc.nat(9), (tree, { facts, bindings }, k) => {
        const { first, step } = progressionOf(factOf(facts, 'H'));
        const size = add(mul(symbol('K'), step), first);
        const replaced = attempt(() => substitute(dimOf(tree, facts), { H: size }));
        const sizes = { ...bindings[0], H: first + step * k, K: k };
        const value = replaced === undefined ? undefined : attempt(() => evaluate(replaced, sizes));
        if (value !== undefined) expect(BigInt(value)).toBe(naiveValue(tree, sizes));
      }),
      settings,
    );
  },
  timeout,
);

test(
  'a printed dimension reads back as the same dimension',
  () => {
    fc.assert(
      fc.property(trees, threeFacts, (tree, facts) => {
        const dim = tryDim(tree, facts);
        if (dim === undefined) return;
        const text = printDim(dim);
        if (text.length > 4096) return;
        const parsed = parseDim(
          text,
          new Map(['H', 'W', 'N'].map((name) => [name, symbol(name, facts[name])])),
        );
        expect(parsed.ok ? keyOf(parsed.value) : parsed.reason).toBe(keyOf(dim));
      }),
      settings,
    );
  },
  timeout,
);

test(
  'a product divides exactly by each of its factors',
  () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        const [a, b] = [tryDim(left, {}), tryDim(right, {})];
        if (a === undefined || b === undefined || b === 0) return;
        const product = attempt(() => mul(a, b));
        if (product !== undefined) expect(divideExact(product, b)).toEqual(a);
      }),
      settings,
    );
  },
  timeout,
);
