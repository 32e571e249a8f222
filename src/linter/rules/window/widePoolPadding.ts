import { defineRule } from '../../rule.ts';
import { isPooling } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly padding: number;
  readonly kernel: number;
}

/** A pooling whose padding PyTorch refuses. */
export const widePoolPadding = defineRule<Facts>({
  code: 'INC710',
  id: 'window/wide-pool-padding',
  level: 'warning',
  set: 'recommended',
  summary: 'A pooling pads more than half of its window.',
  why: 'PyTorch, and what follows it, refuses it: its first window would see more padding than map. A number that was right for a larger kernel mostly stayed.',
  sources: [
    'https://github.com/pytorch/pytorch/issues/152156: pad should be at most half of effective kernel size',
    'https://github.com/webmachinelearning/webnn/issues/935',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 3, stride: 2, padding: 2 }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 3, stride: 2, padding: 1 }
    name: pool
`,
  },
  message: ({ op, padding, kernel }) =>
    `this ${op} pads by ${padding}, and half of its window of ${kernel} is ${Math.floor(kernel / 2)}: PyTorch refuses it`,
  help: ({ kernel }) =>
    `pad by ${Math.floor(kernel / 2)} at most; a \`pad\` before the pooling can be as wide as you like`,
  *checkGraph(graph) {
    for (const node of graph.windows) {
      // What is worked out from the size, as `same` is, is never so wide.
      if (!isPooling(node) || typeof node.attributes.padding === 'string') continue;
      const wide = graph.axesOf(node).find((axis) => Math.max(axis.before, axis.after) > axis.extent / 2);
      if (wide === undefined) continue;
      const padding = Math.max(wide.before, wide.after);
      yield { params: { op: node.op, padding, kernel: wide.extent }, span: node.span, node: node.name };
    }
  },
});
