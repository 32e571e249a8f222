import { expect, test } from 'vitest';
import { claims, pairs } from './support.ts';

const head =
  'inception: 1\nname: net\ninputs: { image: [N, 9, 9, 3] }\ndefaults: { conv: { padding: same } }\nnetwork:\n';
const twoAlike = `${head}  - conv: { filters: 8, kernel: 3 }
    name: a
  - conv: { filters: 8, kernel: 3 }
    name: b
`;

test('a row that fits two steps is left', () => {
  const claimed = claims(twoAlike, '3x3 conv | 9 x 9 x 8');
  expect(claimed.left).toEqual([
    {
      line: 1,
      row: '3x3 conv 9 x 9 x 8',
      reason: 'it may be about `a` or `b`, and nothing in the table says which',
    },
  ]);
  expect(claimed.text).toBe(twoAlike);
});

test('its name decides where it has one, whatever the sizes of the maps', () => {
  expect(pairs(claims(twoAlike, 'b | 3x3 conv | 4 x 4 x 8'))).toEqual([[1, 'b', '[N, 4, 4, 8]']]);
});

test('rows that claim different sizes of one step are left', () => {
  const spec = `${head}  - conv: { filters: 8, kernel: 3 }\n    name: a\n`;
  const claimed = claims(spec, '3x3 conv | 9 x 9 x 8\n3x3 conv | 7 x 7 x 8');
  expect(claimed.matched).toEqual([]);
  expect(claimed.left[0]?.reason).toBe('rows that claim [N, 9, 9, 8] and [N, 7, 7, 8] fit `a` equally well');
});

test('another window and other channels are no match', () => {
  const { left } = claims(twoAlike, '5x5 conv | 9 x 9 x 8\n3x3 conv | 9 x 9 x 16');
  expect(left.map(({ reason }) => reason)).toEqual([
    'the network has no such step',
    'no such layer gives 16 channels; those like it give [N, 9, 9, 8]',
  ]);
});

const copies = `${head}  - conv: { filters: 8, kernel: 3 }
    repeat: 3
    name: c$(i + 1)
`;

test('a row for several layers is beside a step that is repeated as often', () => {
  expect(claims(copies, '3x3 conv | x3 | 9 x 9 x 8').text).toBe(`${copies}    expect: [N, 9, 9, 8]\n`);
  expect(claims(copies, '3x3 conv (x3) | 9 x 9 x 8').matched).toHaveLength(3);
});

test('of a step that is repeated more often than the table says, nothing is claimed', () => {
  const claimed = claims(copies, 'c1 | 9 x 9 x 8\nc2 | 9 x 9 x 8');
  expect(claimed.matched).toEqual([]);
  expect(claimed.left[0]?.reason).toBe('`c1` is one of 3 copies of a step, of which the table has 2');
});
