import { defineRule } from '../../rule.ts';
import { isPooling, type WindowAxis } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly output: number;
  readonly unclipped: number;
}

/** A rounding up that would make a window of padding alone. */
export const clippedCeil = defineRule<Facts>({
  code: 'INC712',
  id: 'window/clipped-ceil',
  level: 'info',
  set: 'strict',
  summary: 'Rounding up would give one more window, which would begin behind the map.',
  why: "Caffe and PyTorch leave that window out; ONNX' formula and some runtimes do not, and give a map that is larger by one. What is emitted here rounds down and pads, and is the same everywhere; a port that sets `ceil_mode` may not be.",
  sources: [
    'https://github.com/pytorch/pytorch/issues/57178',
    'https://github.com/microsoft/onnxruntime/issues/15446',
    'https://github.com/openvinotoolkit/openvino/issues/18731',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 16, 16, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 1, stride: 2, ceil: true }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 16, 16, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 3, stride: 2, ceil: true }
    name: pool
`,
  },
  message: ({ op, output, unclipped }) =>
    `this ${op} gives ${output}; rounded up without a look at where the last window begins it would be ${unclipped}`,
  help: () => 'write the padding that is meant, and leave out `ceil`',
  *checkGraph(graph) {
    for (const node of graph.windows) {
      if (!isPooling(node) || !node.attributes.ceil) continue;
      const axis = graph.axesOf(node).find((a) => unclippedOf(a) > a.output);
      if (axis === undefined) continue;
      const params = { op: node.op, output: axis.output, unclipped: unclippedOf(axis) };
      yield { params, span: node.span, node: node.name };
    }
  },
});

/** ONNX' MaxPool of opset 11: ceil((input + padding − extent) / stride + 1). */
function unclippedOf({ input, before, after, extent, stride }: WindowAxis): number {
  return Math.ceil((input + before + after - extent) / stride) + 1;
}
