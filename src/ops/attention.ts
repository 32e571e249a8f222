import * as z from 'zod';
import { once } from '../common/once.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { attentionExamples } from './attentionExamples.ts';
import { type AttentionShape, attentionShape, byRole } from './attentionShape.ts';
import { defineOp } from './op.ts';
import { all, type InputField, same } from './receptiveField.ts';

/**
 * softmax(scale·q·kᵀ + bias)·v for each head; scores that the mask or causality hides are −1e9 (−6e4 in float16), so that
 * a row with nothing to see gives the plain mean of all values.
 */
export const attention = once(() =>
  defineOp({
    summary:
      'The core of attention, without weights: each query takes the mean of the values, weighted by how its keys match.',
    inputs: ['q', 'k', 'v', 'mask?', 'bias?', 'past_key?', 'past_value?'],
    outputs: () => ['y', 'present_key', 'present_value'],
    goesOn: 'y',
    attributes: () =>
      z.strictObject({
        heads: z.int().min(1).optional().meta({
          description:
            'Number of heads, which lie side by side on the last axis; not needed for values of rank 4.',
        }),
        kv_heads: z.int().min(1).optional().meta({
          description:
            'Heads of keys and values, where there are fewer: head a of the queries reads ⌊a·kv_heads/heads⌋.',
        }),
        causal: z.boolean().default(false).meta({
          description: 'Query i sees key j only where j ≤ i + P, with P past keys.',
        }),
        scale: z.number().optional().meta({ description: 'Multiplies the scores; 1/√width where left out.' }),
      }),
    infer: (inputs, attributes, judge) => {
      const found = attentionShape(byRole(inputs, judge.roles), attributes, judge);
      if (!found.ok) return found;
      return ok({ outputs: outputsOf(found.value, inputs[0]?.dtype ?? 'float32') });
    },
    // Each score is scaled, and the softmax takes e to its power, adds up and divides; a mask or bias is not counted.
    cost: ([q], [y, key], { heads }) => {
      const total = key?.shape[2] ?? 0;
      const keyWidths = widthsOf(q);
      const valueWidths = widthsOf(y);
      const pairs = mul(q?.shape[1] ?? 0, total);
      const scores = mul(pairs, heads ?? Number(q?.shape[2] ?? 1));
      return { macs: mul(pairs, keyWidths + valueWidths), elementOps: mul(4, scores) };
    },
    receptiveField: (inputs, outputs) => outputs.map((_, i) => fieldsOf(inputs, i)),
    examples: attentionExamples,
  }),
);

/** A query's place reads itself and, in the other inputs, whatever it attends to. */
function fieldsOf(inputs: readonly TensorType[], output: number): readonly InputField[] {
  return inputs.map(({ shape }, i) =>
    shape.map((_, axis) => {
      if (i < 3 && axis === 0) return same(0);
      return i === 0 && output === 0 && axis === 1 ? same(1) : all;
    }),
  );
}

/** Heads times width. */
function widthsOf(x: TensorType | undefined): number {
  return (x?.shape ?? []).slice(2).reduce((n: number, d) => n * Number(d), 1);
}

function outputsOf(
  { apart, heads, keyHeads, valueWidth, width, batch, queries, total }: AttentionShape,
  dtype: TensorType['dtype'],
): readonly TensorType[] {
  const last: readonly Dim[] = apart ? [heads, valueWidth] : [heads * valueWidth];
  return [
    { dtype, shape: [batch, queries, ...last] },
    { dtype, shape: [batch, keyHeads, total, width] },
    { dtype, shape: [batch, keyHeads, total, valueWidth] },
  ];
}
