import { eachAxis } from '../../../ops/spatial.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly kernel: number;
  readonly stride: number;
}

/** A transposed convolution that writes some pixels more often than others. */
export const checkerboard = defineRule<Facts>({
  code: 'INC707',
  id: 'window/checkerboard',
  level: 'info',
  set: 'strict',
  summary: 'The kernel of a transposed convolution is not a multiple of its stride.',
  why: 'Neighbouring pixels are then sums of different numbers of terms, which shows as a checkerboard in generated images.',
  sources: ['Odena et al., Deconvolution and Checkerboard Artifacts, Distill, 2016'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv_transpose: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: up
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv_transpose: { filters: 8, kernel: 4, stride: 2, padding: same }
    name: up
`,
  },
  message: ({ kernel, stride }) =>
    `a kernel of ${kernel} with stride ${stride} writes some pixels more often than others`,
  help: ({ stride }) => `use a kernel that is a multiple of ${stride}, or resize and then convolve`,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('conv_transpose')) {
      const { kernel, stride } = node.attributes;
      const axes = (node.inputs[0]?.type.shape.length ?? 2) - 2;
      const strides = eachAxis(stride, axes);
      const uneven = eachAxis(kernel, axes).findIndex((k, axis) => k % (strides[axis] ?? 1) !== 0);
      if (uneven < 0) continue;
      const params = { kernel: eachAxis(kernel, axes)[uneven] ?? 1, stride: strides[uneven] ?? 1 };
      yield { params, span: node.span, node: node.name };
    }
  },
});
