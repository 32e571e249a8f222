import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { shapeTable } from '../../src/emitters/table/shapeTable.ts';
import { claims, pairs } from './support.ts';

test("the summary that Keras prints of LeNet, its names being Keras' own", () => {
  const spec = `inception: 1
name: lenet
inputs: { image: [N, 32, 32, 1] }
network:
  - conv: { filters: 6, kernel: 5, activation: tanh }
  - avg_pool: { kernel: 2, stride: 2 } # S2
  - conv: { filters: 16, kernel: 5, activation: tanh }
  - avg_pool: { kernel: 2, stride: 2 }
  - flatten
  - dense: 120
  - dense: 84
  - dense: 10
    name: scores
`;
  // By hand: 32 - 5 + 1 = 28, 14, 14 - 5 + 1 = 10, 5, 5·5·16 = 400.
  const summary = `Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 conv2d (Conv2D)             (None, 28, 28, 6)         156

 average_pooling2d (AverageP  (None, 14, 14, 6)        0
 ooling2D)

 conv2d_1 (Conv2D)           (None, 10, 10, 16)        2416

 average_pooling2d_1 (Averag  (None, 5, 5, 16)         0
 ePooling2D)

 flatten (Flatten)           (None, 400)               0

 dense (Dense)               (None, 120)               48120

 dense_1 (Dense)             (None, 84)                10164

 dense_2 (Dense)             (None, 10)                850

=================================================================
Total params: 61,706
`;
  const claimed = claims(spec, summary);
  expect(claimed.left).toEqual([]);
  expect(claimed.text).toBe(`inception: 1
name: lenet
inputs: { image: [N, 32, 32, 1] }
network:
  - conv: { filters: 6, kernel: 5, activation: tanh }
    expect: [N, 28, 28, 6]
  - avg_pool: { kernel: 2, stride: 2 } # S2
    expect: [N, 14, 14, 6]
  - conv: { filters: 16, kernel: 5, activation: tanh }
    expect: [N, 10, 10, 16]
  - avg_pool: { kernel: 2, stride: 2 }
    expect: [N, 5, 5, 16]
  - flatten:
    expect: [N, 400]
  - dense: 120
    expect: [N, 120]
  - dense: 84
    expect: [N, 84]
  - dense: 10
    name: scores
    expect: [N, 10]
`);
});

test('table 1 of GoogLeNet: the claims of the spec stand', () => {
  const table = `
type           patch size/stride   output size   depth
convolution    7×7/2    112×112×64   1
max pool       3×3/2    56×56×64     0
convolution    3×3/1    56×56×192    2
max pool       3×3/2    28×28×192    0
inception (3a)          28×28×256    2
inception (3b)          28×28×480    2
max pool       3×3/2    14×14×480    0
inception (4a)          14×14×512    2
`;
  const spec = readFileSync('specs/googlenet.yaml', 'utf8');
  const { matched, left } = claims(spec, table, { name: 'specs/googlenet.yaml' });
  expect(left).toEqual([]);
  expect(matched.map(({ step }) => step)).toEqual([
    'conv1/7x7_s2',
    'pool1/3x3_s2',
    'conv2/3x3',
    'pool2',
    'inception_3a',
    'inception_3b',
    'pool3',
    'inception_4a',
  ]);
  expect(matched.every(({ state }) => state !== 'differs')).toBe(true);
});

test('table 1 of ResNet-50 in markdown: sizes without channels, stages by their names', () => {
  const spec = `inception: 1
name: resnet
inputs: { image: [N, 224, 224, 3] }
defaults:
  conv: { padding: same }
blocks:
  stage:
    params: { filters: int, stride: int }
    steps:
      - conv: { filters: $filters, kernel: 3, stride: $stride }
        name: conv
network:
  - conv: { filters: 64, kernel: 7, stride: 2 }
    name: conv1
  - max_pool: { kernel: 3, stride: 2, padding: same }
  - stage: { filters: 256, stride: 1 }
    name: conv2_x
  - stage: { filters: 512, stride: 2 }
    name: conv3_x
`;
  const table = `
| layer name | output size | 50-layer |
| --- | --- | --- |
| **conv1** | 112×112 | 7×7, 64, stride 2 |
| conv2\\_x | 56×56 | 3×3 max pool, stride 2; [1×1, 64; 3×3, 64; 1×1, 256] × 3 |
| conv3_x | 28×28 | [1×1, 128; 3×3, 128; 1×1, 512] × 4 |
| conv9_x | 14×14 | [1×1, 128; 3×3, 128; 1×1, 512] × 4 |
`;
  const claimed = claims(spec, table);
  expect(pairs(claimed)).toEqual([
    [4, 'conv1', '[N, 112, 112, _]'],
    [5, 'conv2_x', '[N, 56, 56, _]'],
    [6, 'conv3_x', '[N, 28, 28, _]'],
    [7, '-', ''],
  ]);
  expect(claimed.left[0]?.reason).toBe('it names no op, no block and no step of the network');
});

