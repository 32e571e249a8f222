import { describe, expect, test } from 'vitest';
import { found } from './found.ts';

describe('window/lost-pixels', () => {
  const lossOf = (shape: string, step: string) =>
    found('window/lost-pixels', { inputs: `x: ${shape}`, step });

  test('axes that lose the same are said together, others apart', () => {
    // (10 − 3) % 2 = 1, (11 − 3) % 2 = 0; of 5 over 10 by 2, 2·2 + 5 = 9 are read, of 5 over 20 by 4, 3·4 + 5 = 17.
    expect(lossOf('[N, 10, 10, 3]', 'max_pool: { kernel: 3, stride: 2 }')).toEqual([
      'this max_pool never reads the last 1 of 10 rows and columns',
    ]);
    expect(lossOf('[N, 10, 11, 3]', 'max_pool: { kernel: 3, stride: 2 }')).toEqual([
      'this max_pool never reads the last 1 of 10 rows',
    ]);
    expect(lossOf('[N, 10, 20, 3]', 'max_pool: { kernel: 5, stride: [2, 4] }')).toEqual([
      'this max_pool never reads the last 1 of 10 rows and 3 of 20 columns',
    ]);
  });

  test('one axis and three, and channels first', () => {
    expect(lossOf('[N, 10, 3]', 'conv: { filters: 4, kernel: 3, stride: 2 }')).toEqual([
      'this conv never reads the last 1 of 10 positions',
    ]);
    expect(lossOf('[N, 10, 9, 9, 3]', 'conv: { filters: 4, kernel: 3, stride: 2 }')).toEqual([
      'this conv never reads the last 1 of 10 slices',
    ]);
    const inputs = 'x: [N, 3, 10, 9]';
    expect(
      found('window/lost-pixels', { channels: 'first', inputs, step: 'max_pool: { kernel: 3, stride: 2 }' }),
    ).toEqual(['this max_pool never reads the last 1 of 10 rows']);
  });

  test('nothing where padding alone is left over, where the size is open, and where gaps are meant', () => {
    // ResNet's stem: of 224 + 2·3 the last of the padding is left over.
    expect(lossOf('[N, 224, 224, 3]', 'conv: { filters: 64, kernel: 7, stride: 2, padding: 3 }')).toEqual([]);
    expect(lossOf('[N, H, W, 3]', 'max_pool: { kernel: 3, stride: 2 }')).toEqual([]);
    expect(lossOf('[N, 10, 10, 3]', 'conv: { filters: 4, kernel: 1, stride: 2 }')).toEqual([]);
  });
});
