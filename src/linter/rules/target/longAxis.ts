import * as z from 'zod';
import { elementsOf } from '../../../ops/weight.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly weight: string;
  readonly axis: number;
  readonly limit: number;
  readonly side: number;
}

interface Options {
  readonly limit: number;
}

/** A weight with an axis that is longer than a texture. */
export const longAxis = defineRule<Facts, Options>({
  code: 'INC821',
  id: 'target/long-axis',
  level: 'info',
  set: 'target:tfjs',
  summary: 'A weight has an axis of more than 16384, the side of the largest textures.',
  why: "tf.js' WebGL backend gives a matrix a texture of its own shape where it can. Early versions refused a longer axis; later ones fold the numbers into a square, and then work out each place by divisions. Mobile devices often have sides of 4096 only.",
  sources: [
    'https://github.com/tensorflow/tfjs/issues/920',
    'https://github.com/tensorflow/tfjs-tsne/issues/59',
    'tf.js 4.22, getTextureShapeFromLogicalShape',
  ],
  options: () =>
    z.strictObject({
      limit: z
        .int()
        .min(1)
        .default(16384)
        .meta({ description: 'The side of the textures that are aimed at.' }),
    }),
  defaults: { limit: 16384 },
  bad: {
    spec: `
inception: 1
name: example
inputs: { words: { shape: [N, 10], dtype: int32 } }
network:
  - embedding: { rows: 71194, width: 32 }
    name: vectors
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { words: { shape: [N, 10], dtype: int32 } }
network:
  - embedding: { rows: 16384, width: 32 }
    name: vectors
`,
  },
  message: ({ weight, axis, limit }) =>
    `the weight \`${weight}\` has an axis of ${axis}, and textures have sides of ${limit} at most`,
  help: ({ side }) =>
    `tf.js folds it into a texture of about ${side}x${side}; fewer rows, or the wasm or webgpu backend, spare that`,
  *checkGraph({ nodes }, { limit }) {
    for (const { weights, sharedWeights, span, name } of nodes) {
      if (sharedWeights !== undefined) continue;
      for (const weight of weights) {
        const axis = Math.max(0, ...weight.shape);
        // A vector needs no folding to be seen: it is laid out row by row.
        if (weight.shape.length < 2 || axis <= limit) continue;
        const side = Math.ceil(Math.sqrt(elementsOf(weight)));
        yield {
          params: { weight: weight.fullName, axis, limit, side },
          span,
          node: name,
          about: weight.name,
        };
      }
    }
  },
});
