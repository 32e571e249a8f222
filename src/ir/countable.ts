import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, DimensionOverflow } from '../tensor/dim.ts';
import { termsOf } from '../tensor/polynomial.ts';
import { elementCount, showShape } from '../tensor/shape.ts';
import type { TypedNode } from './graph.ts';

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

/**
 * Counts a node in. Numbers beyond 2^53 are not exact, so a node that would lead there is refused: what a network costs
 * is then known to the last digit.
 */
export function countIn(
  counted: Counted,
  op: string,
  type: () => TypedNode,
): Result<Counted & { readonly node: TypedNode }> {
  const node = withinExactNumbers(type);
  if (node === undefined) return tooLarge(`the number of operations of \`${op}\``);
  const sum = (key: keyof typeof operations) =>
    counted[key] + (typeof node[key] === 'number' ? node[key] : coefficientsOf(node[key]));
  const sums = { macs: sum('macs'), biasAdds: sum('biasAdds'), elementOps: sum('elementOps') };
  const beyond = counts.find((key) => !Number.isSafeInteger(sums[key]));
  if (beyond !== undefined) return tooLarge(`the number of ${operations[beyond]} up to here`);
  let { elements } = counted;
  for (const { name, shape } of node.weights) {
    const count = elementCount(shape) ?? 0;
    if (!Number.isSafeInteger(count)) return tooLarge(`the size of \`${name}\`, ${showShape(shape)},`);
    elements += count;
  }
  if (!Number.isSafeInteger(elements)) return tooLarge('the number of parameters up to here');
  return ok({ node, ...sums, elements });
}

function coefficientsOf(count: Dim): number {
  return termsOf(count).reduce((n, { coefficient }) => n + Math.abs(coefficient), 0);
}

function withinExactNumbers(type: () => TypedNode): TypedNode | undefined {
  try {
    return type();
  } catch (error) {
    if (error instanceof DimensionOverflow) return undefined;
    throw error;
  }
}

function tooLarge(what: string): ReturnType<typeof fail> {
  return fail(problem('size-too-large', { what }));
}
