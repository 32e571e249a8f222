import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { defineOp, type Judge } from './op.ts';
import { all, type InputField, same } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { requireFloat } from './requireFloat.ts';
import { requireInteger } from './requireInteger.ts';
import { requireRank } from './requireRank.ts';
import { angleFactor, type RotaryScaling, scaling, whyNot } from './rotaryScaling.ts';

const op = 'rotary_embedding';

/**
 * Turns pairs (a, b) of each head by the angle position·theta^(−2j/r), j < r/2: a·cos − b·sin, a·sin + b·cos.
 * arXiv 2104.09864.
 */
export const rotaryEmbedding = once(() =>
  defineOp({
    summary: 'Turns pairs of numbers of each head by angles that grow with the position of the token.',
    inputs: ['x', 'positions'],
    attributes: () =>
      z.strictObject({
        heads: z.int().min(1).default(1).meta({
          description: 'Heads of x [N, S, heads·width]; for x [N, S, heads, width] they are seen.',
        }),
        theta: z.number().positive().default(10000).meta({
          description: 'The base of the wave lengths: 10000 in the paper and Llama 2, 500000 in Llama 3.',
        }),
        width: z.int().min(2).multipleOf(2).optional().meta({
          description:
            'r: how many numbers of each head turn, the first ones; the whole head where left out.',
        }),
        pairs: z.enum(['halves', 'interleaved']).default('halves').meta({
          description:
            '`halves`: (j, j + r/2), as GPT-NeoX and the Llama of Hugging Face. `interleaved`: (2j, 2j + 1), as GPT-J and the Llama of Meta.',
        }),
        scaling: scaling().optional().meta({
          description:
            '`{ factor: f }`: for texts f times as long as those learned from, as Llama 3.1 has it: waves longer than the texts learned from turn f times as slowly, short ones as before, those between in part. Its other names are those of Hugging Face. A list of r/2 numbers gives the factors of the angles themselves.',
        }),
      }),
    infer: ([x, positions], attributes, judge) => {
      if (x === undefined || positions === undefined) return fail();
      const early = [
        ...requireFloat(op, x),
        ...requireInteger(op, positions),
        ...requireRank(op, x, { least: 3, most: 4 }),
        ...requireRank(op, positions, { least: 1, most: 2 }),
      ];
      if (early.length > 0) return fail(...early);
      const shape = rotaryShape(x, attributes);
      const problems = [
        ...(shape.ok ? scalingProblems(shape.value.turned, attributes.scaling) : shape.problems),
        ...positionProblems(x, positions, judge),
      ];
      return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
    },
    // Each number that turns is a product, another and their sum.
    cost: ([x], _outputs, attributes) => {
      const shape = x === undefined ? undefined : rotaryShape(x, attributes);
      const turned = shape?.ok === true ? shape.value.heads * shape.value.turned : 0;
      return { elementOps: mul(3 * turned, x?.shape[1] ?? 1) };
    },
    receptiveField: (inputs) => [fieldsOf(inputs)],
    examples: [
      {
        inputs: [
          ['N', 'S', 32],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        ranges: [
          [-1, 1],
          [0, 20],
        ],
        attributes: { heads: 4, theta: 500000 },
        output: ['N', 'S', 32],
        source: 'Llama 3 of Hugging Face, modeling_llama.py, rotate_half',
      },
      {
        inputs: [['N', 5, 2, 8], [5]],
        dtypes: ['float32', 'int32'],
        ranges: [
          [-1, 1],
          [0, 9],
        ],
        attributes: { pairs: 'interleaved' },
        output: ['N', 5, 2, 8],
        elementOps: 240,
        source: 'arXiv 2104.09864, equation 34; 3·5·2·8 operations',
      },
      {
        inputs: [['N', 'S', 12], ['S']],
        dtypes: ['float32', 'int32'],
        ranges: [
          [-1, 1],
          [0, 9],
        ],
        attributes: { heads: 2, width: 4 },
        output: ['N', 'S', 12],
        source: 'a part of each head, as GPT-NeoX and Phi turn it',
      },
      {
        inputs: [
          ['N', 'S', 12],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        ranges: [
          [-1, 1],
          [0, 9],
        ],
        attributes: { heads: 2, width: 4, pairs: 'interleaved', scaling: [1, 0.25] },
        output: ['N', 'S', 12],
      },
      {
        inputs: [
          ['N', 'S', 16],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        ranges: [
          [-1, 1],
          [0, 9],
        ],
        attributes: {
          heads: 2,
          theta: 100,
          scaling: { factor: 8, original_max_position_embeddings: 32 },
        },
        output: ['N', 'S', 16],
        source:
          'Llama 3.1 of Hugging Face, modeling_rope_utils.py: waves kept, stretched in part, and stretched',
      },
      {
        inputs: [
          ['N', 'S', 8],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        attributes: { scaling: { factor: 8, low_freq_factor: 4 } },
        problem: 'wrong-attribute',
      },
      {
        inputs: [
          ['N', 'S', 9],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        attributes: { heads: 3 },
        problem: 'wrong-attribute',
      },
      {
        inputs: [
          ['N', 'S', 8],
          ['N', 'S'],
        ],
        dtypes: ['float32', 'int32'],
        attributes: { heads: 3 },
        problem: 'inexact-division',
      },
      { inputs: [['N', 5, 8], [4]], dtypes: ['float32', 'int32'], problem: 'shape-mismatch' },
      { inputs: [['N', 8], [8]], dtypes: ['float32', 'int32'], problem: 'rank-mismatch' },
      { inputs: [['N', 5, 8], [5]], problem: 'dtype-mismatch' },
    ],
  }),
);

/** A head is mixed; where heads stand side by side on the last axis, that axis is. */
function fieldsOf(inputs: readonly TensorType[]): readonly InputField[] {
  return inputs.map(({ shape }, i) =>
    i === 0
      ? shape.map((_, axis, { length }) => (axis === length - 1 ? all : same(axis)))
      : shape.map((_, axis) => same(axis + 2 - shape.length)),
  );
}

/** The sizes of one application: heads, the width of a head, and how much of it turns. */
export interface RotaryShape {
  readonly heads: number;
  readonly width: number;
  readonly turned: number;
}

/** The sizes of a rotary embedding on x [N, S, heads·width] or [N, S, heads, width]. */
export function rotaryShape(
  { shape }: TensorType,
  { heads, width: turned }: { readonly heads: number; readonly width?: number | undefined },
): Result<RotaryShape> {
  const sizes = shape.slice(2);
  const symbolic = sizes.find((d) => typeof d !== 'number');
  if (symbolic !== undefined) {
    return fail(problem('symbolic-size', { what: 'the width', dimension: printDim(symbolic) }));
  }
  const [first = 1, second] = sizes.map(Number);
  if (second === undefined && first % heads !== 0) {
    return fail(problem('inexact-division', { op, dividend: String(first), divisor: String(heads) }));
  }
  const width = second ?? first / heads;
  const part = turned ?? width;
  if (part <= width && part % 2 === 0) {
    return ok({ heads: second === undefined ? heads : first, width, turned: part });
  }
  const reason = `${part} numbers of a head turn in pairs, and a head is ${width} wide`;
  return fail(problem('wrong-attribute', { op, key: 'width', reason }));
}

/** theta^(−2j/r) for each pair j, scaled. */
export function rotaryFrequencies(
  { turned }: RotaryShape,
  { theta, scaling }: { readonly theta: number; readonly scaling?: RotaryScaling | undefined },
): readonly number[] {
  return Array.from({ length: turned / 2 }, (_, j) => {
    const frequency = theta ** ((-2 * j) / turned);
    return frequency * angleFactor(frequency, j, scaling);
  });
}

function scalingProblems(turned: number, scaling: RotaryScaling | undefined): readonly Problem[] {
  const reason = scaling === undefined ? undefined : whyNot(scaling, turned / 2);
  return reason === undefined ? [] : [problem('wrong-attribute', { op, key: 'scaling', reason })];
}

/** Positions are [S] or [N, S], as x has them. */
function positionProblems(x: TensorType, positions: TensorType, judge: Judge): readonly Problem[] {
  const wanted = x.shape.slice(0, 2).slice(-positions.shape.length);
  const shapes = [showShape(wanted), showShape(positions.shape)];
  const mismatch = () => problem('shape-mismatch', { op, shapes, producers: [] });
  return wanted.flatMap((d, i) => requireEqualDims(op, [d, positions.shape[i] ?? 0], { judge, mismatch }));
}
