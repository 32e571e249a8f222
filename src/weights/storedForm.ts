import type { TypedNode, Weight } from '../ir/graph.ts';
import type { MapSizes } from './flattened.ts';
import { recurrentForm } from './recurrentForm.ts';

/** Whose order of axes a file of weights has. */
export type WeightLayout = 'keras' | 'torch' | 'onnx';

/** How a file holds a weight: the shape of a tensor there, and what makes Keras' order of it. */
export interface StoredForm {
  readonly shape: readonly number[];
  /** For each gate of Keras its place among the file's, which are the equal parts of the tensor; put in order first. */
  readonly gates?: readonly number[];
  /** The shape with axes that are one in the file taken apart, and the transposition of those axes, as numpy has it. */
  readonly order?: { readonly view: readonly number[]; readonly permutation: readonly number[] };
  /** What makes one weight of several tensors; absent where a weight is one tensor. */
  readonly several?: 'summed' | 'stacked';
}

/** A weight and what decides its form. */
export interface WeightPlace {
  readonly weight: Weight;
  readonly node: TypedNode;
  /** Set where the node reads a map that was made a row. */
  readonly flattened?: MapSizes;
}

/** The form of a weight in a layout; undefined where the layout has no such weight. */
export function storedForm(place: WeightPlace, layout: WeightLayout): StoredForm | undefined {
  if (layout === 'keras') return { shape: place.weight.shape };
  const { name, shape } = place.weight;
  const isCell = place.node.weights.some((weight) => weight.name.endsWith('recurrent_kernel'));
  if (isCell) return recurrentForm(place.weight, place.node, layout);
  if (name === 'depthwise_kernel') return channelByChannel(shape);
  if (name.endsWith('kernel') && shape.length > 2) return filtersFirst(shape);
  if (layout === 'onnx') return { shape };
  return name === 'kernel' && shape.length === 2 ? unitsFirst(shape, place) : vector(shape, place);
}

/** Keras' [...kernel, a, b] as [b, a, ...kernel]: filters first, of a transposed convolution channels first. */
function filtersFirst(shape: readonly number[]): StoredForm {
  const [a = 1, b = 1] = shape.slice(-2);
  const stored = [b, a, ...shape.slice(0, -2)];
  return ordered(stored, stored, [...spatialAxes(shape), 1, 0]);
}

/** Keras' [...kernel, channels, multiplier] as [channels·multiplier, 1, ...kernel]: a group for each channel. */
function channelByChannel(shape: readonly number[]): StoredForm {
  const [channels = 1, multiplier = 1] = shape.slice(-2);
  const kernel = shape.slice(0, -2);
  return ordered(
    [channels * multiplier, 1, ...kernel],
    [channels, multiplier, ...kernel],
    [...spatialAxes(shape), 0, 1],
  );
}

/** [width, units] as PyTorch's [units, width]; where the width is a map, its channels come first there. */
function unitsFirst([width = 1, units = 1]: readonly number[], { flattened }: WeightPlace): StoredForm {
  if (flattened === undefined) return ordered([units, width], [units, width], [1, 0]);
  const { view, permutation } = channelsToEnd(flattened);
  return ordered([units, width], [units, ...view], [...permutation.map((axis) => axis + 1), 0]);
}

/** Numbers in one order everywhere, but those along a map that was made a row. */
function vector(shape: readonly number[], { flattened }: WeightPlace): StoredForm {
  const width = flattened?.reduce((product, size) => product * size, 1);
  if (flattened === undefined || shape.length !== 1 || shape[0] !== width) return { shape };
  return { shape, order: channelsToEnd(flattened) };
}

/** A map [...spatial, channels] as [channels, ...spatial], and the transposition back. */
function channelsToEnd(sizes: MapSizes) {
  const spatial = sizes.slice(0, -1);
  return { view: [...sizes.slice(-1), ...spatial], permutation: [...spatial.map((_, i) => i + 1), 0] };
}

/** In [b, a, ...kernel]. */
function spatialAxes(shape: readonly number[]): readonly number[] {
  return shape.slice(2).map((_, i) => i + 2);
}

function ordered(
  shape: readonly number[],
  view: readonly number[],
  permutation: readonly number[],
): StoredForm {
  return { shape, order: { view, permutation } };
}
