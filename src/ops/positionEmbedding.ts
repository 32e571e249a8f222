import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { type Dim, sub } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { perOutput } from './cost.ts';
import { initialiser, initialiserOf, initialiserWords } from './initialiserAttribute.ts';
import { numericSizes } from './numericSizes.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireRank } from './requireRank.ts';

/** x + table[0:S], where x is [batch, …, S, C] and the table [rows, C]. */
export const positionEmbedding = once(() =>
  defineOp({
    summary: 'Adds a vector to each position of a sequence: learned ones, or sines and cosines.',
    inputs: ['x'],
    attributes: () =>
      z.strictObject({
        kind: z
          .enum(['learned', 'sinusoid'])
          .default('learned')
          .meta({ description: '`learned`: a weight. `sinusoid`: sin and cos of position·base^(−j/D).' }),
        rows: z.int().min(1).optional().meta({
          description:
            'Of a learned one, for how many positions there are vectors; as long as the sequence where left out.',
        }),
        init: initialiser()
          .default('glorot_uniform')
          .meta({ description: `How learned vectors are drawn: ${initialiserWords}` }),
        base: z.number().positive().default(10000).meta({ description: 'The base of the wave lengths.' }),
        order: z.enum(['interleaved', 'sin_then_cos']).default('interleaved').meta({
          description:
            '`interleaved`: sin and cos in turn (arXiv 1706.03762). `sin_then_cos`: all sines before all cosines (Whisper, DDPM).',
        }),
        denominator: z.enum(['half', 'half_minus_one']).default('half').meta({
          description: 'D: half the width (arXiv 1706.03762), or one less (tensor2tensor, Whisper, DDPM).',
        }),
      }),
    infer: ([x], { kind, rows, denominator }) => {
      if (x === undefined) return fail();
      const early = [...requireFloat(op, x), ...requireRank(op, x, { least: 2 })];
      const width = numericSizes('the size of the last axis', x.shape.slice(-1));
      if (!width.ok || early.length > 0) return fail(...early, ...(width.ok ? [] : width.problems));
      const length = lengthOf(x);
      if (kind === 'sinusoid') {
        const least = denominator === 'half' ? 2 : 4;
        const problems = widthProblems(Number(width.value[0]), least);
        return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
      }
      const problems = rowProblems(length, rows);
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [x], needs: rows === undefined ? [] : [sub(rows + 1, length)] });
    },
    weights: ([x], { kind, rows, init }) => {
      if (x === undefined || kind === 'sinusoid') return [];
      const shape = [rows ?? Number(lengthOf(x)), Number(x.shape.at(-1))];
      return [{ name: 'embeddings', shape, initialiser: initialiserOf(init, shape), trainable: true }];
    },
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 197, 768]],
        attributes: { init: { truncated_normal: 0.02 } },
        output: ['N', 197, 768],
        parameters: { trainable: 151296, nonTrainable: 0 },
        elementOps: 151296,
        source: 'ViT-B/16: 197·768; as many sums',
      },
      {
        inputs: [['N', 'S', 4]],
        attributes: { rows: 16 },
        output: ['N', 'S', 4],
        parameters: { trainable: 64, nonTrainable: 0 },
        source: '16·4',
      },
      {
        inputs: [['N', 5, 8]],
        attributes: { kind: 'sinusoid' },
        output: ['N', 5, 8],
        parameters: { trainable: 0, nonTrainable: 0 },
        source: 'arXiv 1706.03762, section 3.5',
      },
      {
        inputs: [['N', 6, 8]],
        attributes: { kind: 'sinusoid', order: 'sin_then_cos', denominator: 'half_minus_one' },
        output: ['N', 6, 8],
        source: 'sinusoids() of openai/whisper, whisper/model.py',
      },
      {
        inputs: [['N', 'S', 6]],
        attributes: { kind: 'sinusoid', base: 100 },
        output: ['N', 'S', 6],
      },
      {
        inputs: [['N', 2, 'S', 4]],
        attributes: { kind: 'sinusoid', order: 'sin_then_cos' },
        output: ['N', 2, 'S', 4],
      },
      { inputs: [['N', 'S', 4]], problem: 'symbolic-size' },
      { inputs: [['N', 20, 4]], attributes: { rows: 16 }, problem: 'wrong-attribute' },
      { inputs: [['N', 6, 5]], attributes: { kind: 'sinusoid' }, problem: 'rank-mismatch' },
      { inputs: [[4]], problem: 'rank-mismatch' },
    ],
  }),
);

const op = 'position_embedding';

/** base^(−j/D) for each pair of a sine and a cosine. */
export function sinusoidFrequencies(
  width: number,
  { base, denominator }: { readonly base: number; readonly denominator: 'half' | 'half_minus_one' },
): readonly number[] {
  const half = width / 2;
  const d = denominator === 'half' ? half : half - 1;
  return Array.from({ length: half }, (_, j) => base ** (-j / d));
}

function lengthOf({ shape }: TensorType): Dim {
  return shape.at(-2) ?? 1;
}

function widthProblems(width: number, least: number): readonly Problem[] {
  if (width % 2 === 0 && width >= least) return [];
  const expected = `an even width of at least ${least}, half for sines and half for cosines,`;
  return [problem('rank-mismatch', { op, expected, shape: `a width of ${width}` })];
}

function rowProblems(length: Dim, rows: number | undefined): readonly Problem[] {
  if (rows === undefined) {
    const what = 'the length of the sequence, without `rows`,';
    return typeof length === 'number'
      ? []
      : [problem('symbolic-size', { what, dimension: printDim(length) })];
  }
  if (typeof length !== 'number' || length <= rows) return [];
  const reason = `has vectors for ${rows} positions, and the sequence has ${length}`;
  return [problem('wrong-attribute', { op, key: 'rows', reason })];
}
