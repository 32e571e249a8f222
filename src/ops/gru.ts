import * as z from 'zod';
import { once } from '../common/once.ts';
import { gruExamples } from './gruExamples.ts';
import { defineOp } from './op.ts';
import {
  type Cell,
  recurrentActivation,
  recurrentAttributes,
  recurrentOp,
  recurrentWeights,
} from './recurrent.ts';

// z, r and g through functions; r·h, z·h, 1 − z, (1 − z)·g and a sum.
const cell: Cell = { op: 'gru', gates: 3, operations: 8, states: ['state'] };

/**
 * z, r, g = the blocks z, r, h of x·kernel + h·recurrent_kernel + bias, with σ the recurrent activation on z and r;
 * h ← z·h + (1 − z)·act(g). The reset gate r multiplies the recurrent product of g (`reset_after`), or h before it
 * (Keras' GRUCell).
 */
export const gru = once(() =>
  defineOp({
    summary:
      'Gated recurrent unit along a sequence [N, T, C]. The columns of its kernels are the gates z (update), r (reset), h, as in Keras. Positions from `lengths` [N] on (each from 1 to T) do not change the state; there `y` repeats the last output, or is 0 where the sequence is also read from its end. `initial_state`, [N, units], is 0 where left out; with two directions that of the backward one stands behind.',
    ...recurrentOp(cell),
    attributes: () =>
      z.strictObject({
        ...recurrentAttributes(),
        recurrent_activation: recurrentActivation(),
        reset_after: z.boolean().default(true).meta({
          description:
            'Applies the reset gate to the product with the state, which has a bias of its own then (Keras 2 and 3, PyTorch, cuDNN); else to the state itself (the paper, Keras 1).',
        }),
      }),
    weights: ([x], attributes) => {
      const { units, reset_after } = attributes;
      const shape = reset_after ? [2, 3 * units] : [3 * units];
      return recurrentWeights(cell, x, attributes, { shape, initialiser: { kind: 'zeros' } });
    },
    examples: gruExamples,
  }),
);
