import { sizesThatFit } from '../../../analysis/fittingSizes.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly given: number;
  readonly sizes: readonly number[];
}

/** A network that takes some sizes of image and no others, as one that makes a map smaller and larger again. */
export const inputMultiple = defineRule<Facts>({
  code: 'INC715',
  id: 'window/input-multiple',
  level: 'info',
  set: 'strict',
  summary:
    'Maps that are joined have one size at the size of the input that is written, and not at its neighbours.',
  why: 'What strides round down does not come back when a map is made larger by a factor: an encoder and decoder fit at multiples of the total stride only. At the size that is written all is well; whoever takes another image learns it from an error, or from a crop that somebody put in.',
  sources: [
    'https://github.com/qubvel-org/segmentation_models.pytorch/issues/57',
    'https://github.com/facebookresearch/Detectron/issues/121',
    'https://github.com/open-mmlab/mmdetection/pull/2157',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 64, 64, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 4, stride: 4 }
    name: down
  - resize: { method: nearest, corners: half_pixel, scale: 4 }
    name: up
  - concat: [up, image]
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, H, 64, 3], range: [0, 1] } }
dims: { H: { multiple_of: 4 } }
network:
  - max_pool: { kernel: [4, 1], stride: [4, 1] }
    name: down
  - resize: { method: nearest, corners: half_pixel, scale: [4, 1] }
    name: up
  - concat: [up, image]
`,
  },
  message: ({ op, inputs, given, sizes }) =>
    `this ${op} fits at ${given} in the shape of ${inputs.map((name) => `\`${name}\``).join(' and ')}; the nearest sizes at which the network fits are ${sizes.join(' and ')}`,
  help: () =>
    'where other sizes are meant, write a symbol for the size, and under `dims` what it is a `multiple_of`; or resize to the `size` of the other map',
  *checkGraph({ graph, nodes }) {
    // Shapes are worked out once more for it, which is kept from networks that only make maps smaller.
    if (!nodes.some(({ op }) => enlarging.has(op))) return;
    for (const { node, inputs, given, sizes } of sizesThatFit(graph)) {
      yield { params: { op: node.op, inputs, given, sizes }, span: node.span, node: node.name };
    }
  },
});

const enlarging: ReadonlySet<string> = new Set(['resize', 'conv_transpose', 'depth_to_space']);
