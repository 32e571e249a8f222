import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, compare, quasiLinear } from '../../src/tensor/compare.ts';
import { factOf, progressionOf } from '../../src/tensor/facts.ts';
import type { Facts } from '../../src/tensor/range.ts';
import { contains } from '../../src/tensor/sizeSet.ts';
import { solveSizes } from '../../src/tensor/solveSizes.ts';
import { drawn, isLongRun, numRuns, settings, timeout, tryDim } from './propertyRuns.ts';
import { chains, dimOf, naiveValue, type Tree, trees } from './randomDims.ts';

/** More than a period of four strides of 3 against four of 2, and than any first size. */
const everySize = Array.from({ length: 2000 }, (_, i) => i + 1);
/** What `dims` may say of H. */
const factsOfOne = fc.constantFrom<Facts>(
  {},
  { H: { min: 17 } },
  { H: { multipleOf: 4 } },
  { H: { multipleOf: 3, remainder: 2, min: 6 } },
  { H: { min: 5, max: 70 } },
);
const exhaustive = { ...settings, numRuns: Math.ceil(numRuns / 10) };

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
    if (isLongRun) console.log(`compare: ${JSON.stringify(kinds)}`);
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
  'one symbol through windows, strides and multiples: the sizes at which two are equal are exactly those',
  () => {
    fc.assert(
      fc.property(chains, chains, factsOfOne, (left, right, facts) => {
        const [a, b] = [dimOf(left, facts), dimOf(right, facts)];
        const set = solveSizes([{ kind: 'equal', dim: a, other: b }], 'H', factOf(facts, 'H'));
        if (compare(a, b, facts).kind !== 'sometimes') return;
        const { first, step, last } = progressionOf(factOf(facts, 'H'));
        const admitted = everySize.filter((H) => H >= first && H <= last && (H - first) % step === 0);
        const equal = admitted.filter((H) => naiveValue(left, { H }) === naiveValue(right, { H }));
        if (set === undefined) throw new Error('a sum of floors is solved');
        // Also that nothing else is held: neither what the facts exclude, nor what is beyond them.
        expect(everySize.filter((H) => contains(set, H))).toEqual(equal);
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
