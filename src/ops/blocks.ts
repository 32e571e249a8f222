import * as z from 'zod';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, floorDiv, mod } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import type { Judge } from './op.ts';
import { requireFloat } from './requireFloat.ts';

/** What ops that move blocks of positions into channels and back share. */

/** What the channels of a block of positions are ordered by, outermost first. */
export const blockOrders = ['row_column_channel', 'channel_row_column', 'column_row_channel'] as const;

export type BlockOrder = (typeof blockOrders)[number];

/** What the channels of a block count. */
export type BlockDigit = 'row' | 'column' | 'channel';

const digits: Readonly<Record<BlockOrder, readonly BlockDigit[]>> = {
  row_column_channel: ['row', 'column', 'channel'],
  channel_row_column: ['channel', 'row', 'column'],
  column_row_channel: ['column', 'row', 'channel'],
};

/** What the channels of a block count in this order, outermost first. */
export function digitsOf(order: BlockOrder): readonly BlockDigit[] {
  return digits[order];
}

/** The size of the blocks, and the order of the channels that a block becomes. */
export function blockAttributes() {
  return {
    block: z.int().min(1).meta({ description: 'Height and width of a block.' }),
    order: z.enum(blockOrders).default('row_column_channel').meta({
      description:
        "How the channels of a block are ordered, outermost first. `row_column_channel`: TensorFlow's, and ONNX' DCR. `channel_row_column`: PyTorch's PixelShuffle, and ONNX' CRD. `column_row_channel`: the patch merging of Swin.",
    }),
  };
}

/** Refuses what is not a map with two spatial axes, of real numbers. */
export function requireMap(op: string, x: TensorType): readonly Problem[] {
  const shape = showShape(x.shape);
  const rank = 'rank 4 ([batch, height, width, channels])';
  if (x.shape.length !== 4) return [problem('rank-mismatch', { op, expected: rank, shape })];
  return requireFloat(op, x);
}

/** A size divided by that of the blocks, where it is proved that they divide it. */
export function inBlocks(
  size: Dim,
  block: number,
  { op, judge }: { readonly op: string; readonly judge: Judge },
): Result<Dim> {
  if (judge.differ(mod(size, block), 0) === undefined) return ok(floorDiv(size, block));
  const granted = judge.divide?.(size, block);
  if (granted !== undefined) return ok(granted);
  return fail(problem('inexact-division', { op, dividend: printDim(size), divisor: String(block) }));
}

/**
 * For each channel of a block in row_column_channel order, its place in `order`: with blocks of b and c channels,
 * channel (row·b + column)·c + k stands there.
 */
export function placesIn(order: BlockOrder, block: number, channels: number): readonly number[] {
  const sizes = { row: block, column: block, channel: channels };
  return Array.from({ length: block * block * channels }, (_, at) => {
    const column = Math.floor(at / channels) % block;
    const digit = { row: Math.floor(at / (channels * block)), column, channel: at % channels };
    return digitsOf(order).reduce((place, name) => place * sizes[name] + digit[name], 0);
  });
}
