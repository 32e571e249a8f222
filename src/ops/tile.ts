import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import { costsNothing } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { dimension } from './dimensionAttribute.ts';
import { defineOp } from './op.ts';
import { shifted } from './receptiveField.ts';
import { readShape } from './shapeAttribute.ts';

export const tile = once(() =>
  defineOp({
    summary: 'Repeats a value along its axes, the whole of it each time.',
    inputs: ['x'],
    main: 'repeats',
    dimensions: ['repeats'],
    countsAxes: { repeats: everyAxis },
    attributes: () =>
      z.strictObject({
        repeats: z.array(dimension()).meta({
          description:
            'For each axis, batch first, how often: a number, a symbol or an expression over symbols.',
        }),
      }),
    infer: ([x], { repeats }) => {
      if (x === undefined) return fail();
      if (repeats.length !== x.shape.length) {
        const reason = `has ${repeats.length} numbers, and the input ${x.shape.length} axes`;
        return fail(problem('wrong-attribute', { op: 'tile', key: 'repeats', reason }));
      }
      const times = readShape({ op: 'tile', key: 'repeats', inferable: false }, repeats, () => undefined);
      if (!times.ok) return times;
      const shape = x.shape.map((d, i) => mul(d, times.value[i] ?? 1));
      return ok({ outputs: [{ dtype: x.dtype, shape }], needs: times.value });
    },
    cost: costsNothing,
    receptiveField: ([x]) => [[(x?.shape ?? []).map((_, axis) => shifted(axis, 0, 'wrap'))]],
    examples: [
      { inputs: [['N', 3, 4]], attributes: { repeats: [1, 2, 3] }, output: ['N', 6, 12], source: '3·2, 4·3' },
      { inputs: [[1, 4]], attributes: { repeats: [5, 1] }, output: [5, 4] },
      { inputs: [['N', 'S', 2]], attributes: { repeats: [1, 'S', 1] }, output: ['N', 'S*S', 2] },
      { inputs: [['N', 2, 3, 4]], attributes: { repeats: [2, 1, 2, 1] }, output: ['2*N', 2, 6, 4] },
      { inputs: [['N', 3]], attributes: { repeats: [2] }, problem: 'wrong-attribute' },
      { inputs: [['N', 3]], attributes: { repeats: [1, 0] }, problem: 'bad-dimension' },
    ],
  }),
);
