import * as z from 'zod';
import { once } from '../common/once.ts';
import { lstmExamples } from './lstmExamples.ts';
import { defineOp } from './op.ts';
import {
  type Cell,
  recurrentActivation,
  recurrentAttributes,
  recurrentOp,
  recurrentWeights,
} from './recurrent.ts';

// i, f, g, o and c through functions, three products and a sum.
const cell: Cell = { op: 'lstm', gates: 4, operations: 9, states: ['state', 'cell'] };

/**
 * i, f, g, o = the blocks i, f, c, o of x·kernel + h·recurrent_kernel + bias; c ← σ(f)·c + σ(i)·act(g); h ← σ(o)·act(c), with σ the
 * recurrent activation (Keras' LSTMCell).
 */
export const lstm = once(() =>
  defineOp({
    summary:
      'Long short-term memory along a sequence [N, T, C]: a state that gates decide to keep, change and show. The columns of its kernels are the gates i, f, c, o, as in Keras. Positions from `lengths` [N] on (each from 1 to T) change no state; there `y` repeats the last output, or is 0 where the sequence is also read from its end. `initial_state` and `initial_cell`, [N, units], are 0 where left out; with two directions those of the backward one stand behind.',
    ...recurrentOp(cell),
    attributes: () =>
      z.strictObject({ ...recurrentAttributes(), recurrent_activation: recurrentActivation() }),
    weights: ([x], attributes) => {
      const { units } = attributes;
      const bias = { shape: [4 * units], initialiser: { kind: 'unit_forget', units } } as const;
      return recurrentWeights(cell, x, attributes, bias);
    },
    examples: lstmExamples,
  }),
);
