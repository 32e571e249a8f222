import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { add, type Dim } from '../tensor/dim.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { channelsApart, shifted, spatialFields } from './receptiveField.ts';
import { sides, sidesPerAxis } from './sides.ts';
import { requireSpatial, spatialDims } from './spatial.ts';

export const crop = once(() =>
  defineOp({
    summary: 'Cuts positions off the ends of the spatial axes.',
    inputs: ['x'],
    main: 'cropping',
    attributes: () =>
      z.strictObject({
        cropping: sides(3).meta({
          description:
            'How much is cut off: a number for both ends of every spatial axis; one per axis; or [before, after] per axis.',
        }),
      }),
    normalise: ({ cropping }, [x]) => ({
      cropping: [...sidesPerAxis(cropping, (x?.shape.length ?? 2) - 2)],
    }),
    infer: ([x], { cropping }) => {
      const early = x === undefined ? [] : requireSpatial('crop', x);
      if (x === undefined || early.length > 0) return fail(...early);
      const dims = spatialDims(x);
      const amounts = sidesPerAxis(cropping, dims.length);
      if (amounts.length !== dims.length) {
        return fail(
          problem('axis-count', { what: 'cropping', expected: dims.length, found: amounts.length }),
        );
      }
      const spatial = dims.map((d, axis) => add(d, -(amounts[axis]?.[0] ?? 0) - (amounts[axis]?.[1] ?? 0)));
      const gone = spatial.filter((d) => typeof d === 'number' && d < 1);
      if (gone.length > 0) return fail(...gone.map(nothingLeft));
      const shape = [x.shape[0] ?? 1, ...spatial, x.shape.at(-1) ?? 1];
      return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { cropping }) =>
      spatialFields(
        x,
        sidesPerAxis(cropping, (x?.shape.length ?? 2) - 2).map(([before], i) => shifted(i + 1, -before)),
        channelsApart,
      ),
    examples: [
      {
        inputs: [['N', 9, 8, 3]],
        attributes: { cropping: 2 },
        output: ['N', 5, 4, 3],
        source: 'Keras Cropping2D(2); U-Net, figure 1 of arXiv 1505.04597, crops what its skips carry',
      },
      {
        inputs: [['N', 9, 8, 3]],
        attributes: {
          cropping: [
            [1, 0],
            [0, 3],
          ],
        },
        output: ['N', 8, 5, 3],
        source: 'Keras Cropping2D(((1, 0), (0, 3)))',
      },
      {
        inputs: [['N', 10, 2]],
        attributes: { cropping: [[0, 4]] },
        output: ['N', 6, 2],
        source: 'Keras Cropping1D((0, 4))',
      },
      {
        inputs: [['N', 4, 5, 6, 2]],
        attributes: { cropping: [0, 1, 2] },
        output: ['N', 4, 3, 2, 2],
        source: 'Keras Cropping3D((0, 1, 2))',
      },
      { inputs: [['N', 4, 9, 3]], attributes: { cropping: 2 }, problem: 'bad-dimension', source: '4 − 2·2' },
      { inputs: [['N', 4, 9, 3]], attributes: { cropping: [1, 1, 1] }, problem: 'axis-count' },
      { inputs: [['N', 4]], attributes: { cropping: 1 }, problem: 'rank-mismatch' },
    ],
  }),
);

function nothingLeft(left: Dim) {
  const reason = 'so much is what `crop` leaves of an axis';
  return problem('bad-dimension', { dimension: String(left), reason });
}
