import type { TypedNode, Weight } from '../ir/graph.ts';
import type { MapSizes } from './flattened.ts';

/** Whose order of axes a file of weights has. */
export type WeightLayout = 'keras' | 'torch' | 'onnx';

/** How a file holds a weight: its shape there, and what makes Keras' order of it. */
export interface StoredForm {
  readonly shape: readonly number[];
  /** The shape with axes that are one in the file taken apart, and the transposition of those axes, as numpy has it. */
  readonly order?: StoredOrder;
}

export interface StoredOrder {
  readonly view: readonly number[];
  readonly permutation: readonly number[];
  /** For each gate of Keras its place among the file's, which are the equal parts of the tensor; put in order first. */
  readonly gates?: readonly number[];
}

/** A weight and what decides its form. */
export interface WeightPlace {
  readonly weight: Weight;
  readonly node: TypedNode;
  /** Set where the node reads a map that was made a row. */
  readonly flattened?: MapSizes;
}

/** The form of a weight in a layout; undefined where its numbers are in an order that is not read: the gates of a cell. */
export function storedForm(place: WeightPlace, layout: WeightLayout): StoredForm | undefined {
  if (layout === 'keras') return { shape: place.weight.shape };
  const recurrent = place.node.weights.find(({ name }) => name.endsWith('recurrent_kernel'));
  if (recurrent !== undefined) return layout === 'onnx' ? gatesFirst(place.weight, recurrent) : undefined;
  const { name, shape } = place.weight;
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

/** Keras' [rows, gates·units] as ONNX' [1, gates·units, rows]; two biases [2, gates·units] as one row. */
function gatesFirst({ name, shape }: Weight, { shape: [units = 1, columns = 1] }: Weight): StoredForm {
  const gates = placesOfGates[columns / units];
  if (!name.endsWith('kernel')) {
    const row = shape.reduce((product, size) => product * size, 1);
    const order = { view: [row], permutation: [0], ...(gates === undefined ? {} : { gates }) };
    return { shape: [1, row], order };
  }
  const [rows = 1] = shape;
  const order = { view: [columns, rows], permutation: [1, 0], ...(gates === undefined ? {} : { gates }) };
  return { shape: [1, columns, rows], order };
}

/** By the number of gates: an LSTM's are i f c o in Keras and i o f c in ONNX; a GRU's are z r h in both. */
const placesOfGates: Readonly<Record<number, readonly number[]>> = { 4: [0, 2, 3, 1] };

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
