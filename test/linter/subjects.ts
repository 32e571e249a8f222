import { documentOf, type Small } from './found.ts';

/** What people ask a linter of networks for, and a network of each kind, as docs/decisions answers it. */
export interface Subject {
  /** The row of the table. */
  readonly row: string;
  readonly text: string;
  /** What the compiler says; none where the network is fine as it stands. */
  readonly code?: string;
}

const image = 'x: [N, 8, 8, 3]';

function network(...steps: readonly string[]): string {
  return `network:\n${steps.map((step) => `  - ${step}`).join('\n')}`;
}

function small(row: string, code: string | undefined, given: Small): Subject {
  return { row, text: documentOf(given), ...(code === undefined ? {} : { code }) };
}

export const specAndGraph: readonly Subject[] = [
  small('misspelt or unknown field', 'INC108', { inputs: image, step: 'conv: { filters: 4, kernal: 3 }' }),
  small('misspelt or unknown field', 'INC101', { inputs: image, rest: `layers: 3\n${network('relu')}` }),
  small('misspelt or unknown field', 'INC110', {
    inputs: image,
    step: 'conv: { filters: 4, kernel: 3, padding: sane }',
  }),
  small('name that does not exist', 'INC130', { inputs: image, rest: network('relu:\n    from: y') }),
  small('cycle', 'INC130', {
    inputs: image,
    rest: network('relu:\n    name: a\n    from: b', 'relu:\n    name: b\n    from: a'),
  }),
  small('cycle', 'INC133', { inputs: image, rest: `blocks: { a: [b], b: [a] }\n${network('a')}` }),
  small('two nodes of one name', 'INC131', {
    inputs: image,
    rest: network('relu:\n    name: a', 'tanh:\n    name: a'),
  }),
  // Unnamed steps are counted (relu, relu_2), and so are copies of a repeat.
  small('two nodes of one name', 'INC131', {
    inputs: image,
    rest: network('relu', 'relu', 'tanh:\n    name: relu_2'),
  }),
  small('two nodes of one name', 'INC131', {
    inputs: image,
    rest: network('tanh:\n    name: r_$(i)\n    repeat: { times: 2, index: i }', 'relu:\n    name: r_1'),
  }),
  small('order of the steps', 'INC130', {
    inputs: image,
    rest: network('relu:\n    from: late', 'tanh:\n    from: x\n    name: late'),
  }),
  small('characters of names', 'INC104', { inputs: image, rest: network('relu:\n    name: "a:b"') }),
  small('characters of names', 'INC132', { inputs: image, rest: network('relu:\n    name: $("a/b")') }),
  { row: 'no version', text: `name: example\ninputs: { ${image} }\n${network('relu')}\n`, code: 'INC102' },
  small('no version', 'INC101', { inputs: image, rest: `opset: 17\n${network('relu')}` }),
];

