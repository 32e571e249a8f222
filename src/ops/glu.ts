import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { floorDiv, mod, mul } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape } from '../tensor/shape.ts';
import { elementsPerItem } from './cost.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';

/** Gated linear unit of arXiv 1612.08083; with other functions GLU's variants of arXiv 2002.05202. */
export const glu = once(() =>
  defineOp({
    summary: 'Cuts the last axis into halves and multiplies one with an activation of the other, the gate.',
    inputs: ['x'],
    role: 'activation',
    attributes: () =>
      z.strictObject({
        activation: z.enum(['sigmoid', 'relu', 'gelu', 'silu', 'none']).default('sigmoid').meta({
          description:
            'Of the gate: `sigmoid` (GLU), `relu` (ReGLU), `gelu` (GEGLU, in its exact form), `silu` (SwiGLU), `none` (bilinear).',
        }),
        gate: z
          .enum(['second', 'first'])
          .default('second')
          .meta({ description: 'Which half is the gate; `second` in PyTorch.' }),
      }),
    infer: ([x], _attributes, judge) => {
      if (x === undefined) return fail();
      const last = x.shape.at(-1);
      if (last === undefined) {
        return fail(
          problem('rank-mismatch', { op: 'glu', expected: 'rank 1 or more', shape: showShape(x.shape) }),
        );
      }
      const problems = [...requireFloat('glu', x)];
      if (judge.differ(mod(last, 2), 0) !== undefined) {
        const size = printDim(last);
        problems.push(
          typeof last === 'number'
            ? problem('not-divisible', { op: 'glu', what: 'the last axis', size, parts: 2 })
            : problem('inexact-division', { op: 'glu', dividend: size, divisor: '2' }),
        );
      }
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [{ dtype: x.dtype, shape: [...x.shape.slice(0, -1), floorDiv(last, 2)] }] });
    },
    cost: (_inputs, [y], { activation }) => ({
      elementOps: mul(activation === 'none' ? 1 : 2, elementsPerItem(y)),
    }),
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 5, 6, 4]],
        output: ['N', 5, 6, 2],
        elementOps: 120,
        source: 'PyTorch GLU(dim=-1): a·sigmoid(b); 2·5·6·2 operations',
      },
      { inputs: [['N', 8]], output: ['N', 4] },
      {
        inputs: [['N', 'T', 6]],
        attributes: { activation: 'silu', gate: 'first' },
        output: ['N', 'T', 3],
        source: 'SwiGLU with the gate packed first, as in LLaMA',
      },
      { inputs: [['N', 5, 6]], attributes: { activation: 'gelu' }, output: ['N', 5, 3] },
      { inputs: [['N', 5, 6]], attributes: { activation: 'relu', gate: 'first' }, output: ['N', 5, 3] },
      { inputs: [['N', 4]], attributes: { activation: 'none' }, output: ['N', 2] },
      { inputs: [['N', 5, 7]], problem: 'not-divisible' },
      { inputs: [['N', 'C']], problem: 'inexact-division' },
      { inputs: [[]], problem: 'rank-mismatch' },
      { inputs: [['N', 4]], dtypes: ['int32'], problem: 'dtype-mismatch' },
    ],
  }),
);
