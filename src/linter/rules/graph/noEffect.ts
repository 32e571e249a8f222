import type { TypedNode } from '../../../ir/graph.ts';
import { printDim } from '../../../tensor/printDim.ts';
import type { Shape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';
import { isWindowNode, windowAxes } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly why: string;
}

/** A step that gives what it is given. */
export const noEffect = defineRule<Facts>({
  code: 'INC608',
  id: 'graph/no-effect',
  level: 'info',
  set: 'strict',
  summary: 'A step gives just what it is given, in training too.',
  why: 'It is noise for the reader, or a number in it is not what was meant: a pooling of 1x1, a dropout of 0, a reshape to the shape that is there, a concat of one value.',
  sources: ['ONNX Runtime, graph optimisations: identity and no-op elimination'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 1, stride: 1 }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 2, stride: 2 }
    name: pool
`,
  },
  message: ({ op, why }) => `this ${op} gives what it is given: ${why}`,
  help: () => 'remove it; `identity` says that nothing is meant to happen',
  *checkGraph({ nodes }) {
    for (const node of nodes) {
      const why = reasonOf(node);
      if (why !== undefined) yield { params: { op: node.op, why }, span: node.span, node: node.name };
    }
  },
});

function reasonOf(node: TypedNode): string | undefined {
  return ofWindow(node) ?? ofNumbers(node) ?? ofShape(node);
}

function ofWindow(node: TypedNode): string | undefined {
  if ((node.op !== 'max_pool' && node.op !== 'avg_pool') || !isWindowNode(node)) return undefined;
  const axes = windowAxes(node);
  const still = axes.every(
    ({ extent, stride, before, after }) => extent === 1 && stride === 1 && before + after === 0,
  );
  return axes.length > 0 && still ? 'its window is one pixel' : undefined;
}

/** Ops that do nothing with one number, and what they do then. */
const neutral: Readonly<Record<string, readonly [attribute: string, neutral: number, why: string]>> = {
  dropout: ['rate', 0, 'it drops nothing'],
  spatial_dropout: ['rate', 0, 'it drops nothing'],
  gaussian_noise: ['stddev', 0, 'it adds nothing'],
  scale: ['factor', 1, 'it multiplies by 1'],
  multiply: ['value', 1, 'it multiplies by 1'],
  divide: ['value', 1, 'it divides by 1'],
  power: ['value', 1, 'its exponent is 1'],
  add: ['value', 0, 'it adds 0'],
  subtract: ['value', 0, 'it subtracts 0'],
  leaky_relu: ['slope', 1, 'its slope is 1 on both sides'],
  channel_shuffle: ['groups', 1, 'one group is all channels'],
  depth_to_space: ['block', 1, 'a block of one pixel stays where it is'],
  space_to_depth: ['block', 1, 'a block of one pixel stays where it is'],
  roll: ['by', 0, 'it moves nothing'],
};

function ofNumbers({ op, attributes, inputs }: TypedNode): string | undefined {
  const [attribute, number, why] = neutral[op] ?? [];
  if (attribute !== undefined) {
    const value = Object.entries(attributes).find(([name]) => name === attribute)?.[1];
    if (value !== undefined && [value].flat().every((v) => v === number)) return why;
  }
  return joining.has(op) && inputs.length === 1 && !hasValue(attributes) ? 'it joins one value' : undefined;
}

const joining: ReadonlySet<string> = new Set(['concat', 'add', 'multiply', 'average', 'maximum', 'minimum']);

function hasValue(attributes: object): boolean {
  return 'value' in attributes && attributes.value !== undefined;
}

/** Ops that keep all numbers and their order where they keep the shape. */
const reshaping: ReadonlySet<string> = new Set([
  'reshape',
  'flatten',
  'expand',
  'tile',
  'pad',
  'crop',
  'slice',
  'resize',
]);

function ofShape({ op, attributes, inputs: [x], outputs: [y] }: TypedNode): string | undefined {
  if (x === undefined || y === undefined) return undefined;
  if (op === 'cast') return x.type.dtype === y.type.dtype ? `it is ${x.type.dtype} already` : undefined;
  if (op === 'permute')
    return attributes.axes.every((axis, at) => axis === at) ? 'the axes stay in order' : undefined;
  return reshaping.has(op) && sameShape(x.type.shape, y.type.shape) ? 'the shape stays' : undefined;
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.map(printDim).join() === b.map(printDim).join();
}
