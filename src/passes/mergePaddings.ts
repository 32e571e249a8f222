import type { TypedNode } from '../ir/graph.ts';
import { sidesPerAxis } from '../ops/sides.ts';
import type { Padding } from '../ops/windowAttributes.ts';
import { mergeInto } from './mergeInto.ts';
import type { Pass } from './pass.ts';

/**
 * Lets a convolution put the zeros around its map that a `pad` before it puts there. A pooling leaves its padding out of
 * the greatest and of the mean, so zeros before it are something else.
 */
export const mergePaddings: Pass = (graph, options) => mergeInto(graph, options, padded);

const convolutions = ['conv', 'depthwise_conv', 'separable_conv'] as const;

type Convolution = TypedNode<(typeof convolutions)[number]>;

function padded(first: TypedNode, second: TypedNode): TypedNode | undefined {
  if (first.op !== 'pad' || !isConvolution(second)) return undefined;
  const added = zeros(first);
  const own = amountsOf(second.attributes.padding, added?.length ?? 0);
  if (added === undefined || own === undefined) return undefined;
  const padding = added.map(([before, after], axis): [number, number] => [
    before + (own[axis]?.[0] ?? 0),
    after + (own[axis]?.[1] ?? 0),
  ]);
  // Spreading keeps op and attributes paired as the node had them.
  return { ...second, inputs: first.inputs, attributes: { ...second.attributes, padding } } as TypedNode;
}

function isConvolution(node: TypedNode): node is Convolution {
  return convolutions.some((op) => op === node.op);
}

/** What is added along the spatial axes, where that is zeros, and nothing along the others. */
function zeros({ attributes, inputs }: TypedNode<'pad'>): readonly (readonly [number, number])[] | undefined {
  if (attributes.mode !== 'constant' || attributes.value !== 0) return undefined;
  const amounts = sidesPerAxis(attributes.padding, inputs[0]?.type.shape.length ?? 0);
  const outer = [amounts[0], amounts.at(-1)].flat();
  return outer.every((n) => n === 0) ? amounts.slice(1, -1) : undefined;
}

/** The amounts of a padding that does not depend on the size of the map. */
function amountsOf(padding: Padding, axes: number): readonly (readonly [number, number])[] | undefined {
  if (padding === 'valid') return [];
  return typeof padding === 'string' ? undefined : sidesPerAxis(padding, axes);
}
