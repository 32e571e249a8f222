import type { TypedNode } from '../../../ir/graph.ts';
import { elementCount, showShape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly shape: string;
  readonly over: string;
  readonly gives: string;
}

/** A norm over one number, of which nothing is left. */
export const oneValue = defineRule<Facts>({
  code: 'INC725',
  id: 'norm/one-value',
  level: 'warning',
  set: 'recommended',
  summary: 'A norm is taken over a single number.',
  why: 'That number is its own mean: what comes out is the offset, whatever goes in, and nothing before it is trained. Frameworks refuse this for a batch norm in training, and compute zeros for the others without a word.',
  sources: [
    'https://github.com/pytorch/pytorch/issues/19250',
    'https://github.com/pytorch/pytorch/issues/45687',
    'https://github.com/theFoxofSky/ddfnet/issues/14',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - global_avg_pool: { keepdims: true }
    name: pool
  - instance_norm: { epsilon: 1e-5 }
    name: norm
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - instance_norm: { epsilon: 1e-5 }
    name: norm
  - global_avg_pool: { keepdims: true }
    name: pool
`,
  },
  message: ({ op, shape, over, gives }) =>
    `this ${op} of ${shape} is over one number ${over}: it gives ${gives}, whatever it reads`,
  help: ({ op }) =>
    op === 'group_norm'
      ? 'use fewer groups, or put it where the map has more places'
      : 'put it where there is more to take a mean of, or remove it',
  *checkGraph(graph) {
    for (const node of graph.nodesOf('instance_norm', 'group_norm', 'layer_norm', 'rms_norm')) {
      const over = overOne(node);
      const [x] = node.inputs;
      if (over === undefined || x === undefined) continue;
      const params = { op: node.op, shape: showShape(x.type.shape), over, gives: whatIsLeft(node) };
      yield { params, span: node.span, node: node.name };
    }
  },
});

/** What each single number belongs to; undefined where a norm has more to take a mean of, or may have. */
function overOne(node: TypedNode): string | undefined {
  const shape = node.inputs[0]?.type.shape ?? [];
  const onePlace = elementCount(shape.slice(1, -1)) === 1;
  switch (node.op) {
    case 'instance_norm':
      return onePlace ? 'per channel' : undefined;
    case 'group_norm':
      return onePlace && shape.at(-1) === node.attributes.groups ? 'per group' : undefined;
    case 'layer_norm':
    case 'rms_norm': {
      const axes = node.op === 'rms_norm' ? [shape.length - 1] : [node.attributes.axes].flat().map(Number);
      return elementCount(axes.map((axis) => shape[axis] ?? 0)) === 1 ? 'per position' : undefined;
    }
    default:
      return undefined;
  }
}

/** The norm has no mean where it is one of squares: of the number its sign remains. */
function whatIsLeft(node: TypedNode): string {
  if (node.op === 'rms_norm') return 'the sign times its factor';
  return node.weights.some(({ name }) => name === 'beta') ? 'its offset' : '0';
}
