import { elementsOf } from '../../../ops/weight.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly weight: string;
  readonly elements: number;
}

/** The numbers that fit into a texture of 4096x4096, which every device with WebGL has. */
const texture = 4096 * 4096;

/** A weight that may not fit into a texture. */
export const textureSize = defineRule<Facts>({
  code: 'INC820',
  id: 'target/texture-size',
  level: 'warning',
  set: 'target:tfjs',
  summary: 'A weight has more numbers than a texture of 4096x4096 holds.',
  why: "tf.js' WebGL backend keeps each tensor in a texture. What a device allows is between 4096x4096 and 16384x16384; beyond that the model fails on the user's device, not on the author's.",
  sources: [
    'https://github.com/tensorflow/tfjs/issues/689',
    'https://github.com/tensorflow/tfjs/issues/1686',
    'https://github.com/tensorflow/tfjs/issues/2940',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { tokens: { shape: [N, 16], dtype: int32 } }
network:
  - embedding: { rows: 50000, width: 512 }
    name: tokens_embedded
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { tokens: { shape: [N, 16], dtype: int32 } }
network:
  - embedding: { rows: 30000, width: 512 }
    name: tokens_embedded
`,
  },
  message: ({ weight, elements }) =>
    `the weight \`${weight}\` has ${elements} numbers, more than a texture of 4096x4096 holds`,
  help: () =>
    'it runs with the wasm and webgpu backends, and with WebGL on larger devices; or make it smaller',
  *checkGraph({ nodes }) {
    for (const { weights, sharedWeights, span, name } of nodes) {
      if (sharedWeights !== undefined) continue;
      for (const weight of weights) {
        const elements = elementsOf(weight);
        if (elements > texture) yield { params: { weight: weight.fullName, elements }, span, node: name };
      }
    }
  },
});
