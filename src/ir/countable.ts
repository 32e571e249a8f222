import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { WeightSpec } from '../ops/weight.ts';
import { type Dim, DimensionOverflow } from '../tensor/dim.ts';
import { termsOf } from '../tensor/polynomial.ts';
import { elementCount, showShape } from '../tensor/shape.ts';

/** What nodes of one kind cost, and the weights that each of them has; nodes made from one another are of one kind. */
export interface Kind {
  readonly macs: Dim;
  readonly biasAdds: Dim;
  readonly elementOps: Dim;
  readonly weights: readonly WeightSpec[];
}

/** What messages call each count of operations. */
const operations = {
  macs: 'multiply-adds',
  biasAdds: 'additions of biases',
  elementOps: 'operations',
} as const;

/**
 * Counts what nodes cost: operations, and elements of weights. Numbers beyond 2^53 are not exact, so a node that would
 * lead there is refused: what a network costs is then known to the last digit. Of a formula its coefficients count, as
 * far as they are from 0: while their sum is exact, so is every sum of some of the formulas.
 */
export class Counts {
  private macs = 0;
  private biasAdds = 0;
  private elementOps = 0;
  private elements = 0;

  /** Counts a node in, or says why it cannot be. Without a kind, what the node itself costs is beyond exact numbers. */
  add(op: string, kind: Kind | undefined): Problem | undefined {
    if (kind === undefined) return tooLarge(`the number of operations of \`${op}\``);
    const macs = this.macs + coefficientsOf(kind.macs);
    const biasAdds = this.biasAdds + coefficientsOf(kind.biasAdds);
    const elementOps = this.elementOps + coefficientsOf(kind.elementOps);
    const beyond =
      beyondExact(macs, 'macs') ?? beyondExact(biasAdds, 'biasAdds') ?? beyondExact(elementOps, 'elementOps');
    if (beyond !== undefined) return beyond;
    let { elements } = this;
    for (const { name, shape } of kind.weights) {
      const count = elementCount(shape) ?? 0;
      if (!Number.isSafeInteger(count)) return tooLarge(`the size of \`${name}\`, ${showShape(shape)},`);
      elements += count;
    }
    if (!Number.isSafeInteger(elements)) return tooLarge('the number of parameters up to here');
    this.macs = macs;
    this.biasAdds = biasAdds;
    this.elementOps = elementOps;
    this.elements = elements;
    return undefined;
  }
}

function beyondExact(sum: number, key: keyof typeof operations): Problem | undefined {
  return Number.isSafeInteger(sum) ? undefined : tooLarge(`the number of ${operations[key]} up to here`);
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

function tooLarge(what: string): Problem {
  return problem('size-too-large', { what });
}
