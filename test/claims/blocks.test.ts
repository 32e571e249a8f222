import { expect, test } from 'vitest';
import { claims, pairs } from './support.ts';

/**
 * The first rows of figure 3 of arXiv:1602.07261, the stem of Inception-v4, as a block that is called once. Layers
 * marked V in the figure are not padded.
 */
const stem = `inception: 1
name: net
inputs: { image: [N, 299, 299, 3] }
defaults: { conv: { padding: same } }
blocks:
  stem:
    steps:
      - conv: { filters: 32, kernel: 3, stride: 2, padding: valid }
        name: conv_1
      - conv: { filters: 32, kernel: 3, padding: valid }
        name: conv_2
      - conv: { filters: 64, kernel: 3 }
        name: conv_3
      - branches:
          left:
            - max_pool: { kernel: 3, stride: 2, padding: valid }
          right:
            - conv: { filters: 96, kernel: 3, stride: 2, padding: valid }
        merge: concat
network:
  - stem
  - conv: { filters: 384, kernel: 1 }
    name: after
`;
const figure3 = `
3x3 conv / s2 | 149 x 149 x 32
3x3 conv / s1 | 147 x 147 x 32
3x3 conv / s1 | 147 x 147 x 64
3x3 maxpool / s2 | 73 x 73 x 64
3x3 conv / s2 | 73 x 73 x 96
1x1 conv | 73 x 73 x 384
`.trim();

test('steps inside a block that is called once', () => {
  const claimed = claims(stem, figure3);
  expect(pairs(claimed)).toEqual([
    [1, 'stem/conv_1', '[_, 149, 149, 32]'],
    [2, 'stem/conv_2', '[_, 147, 147, 32]'],
    [3, 'stem/conv_3', '[_, 147, 147, 64]'],
    [4, 'stem/left/max_pool', '[_, 73, 73, 64]'],
    [5, 'stem/right/conv', '[_, 73, 73, 96]'],
    [6, 'after', '[N, 73, 73, 384]'],
  ]);
  expect(claimed.text).toContain('        name: conv_1\n        expect: [_, 149, 149, 32]\n');
  expect(claimed.text).toContain(
    '            - max_pool: { kernel: 3, stride: 2, padding: valid }\n              expect: [_, 73, 73, 64]\n',
  );
  expect(claims(claimed.text, figure3).matched.map(({ state }) => state)).toEqual(Array(6).fill('stands'));
});

test('a block that has a row of its own is not opened', () => {
  const claimed = claims(
    stem,
    `stem | 73 x 73 x 160\n3x3 conv / s2 | 149 x 149 x 32\n1x1 conv | 73 x 73 x 384`,
  );
  expect(pairs(claimed)).toEqual([
    [1, 'stem', '[N, 73, 73, 160]'],
    [2, '-', ''],
    [3, 'after', '[N, 73, 73, 384]'],
  ]);
});

const head = 'inception: 1\nname: net\ninputs: { x: [N, 8, 8, 4] }\ndefaults: { conv: { padding: same } }\n';
const unit = (stride: string) => `${head}blocks:
  unit:
    params: { stride: 1 }
    steps:
      - conv: { filters: 4, kernel: 3, stride: ${stride} }
        name: c
      - relu
network:
  - unit
  - unit
  - dense: 10
    name: logits
`;

test('of a block whose calls give the same, one claim holds for all', () => {
  const claimed = claims(unit('1'), '3x3 conv | 8 x 8 x 4\nlogits | 8 x 8 x 10');
  expect(pairs(claimed)).toEqual([
    [1, 'unit/c', '[_, 8, 8, 4]'],
    [2, 'logits', '[N, 8, 8, 10]'],
  ]);
  expect(claimed.text).toContain('        name: c\n        expect: [_, 8, 8, 4]\n');
});

test('a row for each call claims once', () => {
  const claimed = claims(unit('1'), '3x3 conv | 8 x 8 x 4\n3x3 conv | 8 x 8 x 4');
  expect(pairs(claimed)).toEqual([
    [1, 'unit/c', '[_, 8, 8, 4]'],
    [2, '-', ''],
  ]);
  expect(claimed.left[0]?.reason).toBe('no step is left for it: other rows are about `unit/c` (line 1)');
});

test('where the calls give different shapes, nothing is claimed inside', () => {
  const claimed = claims(unit('2'), '3x3 conv / 2 | 4 x 4 x 4\n3x3 conv / 2 | 2 x 2 x 4');
  expect(claimed.matched).toEqual([]);
  expect(claimed.left.map(({ reason }) => reason)).toEqual([
    '`unit/c` is inside a block, whose calls give [N, 4, 4, 4] and [N, 2, 2, 4] there: a claim in the block would be one on each',
    '`unit_2/c` is inside a block, whose calls give [N, 4, 4, 4] and [N, 2, 2, 4] there: a claim in the block would be one on each',
  ]);
  expect(claimed.text).toBe(unit('2'));
});

test('a claim that fails inside a block is written and reported on each call', () => {
  const claimed = claims(unit('1'), '3x3 conv | 7 x 7 x 4');
  expect(claimed.text).toContain('        expect: [_, 7, 7, 4]\n');
});

/** Table 1 of arXiv:1409.4842: a module inside a block of modules has its row by its name. */
test('the call of a block inside a block', () => {
  const spec = `${head.replace('8, 8, 4', '28, 28, 192')}blocks:
  inception:
    steps:
      - branches:
          one:
            - conv: { filters: 64, kernel: 1 }
          three:
            - conv: { filters: 192, kernel: 3 }
        merge: concat
  stage:
    steps:
      - inception:
        name: inception_3a
      - max_pool: { kernel: 3, stride: 2, padding: same }
network:
  - stage
`;
  const claimed = claims(spec, 'inception (3a) | 28 x 28 x 256\nmax pool 3x3/2 | 14 x 14 x 256');
  expect(pairs(claimed)).toEqual([
    [1, 'stage/inception_3a', '[_, 28, 28, 256]'],
    [2, 'stage/max_pool', '[_, 14, 14, 256]'],
  ]);
});
