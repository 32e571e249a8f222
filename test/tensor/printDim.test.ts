import { describe, expect, test } from 'vitest';
import {
  add,
  ceilDiv,
  type Dim,
  floorDiv,
  keyOf,
  max,
  min,
  mod,
  mul,
  pos,
  sub,
  symbol,
} from '../../src/tensor/dim.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';
import { printDim } from '../../src/tensor/printDim.ts';

const H = symbol('H');
const W = symbol('W');
const N = symbol('N');
const N7 = symbol('N', { multipleOf: 7 });
const H8 = symbol('H', { multipleOf: 8 });
const H16 = symbol('H', { multipleOf: 16 });
const W16 = symbol('W', { multipleOf: 16 });
const H12 = symbol('H', { multipleOf: 16, remainder: 12 });
const W12 = symbol('W', { multipleOf: 16, remainder: 12 });

function validWindows(input: Dim, windows: readonly (readonly [number, number])[]): Dim {
  return windows.reduce<Dim>((d, [kernel, stride]) => add(floorDiv(sub(d, kernel), stride), 1), input);
}

describe('the heights of Inception-v4 on [N, H, W, 3]', () => {
  test.each<[string, readonly (readonly [number, number])[], string]>([
    ['Conv2d_1a', [[3, 2]], '(H - 1) // 2'],
    [
      'Conv2d_2a',
      [
        [3, 2],
        [3, 1],
      ],
      '(H - 5) // 2',
    ],
    [
      'Mixed_3a',
      [
        [3, 2],
        [3, 1],
        [3, 2],
      ],
      '(H - 7) // 4',
    ],
    [
      'Mixed_4a',
      [
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 1],
      ],
      '(H - 15) // 4',
    ],
    [
      'Mixed_5a',
      [
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 1],
        [3, 2],
      ],
      '(H - 19) // 8',
    ],
    [
      'Mixed_6a',
      [
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 2],
      ],
      '(H - 27) // 16',
    ],
    [
      'Mixed_7a',
      [
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 1],
        [3, 2],
        [3, 2],
        [3, 2],
      ],
      '(H - 43) // 32',
    ],
  ])('%s', (_, windows, expected) => {
    expect(printDim(validWindows(H, windows))).toBe(expected);
  });

  test('flattened', () => {
    const height = floorDiv(sub(H, 43), 32);
    const width = floorDiv(sub(W, 43), 32);
    expect(printDim(mul(mul(N, height), mul(width, 1536)))).toBe('1536*N*((H - 43) // 32)*((W - 43) // 32)');
    expect(printDim(mul(mul(height, width), 1536))).toBe('1536*((H - 43) // 32)*((W - 43) // 32)');
  });

  test('with padding `same` by 2 five times', () => {
    expect(printDim([1, 2, 3, 4, 5].reduce<Dim>((d) => ceilDiv(d, 2), H))).toBe('(H + 31) // 32');
  });
});

describe('printDim, and parseDim back', () => {
  const plain = new Map([
    ['H', H],
    ['W', W],
    ['N', N],
  ]);

  test.each<[string, Dim]>([
    ['-7', -7],
    ['H', H],
    ['2*H + 4', add(mul(H, 2), 4)],
    ['4 - H', sub(4, H)],
    ['H - W - 1', sub(sub(H, W), 1)],
    ['-H - W', sub(mul(H, -1), W)],
    ['H*W + N + 1', add(add(mul(H, W), N), 1)],
    ['H*(W + 1)', mul(H, add(W, 1))],
    ['(4 - H)*N', mul(sub(4, H), N)],
    ['H*H*(N + W)', mul(mul(H, H), add(W, N))],
    ['(H + 1)*(W + 1)', mul(add(H, 1), add(W, 1))],
    ['2*(H // 16)', mul(floorDiv(H, 16), 2)],
    ['2*((H - 4) // 2)', mul(sub(floorDiv(H, 2), 2), 2)],
    ['-(H // 2)', mul(floorDiv(H, 2), -1)],
    ['H // 2 + W // 2', add(floorDiv(H, 2), floorDiv(W, 2))],
    ['H - 4*(H // 4)', mod(H, 4)],
    [
      '4*((H + 3) // 4) - 2*((H + 1) // 2) + 239',
      add(sub(mul(floorDiv(add(H, 3), 4), 4), mul(floorDiv(add(H, 1), 2), 2)), 239),
    ],
    ['(H // 16)*(W // 16) + 1', add(mul(floorDiv(H, 16), floorDiv(W, 16)), 1)],
    ['(2*(H // 2)) // 3', floorDiv(mul(floorDiv(H, 2), 2), 3)],
    ['max(H, 4)', max(H, 4)],
    ['min(H, 4)', min(H, 4)],
    ['min(H // 2, 7)', min(floorDiv(H, 2), 7)],
    ['max(H - 7, 0)', pos(sub(H, 7))],
    ['3*H + 3*max(W - H, 0)', mul(max(H, W), 3)],
    ['H // W', floorDiv(H, W)],
    ['7 // H', floorDiv(7, H)],
    ['(H + W - 1) // W', ceilDiv(H, W)],
    ['(H*W) // N', floorDiv(mul(H, W), N)],
  ])('%s', (text, d) => {
    expect(printDim(d)).toBe(text);
    expect(parseDim(text, plain)).toEqual({ ok: true, value: d });
  });

  test.each<[string, Dim, readonly Dim[]]>([
    ['H', H16, [H16, W16]],
    ['H/16', floorDiv(H16, 16), [H16, W16]],
    ['3*H/4', mul(floorDiv(H16, 4), 3), [H16, W16]],
    ['H*W', mul(H16, W16), [H16, W16]],
    ['3*H*N', mul(mul(H16, 3), N), [H16, W16]],
    ['(H/16)*(W/16) + 1', add(mul(floorDiv(H16, 16), floorDiv(W16, 16)), 1), [H16, W16]],
    ['2*((H/8) // 2)', mul(floorDiv(H8, 16), 2), [H8, W16]],
    ['H', H12, [H12, W12]],
    ['H/4', floorDiv(H12, 4), [H12, W12]],
    ['(H - 12)/16', floorDiv(H12, 16), [H12, W12]],
    ['(H + 4)/16', ceilDiv(H12, 16), [H12, W12]],
    ['H*W', mul(H12, W12), [H12, W12]],
    ['H*(W/4)', mul(H12, floorDiv(W12, 4)), [H12, W12]],
    ['-H', mul(H12, -1), [H12, W12]],
  ])('%s under multiple_of', (text, d, [height = 0, width = 0]) => {
    expect(printDim(d)).toBe(text);
    expect(
      parseDim(
        text,
        new Map([
          ['H', height],
          ['W', width],
          ['N', N],
        ]),
      ),
    ).toEqual({ ok: true, value: d });
  });
});

test('units that have no exact inverse cancel in a product', () => {
  expect(printDim(mul(N7, N7))).toBe('N*N');
});

test('a printed dimension keeps its key at the limit of what the numerator can take in', () => {
  const d = add(floorDiv(H, 2 ** 30), 2 ** 30);
  expect(printDim(d)).toBe('H // 1073741824 + 1073741824');
  expect(keyOf(d)).toBe('+1073741824+1*⌊+1*H/1073741824⌋');
});
