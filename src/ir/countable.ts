import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { WeightSpec } from '../ops/weight.ts';
import { type Dim, DimensionOverflow } from '../tensor/dim.ts';
import { termsOf } from '../tensor/polynomial.ts';
import { elementCount, showShape } from '../tensor/shape.ts';

/**
 * What has been counted so far: operations of nodes, and elements of weights. Of a formula its coefficients count, as
 * far as they are from 0: while their sum is exact, so is every sum of some of the formulas.
 */
export interface Counted {
  readonly macs: number;
  readonly biasAdds: number;
  readonly elementOps: number;
  readonly elements: number;
}

export const nothingCounted: Counted = { macs: 0, biasAdds: 0, elementOps: 0, elements: 0 };

/** What messages call each count of operations. */
const operations = {
  macs: 'multiply-adds',
  biasAdds: 'additions of biases',
  elementOps: 'operations',
} as const;

const counts = ['macs', 'biasAdds', 'elementOps'] as const;

/** What nodes of one kind cost, and the weights that each of them has; nodes made from one another are of one kind. */
export interface Kind {
  readonly macs: Dim;
  readonly biasAdds: Dim;
  readonly elementOps: Dim;
  readonly weights: readonly WeightSpec[];
}

/**
 * Counts a node in. Numbers beyond 2^53 are not exact, so a node that would lead there is refused: what a network costs
 * is then known to the last digit. Without a kind, what the node itself costs is beyond them.
 */
export function countIn(counted: Counted, op: string, kind: Kind | undefined): Result<Counted> {
  if (kind === undefined) return tooLarge(`the number of operations of \`${op}\``);
  const sums = {
    macs: counted.macs + coefficientsOf(kind.macs),
    biasAdds: counted.biasAdds + coefficientsOf(kind.biasAdds),
    elementOps: counted.elementOps + coefficientsOf(kind.elementOps),
  };
  const beyond = counts.find((key) => !Number.isSafeInteger(sums[key]));
  if (beyond !== undefined) return tooLarge(`the number of ${operations[beyond]} up to here`);
  let { elements } = counted;
  for (const { name, shape } of kind.weights) {
    const count = elementCount(shape) ?? 0;
    if (!Number.isSafeInteger(count)) return tooLarge(`the size of \`${name}\`, ${showShape(shape)},`);
    elements += count;
  }
  if (!Number.isSafeInteger(elements)) return tooLarge('the number of parameters up to here');
  return ok({ ...sums, elements });
}

function coefficientsOf(count: Dim): number {
  if (typeof count === 'number') return count;
  return termsOf(count).reduce((n, { coefficient }) => n + Math.abs(coefficient), 0);
}

/** What `count` gives; undefined where a number on the way is beyond 2^53. */
export function withinExactNumbers<T>(count: () => T): T | undefined {
  try {
    return count();
  } catch (error) {
    if (error instanceof DimensionOverflow) return undefined;
    throw error;
  }
}

function tooLarge(what: string): ReturnType<typeof fail> {
  return fail(problem('size-too-large', { what }));
}
