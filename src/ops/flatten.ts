import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { showShape } from '../tensor/shape.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { sameEnds } from './receptiveField.ts';

export const flatten = once(() =>
  defineOp({
    summary: 'All axes but the batch in one, in the order of the spec (height, width, channel).',
    inputs: ['x'],
    attributes: () => z.strictObject({}),
    infer: ([x]) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'flatten', expected: 'rank 2 or more', shape }));
      }
      const [batch = 1, ...rest] = x.shape;
      return ok({ outputs: [{ dtype: x.dtype, shape: [batch, rest.reduce<Dim>((n, d) => mul(n, d), 1)] }] });
    },
    cost: costsNothing,
    receptiveField: ([x], [y]) => [[sameEnds(x?.shape ?? [], y?.shape ?? [])]],
    examples: [
      { inputs: [['N', 1, 1, 1536]], output: ['N', 1536], source: 'TF-Slim inception_v4, PreLogitsFlatten' },
      { inputs: [['N', 3, 4, 5]], output: ['N', 60], source: '3·4·5' },
      { inputs: [['N', 7]], output: ['N', 7] },
      { inputs: [['N', 4, 5]], output: ['N', 20], source: '4·5' },
      { inputs: [['N']], problem: 'rank-mismatch' },
    ],
  }),
);
