import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { DimensionOverflow } from '../tensor/dim.ts';
import { elementCount, showShape } from '../tensor/shape.ts';
import type { TypedNode } from './graph.ts';

/** What has been counted so far: operations of nodes for which they are a number, and elements of weights. */
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
    counted[key] + (typeof node[key] === 'number' ? node[key] : 0);
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
