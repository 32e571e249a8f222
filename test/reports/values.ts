import type { CompileOptions } from '../../src/compile.ts';

/** What a model of a report is fed, and what it must give; all in the order of axes of the file. */
export interface Run {
  readonly report: string;
  readonly options?: Pick<CompileOptions, 'inputs' | 'variant'>;
  /** Of the one input; the numbers 0, 1, 2, … where left out. */
  readonly fed?: readonly number[];
  /** Of weights by name; the others are 0. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** Of outputs by name: the first numbers of each, to four places. */
  readonly gives?: Readonly<Record<string, readonly number[]>>;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

function times(count: number, value: number): readonly number[] {
  return Array.from({ length: count }, () => value);
}

export const runs: readonly Run[] = [
  {
    report: '005',
    gives: { explicit: [5, 7, 13, 15], same: [10, 11, 14, 15] },
    shapes: { explicit: [1, 1, 2, 2], same: [1, 1, 2, 2] },
  },
  {
    report: '009',
    fed: [1, 2, 3, 4],
    // 10/4 and 10/9.
    gives: { without: times(4, 2.5), with: times(4, 1.1111) },
    shapes: { without: [1, 1, 2, 2], with: [1, 1, 2, 2] },
  },
  { report: '011', shapes: { max_pool: [1, 3, 16, 16] } },
  { report: '013', shapes: { avg_pool: [1, 1, 3, 3] } },
  { report: '015', shapes: { max_pool: [1, 3, 3, 3] } },
  {
    report: '037',
    options: { inputs: { x: [1, 8, 8, 3] } },
    shapes: { same: [1, 16, 16, 256], none: [1, 18, 18, 256] },
  },
  { report: '039', shapes: { same: [1, 1, 6, 6], none: [1, 1, 7, 7] } },
  { report: '041', shapes: { same: [1, 256, 5, 16, 16], none: [1, 256, 5, 18, 18] } },
  {
    report: '045',
    // Each channel c reads its own 1, 2, 3 through filters that are 0 but for 10 and 100 in the middle.
    fed: Array.from({ length: 96 }, (_, i) => (i % 3) + 1),
    weights: {
      'depthwise/depthwise_kernel': [...times(24, 0), ...[10, 100, 10, 100, 10, 100], ...times(24, 0)],
    },
    gives: { depthwise: [10, 100, 20, 200, 30, 300] },
    shapes: { depthwise: [2, 2, 2, 6] },
  },
  {
    report: '049',
    options: { inputs: { x: [1, 14, 14, 516] } },
    shapes: { depthwise_conv: [1, 7, 7, 516] },
  },
  {
    report: '051',
    // y[t] = 3·x[t] + 2·x[t − 4] + 1·x[t − 8] with x[t] = t, and 0 before the beginning.
    weights: { 'both_sides/kernel': [1, 2, 3], 'left_only/kernel': [1, 2, 3] },
    gives: { cut: [0, 3, 6, 9, 12, 17, 22, 27, 32, 38], left_only: [0, 3, 6, 9, 12, 17, 22, 27, 32, 38] },
    shapes: { cut: [1, 50, 1], left_only: [1, 50, 1] },
  },
  {
    report: '055',
    fed: [1],
    weights: {
      'keras/gamma': [1],
      'keras/moving_variance': [0.001],
      'torch/gamma': [1],
      'torch/moving_variance': [0.001],
    },
    // 1/√0.002 and 1/√0.00101.
    gives: { keras: [22.3607], torch: [31.4658] },
    shapes: { keras: [1, 1], torch: [1, 1] },
  },
  { report: '059', shapes: { dense: [1, 10] } },
  {
    report: '065',
    fed: times(24, 0),
    gives: { last_axis: times(24, 0.25), flattened: times(24, 0.0833) },
    shapes: { last_axis: [2, 3, 4], flattened: [2, 3, 4] },
  },
  {
    report: '067',
    // Each channel holds its own number.
    fed: Array.from({ length: 48 }, (_, i) => Math.floor(i / 4)),
    gives: { pixel_shuffle: [0, 1, 0, 1], depth_to_space: [0, 3, 0, 3] },
    shapes: { pixel_shuffle: [1, 3, 4, 4], depth_to_space: [1, 3, 4, 4] },
  },
  {
    report: '069',
    options: { variant: 'rounded' },
    shapes: { scaled: [1, 1, 223, 223], sized: [1, 1, 224, 224] },
  },
  {
    report: '071',
    fed: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    gives: { half_pixel: [1, 1.25, 1.75, 2.25, 2.75, 3], asymmetric: [1, 1.5, 2, 2.5, 3, 3] },
    shapes: { half_pixel: [1, 6, 6, 1], asymmetric: [1, 6, 6, 1] },
  },
];
