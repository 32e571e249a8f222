import type { TypedNode, TypedValue } from '../ir/graph.ts';
import type { OpName } from '../ops/registry.ts';
import { eachAxis } from '../ops/spatial.ts';
import type { PerAxis } from '../ops/windowAttributes.ts';
import { keyOf } from '../tensor/dim.ts';

/** Whether a node gives the first value that it reads, whatever the numbers are. Sizes must be equal at every size of the symbols. */
export function doesNothing(node: TypedNode): boolean {
  const [x, ...others] = node.inputs;
  const [y, ...further] = node.outputs;
  if (x === undefined || y === undefined || others.length + further.length > 0) return false;
  return sameType(x, y) && keeps(node);
}

type Test<K extends OpName> = (node: TypedNode<K>) => boolean;

const always = () => true;

/** Of a node with one input and one output of one type: whether nothing has changed. Ops that are not listed compute something. */
const tests: { readonly [K in OpName]?: Test<K> } = {
  identity: always,
  dropout: always,
  spatial_dropout: always,
  gaussian_noise: always,
  // To the dtype that it has.
  cast: always,
  // These cut, add, repeat or rearrange nothing where the shape stays.
  reshape: always,
  flatten: always,
  expand: always,
  tile: always,
  pad: always,
  crop: always,
  slice: always,
  concat: always,
  split: always,
  // With blocks of one position.
  depth_to_space: always,
  space_to_depth: always,
  // Every position of the new map lies on the same one of the old.
  resize: always,
  permute: ({ attributes: { axes } }) => axes.every((axis, i) => axis === i),
  roll: ({ attributes: { by } }) => [by].flat().every((n) => n === 0),
  channel_shuffle: ({ attributes: { groups }, inputs: [x] }) =>
    groups === 1 || groups === x?.type.shape.at(-1),
  max_pool: ({ attributes, inputs: [x] }) => isSinglePosition(attributes, x),
  avg_pool: ({ attributes, inputs: [x] }) => isSinglePosition(attributes, x),
  // Of one value.
  average: always,
  add: ({ attributes: { value = 0 } }) => value === 0,
  subtract: ({ attributes: { value } }) => value === 0,
  multiply: ({ attributes: { value = 1 } }) => value === 1,
  divide: ({ attributes: { value } }) => value === 1,
  floor_divide: ({ attributes: { value }, inputs: [x] }) => value === 1 && x?.type.dtype === 'int32',
  power: ({ attributes: { value } }) => value === 1,
  maximum: ({ attributes: { value } }) => value === undefined,
  minimum: ({ attributes: { value } }) => value === undefined,
  scale: ({ attributes: { factor } }) => factor === 1,
  leaky_relu: ({ attributes: { slope } }) => slope === 1,
};

function keeps<K extends OpName>(node: TypedNode<K>): boolean {
  const op: K = node.op;
  // Node and test are of one op: the key is the node's own.
  const test = tests[op] as Test<K> | undefined;
  return test?.(node) ?? false;
}

/** A window of one position at stride 1; where the shape stays, nothing was added around the map. */
function isSinglePosition({ kernel, stride }: Window, x: TypedValue | undefined): boolean {
  const axes = (x?.type.shape.length ?? 2) - 2;
  return [kernel, stride].every((amounts) => eachAxis(amounts, axes).every((n) => n === 1));
}

interface Window {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

function sameType({ type: a }: TypedValue, { type: b }: TypedValue): boolean {
  return (
    a.dtype === b.dtype &&
    a.shape.length === b.shape.length &&
    a.shape.every((d, i) => keyOf(d) === keyOf(b.shape[i] ?? -1))
  );
}
