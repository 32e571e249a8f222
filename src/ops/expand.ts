import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { broadcastInputs } from './broadcastInputs.ts';
import { costsNothing } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { readShape, writtenShape } from './shapeAttribute.ts';

export const expand = once(() =>
  defineOp({
    summary: "Stretches axes of size 1, and puts axes in front, to reach a shape: numpy's broadcast_to.",
    inputs: ['x'],
    main: 'shape',
    dimensions: ['shape'],
    countsAxes: { shape: everyAxis },
    attributes: () =>
      z.strictObject({
        shape: writtenShape().meta({
          description:
            'The shape to reach: numbers, symbols, expressions over symbols; `_` keeps the dimension of the input. Axes are matched from the right.',
        }),
      }),
    infer: ([x], { shape }, judge) => {
      if (x === undefined) return fail();
      const added = shape.length - x.shape.length;
      const target = readShape(
        { op: 'expand', key: 'shape', inferable: false },
        shape,
        (i) => x.shape[i - added],
      );
      if (!target.ok) return target;
      const clash = () => {
        const shapes = [showShape(x.shape), showShape(target.value)];
        return fail(problem('broadcast-mismatch', { op: 'expand', shapes, producers: [] }));
      };
      const shrinks = x.shape.some((d, i) => d !== 1 && target.value[i + added] === 1);
      if (added < 0 || shrinks) return clash();
      const reached = { dtype: x.dtype, shape: target.value };
      const met = broadcastInputs('expand', [x, reached], judge);
      return met.ok ? ok({ outputs: [reached], needs: target.value }) : met;
    },
    cost: costsNothing,
    receptiveField: samePositions,
    examples: [
      { inputs: [['N', 1, 8]], attributes: { shape: ['_', 5, '_'] }, output: ['N', 5, 8] },
      { inputs: [['N', 'S', 1, 4]], attributes: { shape: ['N', 'S', 'S', 4] }, output: ['N', 'S', 'S', 4] },
      { inputs: [['N', 4]], attributes: { shape: [3, '_', '_'] }, output: [3, 'N', 4] },
      { inputs: [['N', 4]], attributes: { shape: ['N', 5] }, problem: 'broadcast-mismatch' },
      { inputs: [['N', 4]], attributes: { shape: ['N', 1] }, problem: 'broadcast-mismatch' },
      { inputs: [['N', 4, 4]], attributes: { shape: [4, 4] }, problem: 'broadcast-mismatch' },
      { inputs: [['N', 4]], attributes: { shape: ['_', '_', 4] }, problem: 'wrong-attribute' },
    ],
  }),
);
