import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { documentOf, found } from './found.ts';

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

describe('window/uneven-same', () => {
  const rule = 'window/uneven-same';

  test('at a stride it follows from the size: 224 with 3 by 2 needs 111·2 + 3 − 224 = 1, 225 needs 2', () => {
    const step = 'conv: { filters: 4, kernel: 3, stride: 2, padding: same }';
    expect(found(rule, { inputs: 'x: [N, 224, 225, 3]', step })).toEqual([
      '`same` pads the map of this conv by 0 before and 1 after',
    ]);
    expect(found(rule, { inputs: 'x: [N, 225, 225, 3]', step })).toEqual([]);
    expect(found(rule, { inputs: 'x: [N, H, W, 3]', step })).toEqual([]);
  });

  test('an even kernel at stride 1 pads unevenly at every size, and the other way round with same_lower', () => {
    const step = 'max_pool: { kernel: 2, stride: 1, padding: same_lower }';
    expect(found(rule, { inputs: 'x: [N, H, W, 3]', step })).toEqual([
      '`same` pads the map of this max_pool by 1 before and 0 after',
    ]);
  });

  test('what holds at every size is written by --fix, what holds at this one by --fix-unsafe', () => {
    const fixOf = (step: string) => {
      const text = documentOf({ inputs: 'x: [N, 8, 8, 3]', step });
      const { diagnostics } = lint(text, { settingsFor: () => settingsOf(['strict']) });
      const fix = diagnostics.find(({ name }) => name === rule)?.fix;
      return [fix?.safety, fix?.title];
    };
    expect(fixOf('conv: { filters: 4, kernel: 2, padding: same }')).toEqual([
      'safe',
      'write `padding: [[0, 1], [0, 1]]`',
    ]);
    expect(fixOf('conv: { filters: 4, kernel: 3, stride: 2, padding: same }')).toEqual([
      'unsafe',
      'write `padding: [[0, 1], [0, 1]]`',
    ]);
  });

  test('a step of a block that pads differently from call to call is found and not repaired', () => {
    const rest = `blocks:
  down:
    - conv: { filters: 4, kernel: 3, stride: 2, padding: same }
      name: conv
network:
  - down:
    name: first
  - down:
    name: second`;
    // 10 → 5: 4·2 + 3 − 10 = 1; 5 → 3: 2·2 + 3 − 5 = 2.
    const text = documentOf({ inputs: 'x: [N, 10, 10, 3]', rest });
    const { diagnostics } = lint(text, { settingsFor: () => settingsOf(['strict']) });
    const said = diagnostics.filter(({ name }) => name === rule);
    expect(said.map(({ fix, notes }) => [fix, notes])).toEqual([[undefined, []]]);
  });
});

describe('window/mixed-borders', () => {
  const rule = 'window/mixed-borders';
  const three = (first: string, second: string, third: string) =>
    `network:\n${[first, second, third].map((padding, i) => `  - conv: { filters: 4, kernel: 3, stride: 2, padding: ${padding} }\n    name: c${i}`).join('\n')}`;

  test('the fewer are reported, with one of the others', () => {
    const inputs = 'x: [N, 32, 32, 3]';
    expect(found(rule, { inputs, rest: three('half', 'same', 'half') })).toEqual([
      'this conv pads its map of 16 by 0 before and 1 after, while `c0` pads by 1 and 1: the sizes are those of one rule, the windows are shifted',
    ]);
  });

  test('nothing where one rule holds, or where both rules say the same', () => {
    expect(found(rule, { inputs: 'x: [N, 32, 32, 3]', rest: three('half', '1', '1') })).toEqual([]);
    // 31 → 16 → 8 → 4: of 31, `same` takes 15·2 + 3 − 31 = 2, one on each side, as `half` does.
    expect(found(rule, { inputs: 'x: [N, 31, 31, 3]', rest: three('half', 'same', 'same') })).toEqual([]);
  });
});

