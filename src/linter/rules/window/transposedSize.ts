import { transposedWindows } from '../../../ops/transposedWindow.ts';
import { printDim } from '../../../tensor/printDim.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly input: string;
  readonly output: string;
  readonly stride: number;
  /** How much is missing. */
  readonly short: number;
}

/** A transposed convolution that gives less than its stride promises. */
export const transposedSize = defineRule<Facts>({
  code: 'INC713',
  id: 'window/transposed-size',
  level: 'warning',
  set: 'recommended',
  summary:
    'A transposed convolution gives less than its input times its stride, and nothing says that this is meant.',
  why: 'Several sizes of input have the same size after a strided convolution, so the way back is open by up to stride − 1. Without `output_padding` it is the smallest: 7 becomes 13 and not 14, and meets no skip of the encoder.',
  sources: [
    'https://github.com/onnx/keras-onnx/issues/555',
    'https://github.com/onnx/onnx/issues/4299',
    'PyTorch, ConvTranspose2d, note on `output_padding`',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 7, 7, 3], range: [0, 1] } }
network:
  - conv_transpose: { filters: 8, kernel: 3, stride: 2, padding: 1 }
    name: up
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 7, 7, 3], range: [0, 1] } }
network:
  - conv_transpose: { filters: 8, kernel: 3, stride: 2, padding: 1, output_padding: 1 }
    name: up
`,
  },
  message: ({ input, output, stride, short }) =>
    `this conv_transpose makes ${output} of ${input}, ${short} less than times ${stride}`,
  help: ({ short, stride }) =>
    short < stride
      ? `\`output_padding: ${short}\` gives the full size; \`output_padding: 0\` says that the smaller one is meant`
      : `pad less, or say with \`output_padding\` which size is meant`,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('conv_transpose')) {
      if (node.attributes.output_padding !== undefined) continue;
      const [x] = node.inputs;
      const windows = x === undefined ? undefined : transposedWindows(x.type, node.attributes);
      if (x === undefined || windows?.ok !== true) continue;
      // output = (input − 1)·stride + kernel − before − after + tail
      const shorts = windows.value.map((w) => w.stride - (w.kernel - w.before - w.after + w.tail));
      const axis = shorts.findIndex((short) => short > 0);
      const window = windows.value[axis];
      if (window === undefined) continue;
      const params = {
        input: printDim(x.type.shape[axis + 1] ?? 0),
        output: printDim(window.output),
        stride: window.stride,
        short: shorts[axis] ?? 0,
      };
      yield { params, span: node.span, node: node.name };
    }
  },
});
