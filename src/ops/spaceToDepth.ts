import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import { blockAttributes, inBlocks, requireMap } from './blocks.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';

/** [batch, height, width, channels] to [batch, height / b, width / b, b·b·channels]. */
export const spaceToDepth = once(() =>
  defineOp({
    summary: 'Moves blocks of positions into the channels.',
    inputs: ['x'],
    main: 'block',
    attributes: () => z.strictObject(blockAttributes()),
    infer: ([x], { block }, judge) => {
      const early = x === undefined ? [] : requireMap('space_to_depth', x);
      if (x === undefined || early.length > 0) return fail(...early);
      const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
      const high = inBlocks(height, block, { op: 'space_to_depth', judge });
      const wide = inBlocks(width, block, { op: 'space_to_depth', judge });
      if (!high.ok || !wide.ok) return fail(...[high, wide].flatMap((r) => (r.ok ? [] : r.problems)));
      const shape = [batch, high.value, wide.value, mul(channels, block * block)];
      return ok({ outputs: [{ dtype: x.dtype, shape }] });
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { block }) => {
      const window = { kind: 'window', kernel: block, dilation: 1, stride: block, before: 0 } as const;
      return spatialFields(
        x,
        [1, 2].map((axis) => ({ ...window, axis })),
        'mixed',
      );
    },
    examples: [
      {
        inputs: [['N', 26, 26, 64]],
        attributes: { block: 2 },
        output: ['N', 13, 13, 256],
        source:
          'YOLOv2, section 2 of arXiv 1612.08242: 26×26 features are stacked into the channels of 13×13',
      },
      {
        inputs: [['N', 6, 9, 2]],
        attributes: { block: 3 },
        output: ['N', 2, 3, 18],
        source: 'TensorFlow SpaceToDepth: 6/3, 9/3, 9·2',
      },
      {
        inputs: [['N', 6, 9, 2]],
        attributes: { block: 3, order: 'channel_row_column' },
        output: ['N', 2, 3, 18],
        source: 'PyTorch PixelUnshuffle(3)',
      },
      {
        inputs: [['N', 4, 6, 3]],
        attributes: { block: 2, order: 'column_row_channel' },
        output: ['N', 2, 3, 12],
        source: 'Swin, PatchMerging: x[0::2, 0::2], x[1::2, 0::2], x[0::2, 1::2], x[1::2, 1::2] side by side',
      },
      { inputs: [['N', 5, 6, 3]], attributes: { block: 2 }, problem: 'inexact-division' },
      { inputs: [['N', 'H', 6, 3]], attributes: { block: 2 }, problem: 'inexact-division' },
      { inputs: [['N', 6, 3]], attributes: { block: 2 }, problem: 'rank-mismatch' },
    ],
  }),
);
