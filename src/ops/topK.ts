import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { sub } from '../tensor/dim.ts';
import { perInput } from './cost.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireRank } from './requireRank.ts';

export const topK = once(() =>
  defineOp({
    summary:
      'The k greatest numbers of the last axis, the greatest first, and where they stand; of equal ones the first comes first.',
    inputs: ['x'],
    main: 'k',
    outputs: () => ['values', 'indices'],
    attributes: () => z.strictObject({ k: z.int().min(1).meta({ description: 'How many.' }) }),
    infer: ([x], { k }) => {
      if (x === undefined) return fail();
      const problems = [...requireFloat('top_k', x), ...requireRank('top_k', x, { least: 1 })];
      if (problems.length > 0) return fail(...problems);
      const size = x.shape.at(-1) ?? 1;
      if (typeof size === 'number' && k > size) {
        const reason = `there are only ${size} numbers on the last axis, not ${k}`;
        return fail(problem('wrong-attribute', { op: 'top_k', key: 'k', reason }));
      }
      const shape = x.shape.with(-1, k);
      const outputs = [
        { dtype: x.dtype, shape },
        { dtype: 'int32' as const, shape },
      ];
      return ok({ outputs, needs: [sub(size, k - 1)] });
    },
    cost: perInput(),
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 'S', 8]],
        attributes: { k: 2 },
        outputs: [
          ['N', 'S', 2],
          ['N', 'S', 2],
        ],
        source: 'the two experts of a token',
      },
      {
        inputs: [['N', 5]],
        attributes: { k: 5 },
        outputs: [
          ['N', 5],
          ['N', 5],
        ],
        elementOps: 5,
        source: '5 operations',
      },
      {
        inputs: [['N', 3, 4, 6]],
        attributes: { k: 1 },
        outputs: [
          ['N', 3, 4, 1],
          ['N', 3, 4, 1],
        ],
      },
      { inputs: [['N', 5]], attributes: { k: 6 }, problem: 'wrong-attribute' },
      { inputs: [[]], attributes: { k: 1 }, problem: 'rank-mismatch' },
    ],
  }),
);
