import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';
import { channelsOf } from './spatial.ts';

/** Channels seen as a matrix [groups, channels / groups] and transposed. */
export const channelShuffle = once(() =>
  defineOp({
    summary:
      'Mixes the channels of groups: the first channel of each group, then the second of each, and so on.',
    inputs: ['x'],
    main: 'groups',
    attributes: () =>
      z.strictObject({
        groups: z.int().min(1).meta({ description: 'Number of groups, which must divide the channels.' }),
      }),
    infer: ([x], { groups }) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'channel_shuffle', expected: 'rank 2 or more', shape }));
      }
      const channels = channelsOf(x);
      if (!channels.ok) return channels;
      if (channels.value % groups === 0) return ok({ outputs: [x] });
      return fail(problem('groups-do-not-divide', { groups, channels: channels.value, what: 'channels' }));
    },
    cost: costsNothing,
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 4, 5, 12]],
        attributes: { groups: 3 },
        output: ['N', 4, 5, 12],
        source: 'ShuffleNet, figure 1 of arXiv 1707.01083',
      },
      { inputs: [['N', 6, 8]], attributes: { groups: 2 }, output: ['N', 6, 8], source: 'the shape stays' },
      { inputs: [['N', 6]], attributes: { groups: 3 }, output: ['N', 6], source: 'the shape stays' },
      {
        inputs: [['N', 2, 3, 4, 6]],
        attributes: { groups: 2 },
        output: ['N', 2, 3, 4, 6],
        source: 'the shape stays',
      },
      { inputs: [['N', 4, 4, 8]], attributes: { groups: 3 }, problem: 'groups-do-not-divide' },
      { inputs: [['N', 4, 4, 'C']], attributes: { groups: 2 }, problem: 'symbolic-size' },
      { inputs: [['N']], attributes: { groups: 1 }, problem: 'rank-mismatch' },
    ],
  }),
);

/** For each channel of the output, the channel of the input that it is. */
export function shuffledChannels(channels: number, groups: number): readonly number[] {
  const perGroup = channels / groups;
  return Array.from({ length: channels }, (_, at) => (at % groups) * perGroup + Math.floor(at / groups));
}