export const shapes: readonly Subject[] = [
  small('declared shape that is another one', 'INC301', {
    inputs: image,
    rest: network('relu:\n    expect: [N, 8, 8, 4]'),
  }),
  small('declared shape that is another one', 'INC108', {
    inputs: 'x: [N, 8]',
    step: 'dense: { units: 3, in_features: 7 }',
  }),
  small('concat of maps that differ', 'INC202', {
    inputs: `${image}, y: [N, 7, 8, 3]`,
    rest: network('concat: [x, y]'),
  }),
  small('sum of maps that differ', 'INC203', {
    inputs: image,
    rest: network('residual: [{ conv: { filters: 3, kernel: 3 } }]'),
  }),
  small('sum of maps that differ', 'INC216', {
    inputs: `${image}, y: [N, 8, 8, 2]`,
    rest: network('add: [x, y]'),
  }),
  small('window larger than its map', 'INC204', {
    inputs: image,
    step: 'conv: { filters: 4, kernel: 5, dilation: 2 }',
  }),
  small('multiple of the total stride', 'INC202', {
    inputs: 'x: [N, 9, 9, 3]',
    rest: network(
      'max_pool: { kernel: 2, stride: 2 }',
      'resize: { method: nearest, corners: half_pixel, scale: 2 }',
      'concat: [_, x]',
    ),
  }),
  small('enlarging by a factor to meet a skip', 'INC230', {
    inputs: 'x: [N, H, 8, 3]',
    rest: network(
      'max_pool: { kernel: [2, 1], stride: [2, 1] }',
      'resize: { method: nearest, corners: half_pixel, scale: [2, 1] }',
      'concat: [_, x]',
    ),
  }),
  small('enlarging by a factor to meet a skip', 'INC215', {
    inputs: 'x: [N, H, 8, 3]',
    rest: `dims: { H: { min: 4 } }\n${network('max_pool: { kernel: [2, 1], stride: [2, 1] }', 'resize: { method: nearest, corners: half_pixel, scale: [2, 1] }', 'concat: [_, x]')}`,
  }),
  small('dense layer on an open size', 'INC208', {
    inputs: 'x: [N, H, 8, 3]',
    rest: network('flatten', 'dense: 10'),
  }),
  small('reshape to another number of elements', 'INC217', { inputs: image, step: 'reshape: [_, 8, 8, 4]' }),
  small('reshape to another number of elements', 'INC110', { inputs: image, step: 'reshape: [-1, -1]' }),
  small('number in place of the batch', 'INC230', { inputs: image, step: 'reshape: [1, 192]' }),
  small('number in place of the batch', 'INC216', { inputs: 'x: [N, 1, 3]', step: 'expand: [1, 4, 3]' }),
  small('number in place of the batch', 'INC215', { inputs: 'x: [N, 1, 3]', step: 'expand: [4, 4, 3]' }),
  small('mirrored padding as wide as the map', 'INC110', {
    inputs: image,
    step: 'pad: { padding: 8, mode: reflect }',
  }),
  small('heads that do not divide the width', 'INC218', {
    inputs: 'x: [N, 8, 30]',
    rest: network('attention: { heads: 4 }\n    from: [x, x, x]'),
  }),
  small('table of positions of another length', 'INC110', {
    inputs: 'x: [N, 8, 30]',
    step: 'position_embedding: { kind: learned, rows: 4 }',
  }),
  small('table of positions of another length', 'INC216', {
    inputs: 'x: [N, 8, 30]',
    rest: network('parameter: { shape: [1, 9, 30] }\n    name: table', 'add: [x, table]'),
  }),
  small('claim that could not be proved', 'INC304', {
    inputs: 'x: [N, H, W, 8]',
    rest: network('max_pool: { kernel: 2, stride: 2 }\n    expect: [N, (H * W + 1) // (2*W), W // 2, 8]'),
  }),
];

export const windows: readonly Subject[] = [
  small('more padding than kernel', 'INC209', {
    inputs: image,
    step: 'max_pool: { kernel: 2, stride: 1, padding: 2 }',
  }),
  small('groups that do not divide the channels', 'INC207', {
    inputs: 'x: [N, 8, 8, 6]',
    step: 'conv: { filters: 8, kernel: 3, groups: 4 }',
  }),
  small('groups that do not divide the channels', 'INC207', {
    inputs: 'x: [N, 8, 8, 8]',
    step: 'conv: { filters: 6, kernel: 3, groups: 4 }',
  }),
  small('branches that round differently', 'INC202', {
    inputs: image,
    rest: network(
      'branches:\n      - [{ max_pool: { kernel: 3, stride: 2, ceil: true } }]\n      - [{ conv: { filters: 4, kernel: 3, stride: 2 } }]\n    merge: concat',
    ),
  }),
  small('rounding up', 'INC110', {
    inputs: image,
    step: 'max_pool: { kernel: 3, stride: 2, padding: same, ceil: true }',
  }),
  small('pooling to a given number of windows', 'INC105', { inputs: image, step: 'adaptive_avg_pool: 3' }),
  small('size of a transposed convolution', 'INC110', {
    inputs: image,
    step: 'conv_transpose: { filters: 4, kernel: 3, stride: 2, padding: 1, output_padding: 2 }',
  }),
  small('stride beside a dilation', undefined, {
    inputs: 'x: [N, 9, 9, 3]',
    step: 'conv: { filters: 4, kernel: 3, stride: 2, dilation: 2 }',
  }),
  small('groups in tf.js', undefined, {
    inputs: 'x: [N, 8, 8, 8]',
    step: 'conv: { filters: 8, kernel: 3, groups: 2 }',
  }),
  small('causal padding', undefined, {
    inputs: 'x: [N, 50, 8]',
    step: 'conv: { filters: 8, kernel: 3, padding: causal }',
  }),
  small('order of the outputs of a depthwise convolution', undefined, {
    inputs: image,
    step: 'depthwise_conv: { kernel: 3, multiplier: 2 }',
  }),
];
