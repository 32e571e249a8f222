import * as z from 'zod';
import { once } from '../common/once.ts';
import { defineOp } from './op.ts';
import { type Cell, recurrentAttributes, recurrentOp, recurrentWeights } from './recurrent.ts';

const cell: Cell = { op: 'simple_rnn', gates: 1, operations: 1, states: ['state'] };

/** h ← act(x·kernel + h·recurrent_kernel + bias) (Keras' SimpleRNNCell). */
export const simpleRnn = once(() =>
  defineOp({
    summary:
      'Plain recurrent layer along a sequence [N, T, C]: the next state is a function of the input and the state. Positions from `lengths` [N] on (each from 1 to T) do not change the state; there `y` repeats the last output, or is 0 where the sequence is also read from its end. `initial_state`, [N, units], is 0 where left out; with two directions that of the backward one stands behind.',
    ...recurrentOp(cell),
    attributes: () => z.strictObject(recurrentAttributes()),
    weights: ([x], attributes) =>
      recurrentWeights(cell, x, attributes, {
        shape: [attributes.units],
        initialiser: { kind: 'zeros' },
      }),
    examples: [
      {
        inputs: [['N', 6, 5]],
        attributes: { units: 4 },
        output: ['N', 4],
        parameters: { trainable: 40, nonTrainable: 0 },
        macs: 216,
        biasAdds: 24,
        elementOps: 24,
        source: '5·4 + 4·4 + 4; 6·4·(5 + 4); 6·4 biases; 6·4 operations',
      },
      {
        inputs: [['N', 'S', 3]],
        attributes: { units: 5, bidirectional: true, return_sequences: true },
        output: ['N', 'S', 10],
        parameters: { trainable: 90, nonTrainable: 0 },
        source: '2·(3·5 + 5·5 + 5)',
      },
      {
        inputs: [['N', 5, 3], ['N'], ['N', 4]],
        roles: ['x', 'lengths', 'initial_state'],
        dtypes: ['float32', 'int32', 'float32'],
        ranges: [
          [-2, 2],
          [1, 5],
          [-1, 1],
        ],
        attributes: { units: 4, return_sequences: true, return_state: true, bias: false },
        outputs: [
          ['N', 5, 4],
          ['N', 4],
        ],
      },
      {
        inputs: [['N', 5, 3]],
        attributes: { units: 2, activation: 'hard_sigmoid', bidirectional: true },
        output: ['N', 4],
      },
      { inputs: [['N', 3]], attributes: { units: 4 }, problem: 'rank-mismatch' },
      { inputs: [['N', 5, 'C']], attributes: { units: 4 }, problem: 'symbolic-size' },
    ],
  }),
);
