import type { CompileOptions } from '../../src/compile.ts';

/** A report whose network does not fit: where that is said, and the words from which its author would know what to do. */
export interface Refusal {
  readonly report: string;
  readonly options?: Pick<CompileOptions, 'variant' | 'inputs'>;
  readonly code: string;
  /** The step or key that the message points to, as its line in the spec reads. */
  readonly line: string;
  /** In message, help and notes. */
  readonly says: readonly string[];
}

export const refusals: readonly Refusal[] = [
  {
    report: '001',
    code: 'INC202',
    line: '- concat: [d2, e2]',
    says: [
      'd2 is [N, 88, 88, 128], e2 is [N, 89, 89, 128]',
      'image 358 → max_pool (max_pool 2x2 /2 valid) 179 → max_pool_2 (max_pool 2x2 /2 valid) 89',
      // A multiple of 8 is needed; the next ones are 352 and 360.
      'with 352 or 360 instead of 358 in the shape of `image`',
    ],
  },
  {
    report: '017',
    code: 'INC202',
    line: '- branches:',
    says: [
      'a/conv is [1, 34, 62, 384], b/conv_3 is [1, 34, 62, 96], c/max_pool is [1, 35, 63, 288]',
      'with `ceil: false` at c/max_pool',
    ],
  },
  {
    report: '019',
    code: 'INC204',
    line: '- conv: { filters: 768, kernel: 3, stride: 2 }',
    says: [
      'the window is 3 high, but its input only 1',
      'max_pool (max_pool 3x3 /2 valid) 6',
      'max_pool_2 (max_pool 3x3 /2 valid) 1',
      'with 75 or more instead of 32 in the shape of `image`',
    ],
  },
  {
    report: '019',
    options: { variant: 'too_small' },
    code: 'INC204',
    line: '- conv: { filters: 1280, kernel: 3, stride: 2 }',
    says: [
      'the window is 3 high, but its input only 2',
      'with 75 or more instead of 74 in the shape of `image`',
    ],
  },
  {
    report: '023',
    code: 'INC204',
    line: '- conv: { filters: 512, kernel: 3 }',
    says: [
      'the window is 3 high, but its input only 2: nothing would come out',
      'with 3 or more instead of 2 in the shape of `x`',
      '`same`',
    ],
  },
  {
    report: '025',
    code: 'INC110',
    line: '- pad: { padding: [0, 46], mode: $mode }',
    says: ['the mirror image of 36 positions along the width has at most 35, not 46', '`mode: constant`'],
  },
  {
    report: '029',
    code: 'INC208',
    line: '- dense: 10',
    says: ['must be a number, but is 8*(H - 2)*(W - 2)', '`global_avg_pool`', '--input'],
  },
  {
    report: '031',
    code: 'INC131',
    line: 'name: d',
    says: ['two steps are called `d`', 'another name'],
  },
  {
    report: '033',
    code: 'INC130',
    line: 'from: a',
    says: ['there is no value `a` here', '`a` stands below', 'move'],
  },
  {
    report: '035',
    code: 'INC203',
    line: '- residual:',
    says: ['projection is [1, 16, 16, 32], second is [1, 8, 8, 32]', 'with `stride: 1` at second'],
  },
  {
    report: '043',
    code: 'INC207',
    line: '- conv: { filters: $filters, kernel: [3, 5], padding: same, groups: 5 }',
    says: ['5 groups do not divide the 36 filters', '35 or 40'],
  },
  {
    report: '047',
    code: 'INC207',
    line: '- conv: { filters: 32, kernel: 3, groups: 32 }',
    says: ['32 groups do not divide the 34 input channels', 'x 32 → padded (pad) 34'],
  },
  {
    report: '061',
    code: 'INC110',
    line: '- reshape: [-1, -1]',
    says: ['−1 can stand for one dimension only'],
  },
  {
    report: '063',
    code: 'INC230',
    line: '- reshape: [$batch, 52, 52, 3, 85]',
    says: ['only where N == 1', 'write `_`'],
  },
  {
    report: '063',
    options: { inputs: { x: [8, 52, 52, 255] } },
    code: 'INC217',
    line: '- reshape: [$batch, 52, 52, 3, 85]',
    says: ['has 5516160', 'has 689520', 'write `_`'],
  },
  {
    report: '069',
    options: { variant: 'exported' },
    code: 'INC110',
    line: '- resize: { scale: $scale }',
    says: ['`scale` of `resize`', '224/706', 'give `size` instead'],
  },
  {
    report: '073',
    code: 'INC105',
    line: '- KerasLayer',
    says: ['`KerasLayer` is neither an op nor a block', 'write out'],
  },
  {
    report: '081',
    code: 'INC218',
    line: '- attention: { heads: $heads }',
    says: ['`attention` needs 12 to divide 1024', '8 and 16'],
  },
];
