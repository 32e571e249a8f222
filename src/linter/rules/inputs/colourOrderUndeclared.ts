import { defineRule } from '../../rule.ts';

/** An image of three channels of which nobody says which is red. */
export const colourOrderUndeclared = defineRule<{ readonly name: string }>({
  code: 'INC805',
  id: 'inputs/colour-order-undeclared',
  level: 'info',
  set: 'strict',
  summary: 'The description of an image with three channels does not name their order.',
  why: 'OpenCV and Caffe read blue first, all others red first. The sizes are the same, and so is the range; only the accuracy falls.',
  sources: [
    'https://github.com/PaddlePaddle/Paddle2ONNX/issues/666',
    'https://github.com/tensorflow/tensorflow/issues/35336',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1], description: RGB } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  message: ({ name }) => `nothing says in which order \`${name}\` has its colours`,
  help: () => 'write it in the description: `description: RGB`, or BGR',
  *checkGraph({ graph }) {
    for (const { value, type, meaning, span } of graph.inputs) {
      if (type.dtype !== 'float32' || type.shape.length !== 4 || type.shape.at(-1) !== 3) continue;
      if (colours.test(meaning.description ?? '')) continue;
      yield { params: { name: value.name }, span, node: value.name };
    }
  },
});

/** Names of three channels. */
const colours = /\b(s?rgb|bgr|yuv|yiq|ycbcr|hs[vlb]|(cie)?lab|xyz)\b/i;
