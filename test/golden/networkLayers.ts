import type { TypedGraph, TypedNode } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import type { TensorType } from '../../src/tensor/shape.ts';
import { scaleAndAddFused } from './equivalences.ts';
import { type Layer, networkInput, plainLayer } from './layer.ts';

/** The layers of a network: the nodes of a step in one, in the writing that tables have. */
export function networkLayers(graph: TypedGraph): readonly Layer[] {
  const steps = nodesByStep(graph.nodes);
  const producers = new Map(graph.inputs.map(({ value }) => [value.id, networkInput]));
  for (const nodes of steps) {
    for (const { step, outputs } of nodes) for (const { id } of outputs) producers.set(id, step);
  }
  const layers = steps.map((nodes) => layerOf(nodes, producers));
  return scaleAndAddFused(layers);
}

/** Neighbours of one step that hand a value on: a convolution, its batch norm, its activation. */
function nodesByStep(nodes: readonly TypedNode[]): readonly (readonly TypedNode[])[] {
  const steps: TypedNode[][] = [];
  for (const node of nodes) {
    const last = steps.at(-1);
    if (last?.[0]?.step === node.step && last.at(-1)?.outputs[0]?.id === node.inputs[0]?.id) last.push(node);
    else steps.push([node]);
  }
  return steps;
}

const tableOps: Readonly<Record<string, string>> = {
  conv: 'Conv2D',
  dense: 'Dense',
  max_pool: 'MaxPool',
  avg_pool: 'AvgPool',
  global_avg_pool: 'GlobalAvgPool',
  concat: 'Concat',
  dropout: 'Dropout',
  flatten: 'Flatten',
  squeeze: 'Squeeze',
  relu: 'Relu',
  softmax: 'Softmax',
};

function layerOf(nodes: readonly TypedNode[], producers: ReadonlyMap<number, string>): Layer {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) throw new Error('a step without nodes');
  const weights = nodes.flatMap((node) => node.weights.map((w) => ({ ...w, op: node.op })));
  const count = (which: (w: (typeof weights)[number]) => boolean) =>
    weights.filter(which).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return {
    ...plainLayer,
    name: first.step,
    op: opOf(first),
    ...windowOf(first),
    ...attributesOf(nodes),
    inputShapes: first.inputs.map(({ type }) => shapeOf(type)).join(';'),
    outputShape: last.outputs.map(({ type }) => shapeOf(type)).join(';'),
    kernelWeights: count((w) => w.name === 'kernel'),
    biasWeights: count((w) => w.name === 'bias'),
    batchNormWeights: count((w) => w.op === 'batch_norm' && w.trainable),
    trainable: count((w) => w.trainable),
    nonTrainable: count((w) => !w.trainable),
    macs: nodes.reduce((sum, { macs }) => sum + Number(macs), 0),
    inputs: first.inputs.map(({ id }) => producers.get(id) ?? `value ${id}`),
  };
}

/** The table's name of the op; what makes it another op than the table means is added to the name. */
function opOf(node: TypedNode): string {
  const name = tableOps[node.op] ?? node.op;
  if (node.op === 'concat') {
    const channels = (node.inputs[0]?.type.shape.length ?? 0) - 1;
    return node.attributes.axis === channels ? name : `${name} on axis ${node.attributes.axis}`;
  }
  if (node.op === 'avg_pool' && node.attributes.count_padding) return `${name} that counts padding`;
  if ((node.op === 'avg_pool' || node.op === 'max_pool') && node.attributes.ceil)
    return `${name} that rounds up`;
  return name;
}

function windowOf({ op, attributes }: TypedNode): Partial<Layer> {
  if (op === 'dense') return { filters: String(attributes.units) };
  if (op !== 'conv' && op !== 'max_pool' && op !== 'avg_pool') return {};
  const { kernel, stride, padding } = attributes;
  const window = { kernel: crossed(kernel), stride: crossed(stride), padding: String(padding).toUpperCase() };
  if (op !== 'conv') return window;
  const { dilation, groups, filters } = attributes;
  return { ...window, dilation: crossed(dilation), groups: String(groups), filters: String(filters) };
}

function attributesOf(nodes: readonly TypedNode[]): Partial<Layer> {
  return Object.assign({}, ...nodes.map(attributesOfNode));
}

function attributesOfNode({ op, attributes }: TypedNode): Partial<Layer> {
  switch (op) {
    case 'conv':
    case 'dense':
      return { bias: attributes.bias ? 'yes' : 'no' };
    case 'batch_norm': {
      const { epsilon, momentum, scale, center } = attributes;
      const offset = center ? '' : ';center=False';
      return { batchNorm: `eps=${epsilon};decay=${momentum};scale=${scale ? 'True' : 'False'}${offset}` };
    }
    case 'relu':
    case 'softmax':
      return { activation: op };
    case 'scale':
      return { scaleOrKeep: String(attributes.factor) };
    case 'dropout':
      return { scaleOrKeep: `keep=${1 - attributes.rate}` };
    default:
      return {};
  }
}

function crossed(value: number | readonly number[]): string {
  return typeof value === 'number' ? String(value) : value.join('x');
}

function shapeOf({ shape }: TensorType): string {
  return shape.map(printDim).join('x');
}
