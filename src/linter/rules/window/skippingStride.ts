import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly stride: number;
  readonly extent: number;
}

/** A stride that jumps over pixels. */
export const skippingStride = defineRule<Facts>({
  code: 'INC705',
  id: 'window/skipping-stride',
  level: 'info',
  set: 'strict',
  summary: 'A stride is larger than the kernel: what lies between two windows is never read.',
  why: 'A 1x1 convolution of stride 2, as in the shortcuts of ResNet, reads a quarter of its map. An average pooling before it reads all (ResNet-D).',
  sources: ['He et al., Bag of Tricks for Image Classification, arXiv 1812.01187, section 4.1'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 1, stride: 2 }
    name: shortcut
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - avg_pool: { kernel: 2, stride: 2 }
  - conv: { filters: 8, kernel: 1 }
    name: shortcut
`,
  },
  message: ({ op, stride, extent }) =>
    `this ${op} steps by ${stride} with a kernel of ${extent}: it never reads what lies between`,
  help: () => 'an average pooling before it would read everything',
  *checkGraph(graph) {
    for (const node of graph.windows) {
      const axis = graph.axesOf(node).find(({ stride, extent }) => stride > extent);
      if (axis === undefined) continue;
      yield {
        params: { op: node.op, stride: axis.stride, extent: axis.extent },
        span: node.span,
        node: node.name,
      };
    }
  },
});
