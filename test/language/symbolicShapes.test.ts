import { describe, expect, test } from 'vitest';
import { lines, report } from './report.ts';

/** What is said of these steps on open inputs; nothing where every claim in them is proved. */
function open(steps: string, dims = '', input = '[N, H, W, 16]'): string[] {
  return report(
    lines(`
inception: 1
name: net
inputs: { x: ${input} }
dims: {${dims}}
network:
${steps.replace(/^\n/, '').trimEnd()}
`),
  );
}

const pool = 'max_pool: { kernel: 3, stride: 2 }';

describe('closed forms that are easily rounded wrong', () => {
  test('a valid window of 3 by 2 gives (H - 3) // 2 + 1, which is not H / 2', () => {
    expect(open(`  - ${pool}\n    expect: [N, (H - 3) // 2 + 1, (W - 1) // 2, 16]`)).toEqual([]);
    expect(open(`  - ${pool}\n    expect: [N, H // 2, _, 16]`)).toEqual([
      '7:13 INC304 max_pool is [N, (H - 1) // 2, (W - 1) // 2, 16], which is [N, H // 2, _, 16] only where H % 2 == 1',
      '  note: x H → max_pool (max_pool 3x3 /2 valid) (H - 1) // 2',
      '  help: state the sizes you mean under `dims`, or claim it in terms of the symbols',
    ]);
  });

  test('even sizes do not help it: (H - 3) // 2 + 1 is H / 2 - 1 there', () => {
    expect(open(`  - ${pool}\n    expect: [N, H / 2 - 1, _, 16]`, ' H: { multiple_of: 2 } ')).toEqual([]);
    expect(open(`  - ${pool}\n    expect: [N, H / 2, _, 16]`, ' H: { multiple_of: 2 } ')[0]).toBe(
      '7:13 INC301 max_pool is [N, (H - 2)/2, (W - 1) // 2, 16], not [N, H/2, _, 16] as claimed',
    );
  });

  test('`same` with a stride of 2 gives ceil(H / 2), which is not H // 2 at odd sizes', () => {
    const step = '  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }\n    name: c\n';
    expect(open(`${step}    expect: [N, ceil(H / 2), (W + 1) // 2, 8]`)).toEqual([]);
    expect(open(`${step}    expect: [N, H // 2, _, 8]`)).toEqual([
      '8:13 INC304 c is [N, (H + 1) // 2, (W + 1) // 2, 8], which is [N, H // 2, _, 8] only where H % 2 == 0',
      '  note: x H → c (3x3 8 /2 same) (H + 1) // 2',
      '  help: state the sizes you mean under `dims`, or claim it in terms of the symbols',
    ]);
    expect(open(`${step}    expect: [N, H / 2, _, 8]`, ' H: { multiple_of: 2 } ')).toEqual([]);
  });

  test('five of them give (H + 31) // 32', () => {
    const step = '  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }\n';
    expect(open(`${step.repeat(5)}    expect: [N, (H + 31) // 32, ceil(W / 32), 8]`)).toEqual([]);
  });

  test('patches: a transformer reads (H // 16)*(W // 16) + 1 tokens', () => {
    const steps = `
  - conv: { filters: 8, kernel: 16, stride: 16 }
  - reshape: { shape: [N, -1, 8] }
    expect: [N, (H // 16)*(W // 16), 8]
  - pad: { padding: [[1, 0]] }
    expect: [N, (H // 16)*(W // 16) + 1, 8]`;
    expect(open(steps)).toEqual([]);
    expect(
      open(steps.replace(/\/\/ 16/g, '/ 16'), ' H: { multiple_of: 16 }, W: { multiple_of: 16 } '),
    ).toEqual([]);
  });
});

