import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { DimensionOverflow } from '../tensor/dim.ts';
import { elementCount, showShape } from '../tensor/shape.ts';
import type { TypedNode } from './graph.ts';

/** What has been counted so far: multiply-adds of nodes for which they are a number, and elements of weights. */
export interface Counted {
  readonly macs: number;
  readonly elements: number;
}

export const nothingCounted: Counted = { macs: 0, elements: 0 };

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
  if (node === undefined) return tooLarge(`the number of multiply-adds of \`${op}\``);
  const macs = counted.macs + (typeof node.macs === 'number' ? node.macs : 0);
  if (!Number.isSafeInteger(macs)) return tooLarge('the number of multiply-adds up to here');
  let { elements } = counted;
  for (const { name, shape } of node.weights) {
    const count = elementCount(shape) ?? 0;
    if (!Number.isSafeInteger(count)) return tooLarge(`the size of \`${name}\`, ${showShape(shape)},`);
    elements += count;
  }
  if (!Number.isSafeInteger(elements)) return tooLarge('the number of parameters up to here');
  return ok({ node, macs, elements });
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