describe('window/wide-pool-padding', () => {
  const rule = 'window/wide-pool-padding';
  const pool = (attributes: string) =>
    found(rule, { inputs: 'x: [N, 9, 9, 3]', step: `max_pool: { ${attributes} }` });

  test('more than half of the window on one side; half of it is taken by PyTorch', () => {
    expect(pool('kernel: 3, stride: 2, padding: [[0, 2], [0, 0]]')).toEqual([
      'this max_pool pads by 2, and half of its window of 3 is 1: PyTorch refuses it',
    ]);
    expect(pool('kernel: 4, stride: 2, padding: 2')).toEqual([]);
    expect(pool('kernel: 2, stride: 4, padding: same')).toEqual([]);
  });
});

describe('window/clipped-ceil', () => {
  test("the pooling of pytorch/pytorch#57178's kind: ⌈(16 − 1)/2⌉ + 1 = 9, of which the ninth begins at 16", () => {
    const step = 'max_pool: { kernel: 1, stride: 2, ceil: true }';
    expect(found('window/clipped-ceil', { inputs: 'x: [N, 16, 16, 3]', step })).toEqual([
      'this max_pool gives 8; rounded up without a look at where the last window begins it would be 9',
    ]);
    expect(found('window/clipped-ceil', { inputs: 'x: [N, 17, 17, 3]', step })).toEqual([]);
  });
});

describe('window/transposed-size', () => {
  const rule = 'window/transposed-size';
  const up = (attributes: string, shape = '[N, 7, 7, 3]') =>
    found(rule, { inputs: `x: ${shape}`, step: `conv_transpose: { filters: 4, ${attributes} }` });

  test("PyTorch's (input − 1)·stride + kernel − 2·padding below input·stride", () => {
    expect(up('kernel: 3, stride: 2, padding: 1')).toEqual([
      'this conv_transpose makes 13 of 7, 1 less than times 2',
    ]);
    expect(up('kernel: 4, stride: [1, 2], padding: [0, 2]', '[N, H, W, 3]')).toEqual([
      'this conv_transpose makes 2*W - 2 of W, 2 less than times 2',
    ]);
  });

  test('nothing where it is full, larger, or said', () => {
    expect(up('kernel: 4, stride: 2, padding: 1')).toEqual([]);
    expect(up('kernel: 4, stride: 1')).toEqual([]);
    expect(up('kernel: 3, stride: 2, padding: same')).toEqual([]);
    expect(up('kernel: 2, stride: 3')).toEqual([]);
    expect(up('kernel: 3, stride: 2, padding: 1, output_padding: 0')).toEqual([]);
  });
});

describe('window/input-multiple', () => {
  const rule = 'window/input-multiple';
  const unet = (size: string, steps: readonly string[]) =>
    found(rule, {
      inputs: `x: [N, ${size}, ${size}, 3]`,
      rest: `network:\n${steps.map((s) => `  - ${s}`).join('\n')}`,
    });
  const down = 'max_pool: { kernel: 2, stride: 2 }';
  const up = 'resize: { method: nearest, corners: half_pixel, scale: 2 }';

  test('two halvings: a multiple of 4, said at the join that asks for the most', () => {
    const steps = [`${down}\n    name: half`, down, up, 'concat: [_, half]', up, 'concat: [_, x]'];
    expect(unet('32', steps)).toEqual([
      'this concat fits at 32 in the shape of `x`; the nearest sizes at which the network fits are 28 and 36',
    ]);
  });

  test('nothing where the size is open, as the compiler says it, where any size fits, and where one size is held fast', () => {
    expect(unet('32', ['conv: { filters: 3, kernel: 3, padding: same }', 'add: [_, x]'])).toEqual([]);
    expect(unet('32', [down, up, 'concat: [_, x]', 'reshape: [_, 1024, 6]'])).toEqual([]);
  });

  test('the U-Net of the paper: every pooling halves an even side, of 572 as of 572 ± 16', () => {
    // 572 − 4 = 568, 284 − 4 = 280, 140 − 4 = 136, 68 − 4 = 64: four halvings, so steps of 2⁴.
    const { diagnostics } = lint(readFileSync('specs/unet.yaml', 'utf8'), {
      name: 'specs/unet.yaml',
      settingsFor: () => settingsOf(['strict']),
    });
    const said = diagnostics.filter(({ name }) => name === rule);
    expect(said.map(({ params }) => [params.given, params.sizes])).toEqual([[572, [556, 588]]]);
  });
});