test('table 1 of MobileNet in LaTeX: sizes of inputs, and five pairs in one', () => {
  const table = String.raw`
\begin{tabular}{l|l|l}
\hline
\textbf{Type / Stride} & \textbf{Filter Shape} & \textbf{Input Size} \\
\hline
Conv / s2 & $3 \times 3 \times 3 \times 32$ & $224 \times 224 \times 3$ \\ \hline
Conv dw / s1 & $3 \times 3 \times 32$ dw & $112 \times 112 \times 32$ \\ \hline
Conv / s1 & $1 \times 1 \times 32 \times 64$ & $112 \times 112 \times 32$ \\
Conv dw / s2 & $3 \times 3 \times 64$ dw & $112 \times 112 \times 64$ \\
Conv / s1 & $1\times1\times 64 \times 128$ & $56 \times 56 \times 64$ \\
Conv dw / s1 & $3\times3\times 128$ dw & $56 \times 56 \times 128$ \\
Conv / s1 & $1\times1\times 128\times 128$ & $56 \times 56 \times 128$ \\
Conv dw / s2 & $3\times3\times 128$ dw & $56 \times 56 \times 128$ \\
Conv / s1 & $1\times1\times 128\times 256$ & $28 \times 28 \times 128$ \\
Conv dw / s1 & $3\times3\times 256$ dw & $28 \times 28 \times 256$ \\
Conv / s1 & $1\times1\times 256\times 256$ & $28 \times 28 \times 256$ \\
Conv dw / s2 & $3\times3\times 256$ dw & $28 \times 28 \times 256$ \\
Conv / s1 & $1\times1\times 256\times 512$ & $14 \times 14 \times 256$ \\ \hline
\multirow{2}{*}{$5\times$} Conv dw / s1 & $3\times3\times 512$ dw & $14 \times 14 \times 512$ \\
Conv / s1 & $1\times1\times 512\times 512$ & $14 \times 14 \times 512$ \\ \hline
Conv dw / s2 & $3\times3\times 512$ dw & $14 \times 14 \times 512$ \\
Conv / s1 & $1\times1\times 512\times 1024$ & $7 \times 7 \times 512$ \\
Conv dw / s2 & $3\times3\times 1024$ dw & $7 \times 7 \times 1024$ \\
Conv / s1 & $1\times1\times 1024\times 1024$ & $7 \times 7 \times 1024$ \\
Avg Pool / s1 & Pool $7\times7$ & $7 \times 7 \times 1024$ \\
FC / s1 & $1024 \times 1000$ & $1\times1\times 1024$ \\
Softmax / s1 & Classifier & $1\times1\times 1000$ \\
\end{tabular}
`;
  const spec = readFileSync('specs/mobilenet_v1.yaml', 'utf8');
  const { matched, left, text } = claims(spec, table);
  // The spec claims the pointwise convolutions; of the depthwise ones, which are one step, sizes differ.
  expect(matched.map(({ line, step, claim, state }) => [line, step, claim, state])).toEqual([
    [6, 'conv1', '[N, 112, 112, 32]', 'stands'],
    [8, 'conv_pw_1', '[N, 112, 112, 64]', 'stands'],
    [10, 'conv_pw_2', '[N, 56, 56, 128]', 'stands'],
    [12, 'conv_pw_3', '[N, 56, 56, 128]', 'stands'],
    [14, 'conv_pw_4', '[N, 28, 28, 256]', 'stands'],
    [16, 'conv_pw_5', '[N, 28, 28, 256]', 'stands'],
    [18, 'conv_pw_6', '[N, 14, 14, 512]', 'stands'],
    [20, 'conv_pw_7', '[N, 14, 14, 512]', 'stands'],
    [20, 'conv_pw_8', '[N, 14, 14, 512]', 'stands'],
    [20, 'conv_pw_9', '[N, 14, 14, 512]', 'stands'],
    [20, 'conv_pw_10', '[N, 14, 14, 512]', 'stands'],
    [20, 'conv_pw_11', '[N, 14, 14, 512]', 'stands'],
    [22, 'conv_pw_12', '[N, 7, 7, 1024]', 'stands'],
    [24, 'conv_pw_13', '[N, 7, 7, 1024]', 'stands'],
    [25, 'global_average_pooling2d', '[N, 1, 1, 1024]', 'stands'],
  ]);
  expect(left).toHaveLength(15);
  expect(left[0]?.reason).toBe(
    '`conv_dw_1` is one of 13 copies of a step, whose sizes differ: a claim on it must be an expression',
  );
  expect(left.slice(-2).map(({ line, reason }) => [line, reason])).toEqual([
    [26, 'the network has no such step'],
    [27, 'the table ends before it says what this layer gives'],
  ]);
  expect(text).toBe(spec);
});

test.each(['table', 'markdown', 'latex'] as const)(
  'a %s that this program printed finds its steps again',
  (format) => {
    const spec = readFileSync('specs/lenet5.yaml', 'utf8');
    const { graph } = compile(spec);
    if (graph === undefined) throw new Error('the spec has errors');
    const { matched, left } = claims(spec, shapeTable(graph, { format, columns: ['name', 'op', 'output'] }));
    // The spec claims all but the shape of its `flatten`.
    expect(matched.map(({ step, state }) => [step, state])).toEqual([
      ['C1', 'stands'],
      ['S2', 'stands'],
      ['C3', 'stands'],
      ['S4', 'stands'],
      ['C5', 'stands'],
      ['flatten', 'new'],
      ['F6', 'stands'],
      ['OUTPUT', 'stands'],
      ['probabilities', 'stands'],
    ]);
    expect(left.map(({ reason }) => reason)).toEqual(['it is the input: `image` is [N, 32, 32, 1]']);
  },
);
