import * as z from 'zod';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { channelsOf } from './spatial.ts';

/** max(x, 0) + alpha·min(x, 0) with a learned alpha per channel (the last axis): Keras' PReLU, all other axes shared. */
export const prelu = defineOp({
  summary: 'max(x, 0) + alpha·min(x, 0) with a learned slope `alpha` per channel, the last axis.',
  inputs: ['x'],
  role: 'activation',
  attributes: () => z.strictObject({}),
  infer: ([x]) => {
    if (x === undefined) return fail();
    if (x.shape.length < 2) {
      const shape = showShape(x.shape);
      return fail(problem('rank-mismatch', { op: 'prelu', expected: 'rank 2 or more', shape }));
    }
    const channels = channelsOf(x);
    const problems = [...requireFloat('prelu', x), ...(channels.ok ? [] : channels.problems)];
    return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
  },
  weights: ([x]) => [
    { name: 'alpha', shape: [Number(x?.shape.at(-1))], initialiser: { kind: 'zeros' }, trainable: true },
  ],
  cost: perOutput(),
  receptiveField: samePositions,
  examples: [
    {
      inputs: [['N', 5, 6, 3]],
      output: ['N', 5, 6, 3],
      parameters: { trainable: 3, nonTrainable: 0 },
      elementOps: 90,
      source: 'PyTorch PReLU(num_parameters=3); Keras PReLU(shared_axes=[1, 2]); 5·6·3 operations',
    },
    { inputs: [['N', 7]], output: ['N', 7], parameters: { trainable: 7, nonTrainable: 0 } },
    { inputs: [['N', 'T', 4]], output: ['N', 'T', 4], parameters: { trainable: 4, nonTrainable: 0 } },
    { inputs: [['N', 2, 3, 4, 5]], output: ['N', 2, 3, 4, 5], parameters: { trainable: 5, nonTrainable: 0 } },
    { inputs: [['N', 4, 'C']], problem: 'symbolic-size' },
    { inputs: [[4]], problem: 'rank-mismatch' },
    { inputs: [['N', 4]], dtypes: ['int32'], problem: 'dtype-mismatch' },
  ],
});
