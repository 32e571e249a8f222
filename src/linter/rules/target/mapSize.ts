import { elementCount, showShape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly shape: string;
  readonly elements: number;
  readonly limit: number;
}

/** What a texture of 4096x4096 holds, with four numbers in each texel. */
const packed = 4 * 4096 * 4096;

/** A map that no texture of 4096x4096 holds. */
export const mapSize = defineRule<Facts>({
  code: 'INC822',
  id: 'target/map-size',
  level: 'warning',
  set: 'target:tfjs',
  summary: 'What a step gives for one item does not fit into a texture of 4096x4096.',
  why: "tf.js' WebGL backend keeps what a step gives in one texture, at best four numbers to a texel. A map that is too large fails on devices whose textures are 4096 wide, which is most of the mobile ones.",
  sources: [
    'https://github.com/tensorflow/tfjs/issues/689',
    'https://github.com/mindee/doctr-tfjs-demo/issues/64',
    'https://github.com/intel/webml-polyfill/issues/1394',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 1088, 1088, 3], range: [0, 1] } }
network:
  - conv: { filters: 64, kernel: 3, padding: same }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 1024, 1024, 3], range: [0, 1] } }
network:
  - conv: { filters: 64, kernel: 3, padding: same }
    name: conv1
`,
  },
  message: ({ shape, elements, limit }) =>
    `${shape} has ${elements} numbers for each item, more than the ${limit} that a texture of 4096x4096 holds`,
  help: () => 'use smaller images or fewer channels, or the wasm or webgpu backend',
  *checkGraph({ nodes }) {
    for (const { outputs, span, name } of nodes) {
      const large = outputs.find(({ type }) => (elementCount(type.shape.slice(1)) ?? 0) > packed);
      if (large === undefined) continue;
      const { shape } = large.type;
      const elements = elementCount(shape.slice(1)) ?? 0;
      yield { params: { shape: showShape(shape), elements, limit: packed }, span, node: name };
    }
  },
});
