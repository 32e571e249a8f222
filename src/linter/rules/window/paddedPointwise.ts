import { defineRule } from '../../rule.ts';

/** A 1x1 convolution that pads. */
export const paddedPointwise = defineRule<{ readonly op: string }>({
  code: 'INC704',
  id: 'window/padded-pointwise',
  level: 'warning',
  set: 'strict',
  summary: 'A kernel of one pixel has padding.',
  why: 'The map grows by a border that holds the bias and nothing else, mostly because a padding that was right for a 3x3 kernel stayed when the kernel changed.',
  sources: ['torchvision, ResNet: `conv1x1` has no padding'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: [1, 3], padding: [1, 1] }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: [1, 3], padding: [0, 1] }
    name: conv1
`,
  },
  message: ({ op }) => `this ${op} pads an axis along which its kernel has one pixel`,
  help: () => 'pad by 0 along that axis',
  *checkGraph(graph) {
    for (const node of graph.windows) {
      const padded = graph
        .axesOf(node)
        .some(({ extent, before, after }) => extent === 1 && before + after > 0);
      if (padded) yield { params: { op: node.op }, span: node.span, node: node.name };
    }
  },
});
