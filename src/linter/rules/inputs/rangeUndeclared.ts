import { defineRule } from '../../rule.ts';

/** An image of which nobody knows what its numbers are. */
export const rangeUndeclared = defineRule<{ readonly name: string }>({
  code: 'INC801',
  id: 'inputs/range-undeclared',
  level: 'warning',
  set: 'recommended',
  summary: 'An image input says neither the range of its numbers nor their mean and standard deviation.',
  why: 'A network that was trained on [−1, 1] and is fed with [0, 255] gives plausible nonsense. The emitted models carry what the spec says, so that whoever loads them can know.',
  sources: [
    'https://github.com/tensorflow/tfjs/issues/1830',
    'https://github.com/tensorflow/tfjs/issues/3913',
    'https://github.com/PaddlePaddle/Paddle2ONNX/issues/666',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: [N, 8, 8, 3] }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [-1, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  message: ({ name }) => `nothing says which numbers the image \`${name}\` holds`,
  help: ({ name }) => `write \`${name}: { shape: […], range: [0, 1] }\`, or \`mean\` and \`std\``,
  *checkGraph({ graph }) {
    for (const { value, type, meaning, span } of graph.inputs) {
      const channels = type.shape.at(-1);
      const isImage =
        type.shape.length === 4 && (channels === 1 || channels === 3) && type.dtype === 'float32';
      const { range, mean, std } = meaning;
      if (!isImage || range !== undefined || mean !== undefined || std !== undefined) continue;
      yield { params: { name: value.name }, span, node: value.name };
    }
  },
});
