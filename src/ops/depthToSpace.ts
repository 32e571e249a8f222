import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import { blockAttributes, inBlocks, requireMap } from './blocks.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';

/** [batch, height, width, channels] to [batch, height·b, width·b, channels / (b·b)]. */
export const depthToSpace = once(() =>
  defineOp({
    summary: 'Spreads channels over blocks of positions: sub-pixel convolution, pixel shuffle.',
    inputs: ['x'],
    main: 'block',
    attributes: () => z.strictObject(blockAttributes()),
    infer: ([x], { block }, judge) => {
      const early = x === undefined ? [] : requireMap('depth_to_space', x);
      if (x === undefined || early.length > 0) return fail(...early);
      const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
      const rest = inBlocks(channels, block * block, { op: 'depth_to_space', judge });
      if (!rest.ok) return rest;
      const shape = [batch, mul(height, block), mul(width, block), rest.value];
      return ok({ outputs: [{ dtype: x.dtype, shape }] });
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { block }) => {
      const spread = { kind: 'upsampling', kernel: block, stride: block, before: 0 } as const;
      return spatialFields(
        x,
        [1, 2].map((axis) => ({ ...spread, axis })),
        'mixed',
      );
    },
    examples: [
      {
        inputs: [['N', 'H', 'W', 8]],
        attributes: { block: 2 },
        output: ['N', '2*H', '2*W', 2],
        source: 'twice as high and wide, a quarter of the channels',
      },
      {
        inputs: [['N', 3, 4, 8]],
        attributes: { block: 2 },
        output: ['N', 6, 8, 2],
        source: 'TensorFlow DepthToSpace: 3·2, 4·2, 8/4',
      },
      {
        inputs: [['N', 3, 4, 18]],
        attributes: { block: 3, order: 'channel_row_column' },
        output: ['N', 9, 12, 2],
        source: 'PyTorch PixelShuffle(3); ESPCN, equation 4 of arXiv 1609.05158',
      },
      {
        inputs: [['N', 2, 3, 12]],
        attributes: { block: 2, order: 'column_row_channel' },
        output: ['N', 4, 6, 3],
        source: "the inverse of Swin's PatchMerging",
      },
      {
        inputs: [['N', 2, 3, 5]],
        attributes: { block: 1 },
        output: ['N', 2, 3, 5],
        source: 'blocks of one position change nothing',
      },
      { inputs: [['N', 3, 4, 6]], attributes: { block: 2 }, problem: 'inexact-division' },
      { inputs: [['N', 3, 4, 'C']], attributes: { block: 2 }, problem: 'inexact-division' },
      { inputs: [['N', 3, 8]], attributes: { block: 2 }, problem: 'rank-mismatch' },
    ],
  }),
);