describe('U-Net of four levels', () => {
  const steps = (expected: string) => `
  - steps:
      - conv: { filters: 16, kernel: 3, padding: same }
        name: e$(i)
      - max_pool: { kernel: 2, stride: 2 }
    repeat: 4
  - steps:
      - conv_transpose: { filters: 16, kernel: 2, stride: 2 }
      - concat: [_, e$(3 - i)]
      - conv: { filters: 16, kernel: 3, padding: same }
    repeat: 4
    name: up_$(i)
  - relu:
    expect: ${expected}`;
  const input = '[N, H, 32, 16]';

  test('fits at multiples of 16', () => {
    expect(open(steps('[N, H, 32, 16]'), ' H: { multiple_of: 16 } ', input)).toEqual([]);
    expect(open(steps('[N, H, 32, 16]'), ' H: { multiple_of: 32 } ', input)).toEqual([]);
  });

  test('at others of 8 only the deepest join fails', () => {
    const said = open(steps('[N, _, 32, 16]'), ' H: { multiple_of: 8 } ', input);
    expect(said.filter((line) => line.includes('INC'))).toEqual([
      '13:9 INC215 `concat` needs 2*((H/8) // 2) and H/8 to be equal, but they differ at H = 24',
    ]);
    expect(said).toContain('  help: they are equal where H % 16 == 0: state the sizes you mean under `dims`');
  });

  test('at any size: a condition for each join, and none once the size is bound', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: ${input} }
network:${steps('[N, _, 32, 16]')}
`);
    expect(report(text).flatMap((line) => /INC230.*only where (.*)/.exec(line)?.[1] ?? [])).toEqual([
      'H % 16 < 8',
      'H % 16 < 4',
      'H % 16 < 2',
      'H % 16 == 0',
    ]);
    for (const k of [1, 2, 3, 7])
      expect(report(text, { inputs: { x: [1, 16 * k, 32, 16] } })).toEqual([
        '- INC303 1 claim was not checked, because the inputs were changed from outside',
      ]);
  });
});

describe('ops on open sizes are exact, or say why not', () => {
  test.each([
    ['flatten', '  - flatten:\n    expect: [N, 16*H*W]'],
    ['reshape, all but one given', '  - reshape: { shape: [N, -1] }\n    expect: [N, 16*H*W]'],
    ['reshape, the batch left open', '  - reshape: { shape: [-1, 16] }\n    expect: [N*H*W, 16]'],
    ['reshape to rows', '  - reshape: { shape: [N, -1, 16] }\n    expect: [N, H*W, 16]'],
    ['reshape by symbols', '  - reshape: { shape: [N, H * W, 4, 4] }\n    expect: [N, W*H, 4, 4]'],
    [
      'split by sizes',
      '  - split: { sizes: [1, -1], axis: 1 }\n    expect: [[N, 1, W, 16], [N, H - 1, W, 16]]',
    ],
    [
      'split in parts',
      '  - split: { parts: 4 }\n    expect: [[N, H, W, 4], [N, H, W, 4], [N, H, W, 4], [N, H, W, 4]]',
    ],
    [
      'resize by a ratio, rounded down',
      '  - resize: { method: nearest, corners: asymmetric, scale: 3/2 }\n    expect: [N, 3*H // 2, (3*W) // 2, 16]',
    ],
    ['space to depth', '  - depth_to_space: 2\n    expect: [N, 2*H, 2*W, 4]'],
    ['concat along an open axis', '  - concat: { axis: 1 }\n    from: [x, x]\n    expect: [N, 2*H, W, 16]'],
  ])('%s', (_, steps) => {
    expect(open(steps)).toEqual([]);
  });

  test.each([
    [
      'reshape by a number that does not divide',
      '  - reshape: { shape: [N, -1, 7] }',
      '6:5 INC218 `reshape` needs 7 to divide 16*H*W at every size, which does not follow',
    ],
    [
      'split of an axis in two',
      '  - split: { parts: 2, axis: 1 }',
      '6:5 INC218 `split` needs 2 to divide H at every size, which does not follow',
    ],
    [
      'blocks of two',
      '  - space_to_depth: 2',
      '6:5 INC218 `space_to_depth` needs 2 to divide H at every size, which does not follow',
    ],
    [
      'a dense layer on an open width',
      '  - flatten\n  - dense: 10',
      '7:5 INC208 the number of channels must be a number, but is 16*H*W',
    ],
  ])('%s', (_, steps, said) => {
    expect(open(steps)[0]).toBe(said);
  });

  test('what does not follow, follows from `dims`', () => {
    const dims = ' H: { multiple_of: 2 }, W: { multiple_of: 2 } ';
    expect(
      open('  - split: { parts: 2, axis: 1 }\n    expect: [[N, H / 2, W, 16], [N, H / 2, W, 16]]', dims),
    ).toEqual([]);
    expect(open('  - space_to_depth: 2\n    expect: [N, H / 2, W / 2, 64]', dims)).toEqual([]);
  });
});
