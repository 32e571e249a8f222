import { ratioOf } from '../../../ops/ratio.ts';
import { printDim } from '../../../tensor/printDim.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly input: string;
  readonly output: string;
}

/** A scale that gives no whole size. */
export const fractionalScale = defineRule<Facts>({
  code: 'INC740',
  id: 'resize/fractional-scale',
  level: 'warning',
  set: 'recommended',
  summary: 'A scale does not give a whole number of pixels at the size that the map has.',
  why: 'The product is rounded down, or, computed in floating point elsewhere, down once more: 706 times 224/706 comes out as 223 in some runtimes. A size says what is meant.',
  sources: [
    'https://github.com/onnx/onnx/issues/4919',
    'https://github.com/microsoft/onnxruntime/issues/25417',
    'https://github.com/inisis/OnnxSlim/issues/221',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 9, 9, 3], range: [0, 1] } }
network:
  - resize: { method: bilinear, corners: half_pixel, scale: 0.5 }
    name: half
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 9, 9, 3], range: [0, 1] } }
network:
  - resize: { method: bilinear, corners: half_pixel, size: 4 }
    name: half
`,
  },
  message: ({ input, output }) =>
    `the scale gives no whole number of pixels: ${input} becomes ${output}, rounded down`,
  help: ({ output }) => `write \`size: ${output}\``,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('resize')) {
      if (node.attributes.scale === undefined) continue;
      const [x, y] = [node.inputs[0]?.type.shape ?? [], node.outputs[0]?.type.shape ?? []];
      const scales = [node.attributes.scale].flat();
      const uneven = scales.findIndex((scale, axis) => {
        const [input, ratio] = [x[axis + 1], ratioOf(scale)];
        return (
          typeof input === 'number' &&
          ratio !== undefined &&
          (input * ratio.numerator) % ratio.denominator !== 0
        );
      });
      if (uneven < 0) continue;
      const params = { input: printDim(x[uneven + 1] ?? 0), output: printDim(y[uneven + 1] ?? 0) };
      yield { params, span: node.span, node: node.name };
    }
  },
});
