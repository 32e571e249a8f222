import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, divideExact, keyOf, mul, symbol } from '../../src/tensor/dim.ts';
import { evaluate, substitute } from '../../src/tensor/evaluateDim.ts';
import { factOf, progressionOf } from '../../src/tensor/facts.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { range } from '../../src/tensor/range.ts';
import {
  attempt,
  bindingsPerRun,
  drawn,
  isLongRun,
  numRuns,
  settings,
  timeout,
  tryDim,
} from './propertyRuns.ts';
import { dimOf, naiveValue, threeFacts, trees } from './randomDims.ts';

test(
  'the normal form has the value of the expression, and almost always one',
  () => {
    const count = { values: 0, refused: 0 };
    fc.assert(
      fc.property(trees, drawn, (tree, { facts, bindings }) => {
        const dim = tryDim(tree, facts);
        const results = bindings.map((sizes) => ({
          sizes,
          value: dim === undefined ? undefined : attempt(() => evaluate(dim, sizes)),
        }));
        const exact = results.filter(({ value }) => value !== undefined);
        count.values += results.length;
        count.refused += results.length - exact.length;
        expect(exact.filter(({ sizes, value }) => BigInt(value ?? 0) !== naiveValue(tree, sizes))).toEqual(
          [],
        );
      }),
      settings,
    );
    expect(count.values).toBe(numRuns * bindingsPerRun);
    expect(count.refused / count.values).toBeLessThan(0.01);
    if (isLongRun) console.log(`values: ${count.values}, without an exact value: ${count.refused}`);
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
        const values = bindings.map((sizes) => Number(naiveValue(tree, sizes)));
        expect(values.filter((value) => value < low || value > high)).toEqual([]);
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
