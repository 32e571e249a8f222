import { describe, expect, test } from 'vitest';
import { lines, report } from './report.ts';

/** One convolution, 3x3 from 3 to 32 channels without bias: 864 weights, 864 multiply-adds for each position. */
function claiming(claim: string, dims = ''): string[] {
  return report(
    lines(`
inception: 1
name: net
inputs: { image: [N, H, W, 3] }
network:
  - conv: { filters: 32, kernel: 3, padding: same, bias: false }
    name: c
expect: { ${claim} }
${dims}`),
  );
}

/** A dense layer of 1234·1001 = 1,235,234 weights. */
function dense(claim: string): string[] {
  return report(
    lines(`
inception: 1
name: net
inputs: { x: [N, 1234] }
network:
  - dense: { units: 1001, bias: false }
expect: { ${claim} }
`),
  );
}

describe('a claimed count that holds', () => {
  test.each([
    'macs: 864*H*W',
    'macs: H * 864 * W',
    "macs: '$(800 + 64) * H * W'",
    'parameters: 864',
    "parameters: '<= 864'",
    "parameters: '<= 1k'",
    "parameters: '<=0.9k'",
    "parameters: { total: '0.86k' }",
    'depth: 1',
    "depth: '<= 3'",
    "macs: '<= 1000*H*W'",
  ])('%s', (claim) => {
    expect(claiming(claim)).toEqual([]);
  });

  // 1234 · 1001 = 1,235,234
  test.each([
    "parameters: '1.2M'",
    "parameters: '1.24M'",
    "parameters: '1.235 M'",
    "parameters: '1235k'",
    "parameters: '1235.234K'",
    "parameters: '0.0012G'",
    "parameters: '0.0012B'",
    "macs: '1.24M'",
  ])('%s of 1,235,234', (claim) => {
    expect(dense(claim)).toEqual([]);
  });

  test('half of the last digit rounds either way', () => {
    const weights = (units: number, claim: string) =>
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 10] }
network: [ dense: { units: ${units}, bias: false } ]
expect: { parameters: ${claim} }
`),
      );
    // 12,450: 12.4k or 12.5k, not 12.3k; 12,460 is 12.5k only
    expect(weights(1245, "'12.4k'")).toEqual([]);
    expect(weights(1245, "'12.5k'")).toEqual([]);
    expect(weights(1246, "'12.4k'")).toEqual([
      '5:23 INC302 trainable parameters: 12,460, not 12.4k as claimed (+60)',
    ]);
  });
});

describe('a claimed count that does not hold', () => {
  test.each([
    ["parameters: '1.25M'", '6:23 INC302 trainable parameters: 1,235,234, not 1.25M as claimed (−14,766)'],
    [
      "parameters: '<= 1.2M'",
      '6:23 INC302 trainable parameters: 1,235,234, not <= 1.2M as claimed (+35,234)',
    ],
    ["macs: '<= 1235233'", '6:17 INC302 multiply-adds: 1,235,234, not <= 1235233 as claimed (+1)'],
    ["depth: '<= 0'", '6:18 INC302 depth: 1, not <= 0 as claimed (+1)'],
  ])('%s', (claim, said) => {
    expect(dense(claim)).toEqual([said]);
  });

  test('at any size', () => {
    expect(claiming('macs: 864*H*W + 1')).toEqual([
      '7:17 INC302 multiply-adds: 864*H*W, not 864*H*W + 1 as claimed (−1)',
    ]);
    expect(claiming("macs: '<= 863'")).toEqual([
      '7:17 INC302 multiply-adds: 864*H*W, not <= 863 as claimed (the difference is 864*H*W - 863)',
    ]);
  });
});

describe('a claimed count that holds at some sizes', () => {
  const help = '  help: state the sizes you mean under `dims`, or claim it in terms of the symbols';

  test('is a warning', () => {
    expect(claiming('macs: 864*H*W - H + 5')).toEqual([
      '7:17 INC304 the number of multiply-adds is 864*H*W, which is 864*H*W - H + 5 only where H == 5',
      help,
    ]);
    // 864·190·31 = 5,088,960
    expect(claiming("macs: '<= 5M'")).toEqual([
      '7:17 INC304 the number of multiply-adds is 864*H*W, which is not <= 5M at H = 190, W = 31',
      help,
    ]);
  });

  test('is an error where `dims` declares a symbol that decides it', () => {
    expect(claiming("macs: '<= 5M'", 'dims: { H: { min: 100 }, W: { min: 100 } }\n')).toEqual([
      '7:17 INC302 multiply-adds: 864*H*W, not <= 5M as claimed (the difference is 864*H*W - 5000000)',
    ]);
    expect(claiming('macs: 8640*W', 'dims: { H: { min: 4 } }\n')).toEqual([
      '7:17 INC310 the number of multiply-adds is 864*H*W, which is not 8640*W at H = 4, W = 1',
      '  help: narrow the sizes under `dims` to those you mean, or claim it in terms of the symbols',
    ]);
  });

  test('for a shape, too', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, H, 3] }
dims: { H: { min: 4 } }
network:
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, 4, 3]
`);
    expect(report(text)).toEqual([
      '7:13 INC310 max_pool is [N, H // 2, 3], which is [N, 4, 3] only where H in 8..9',
      '  note: x H → max_pool (max_pool 2 /2 valid) H // 2',
      '  help: narrow the sizes under `dims` to those you mean, or claim it in terms of the symbols',
    ]);
  });
});

describe('a claimed count that cannot be read', () => {
  const forms =
    'must be a whole number, a rounded one such as 42.7M, a formula such as 864*H*W, or a bound such as <= 5M';

  test.each([
    [
      'parameters: many',
      `7:23 INC104 the claimed \`trainable\` ${forms}, not "many": no symbol is called \`many\``,
    ],
    ["macs: '5.5'", `7:17 INC104 the claimed \`macs\` ${forms}, not "5.5": \`.\` has no meaning here`],
    [
      "macs: '864*H*'",
      `7:17 INC104 the claimed \`macs\` ${forms}, not "864*H*": it ends where a number or a symbol is expected`,
    ],
    [
      "macs: '<='",
      `7:17 INC104 the claimed \`macs\` ${forms}, not "<=": it ends where a number or a symbol is expected`,
    ],
    ["macs: 'H / 0'", `7:17 INC104 the claimed \`macs\` ${forms}, not "H / 0": it divides by 0`],
    ["macs: '1.2345k'", '7:17 INC104 the claimed `macs` has more digits than `1.2345k` can count'],
    [
      "macs: '99999999G'",
      '7:17 INC104 the claimed `macs` is beyond 2^53, where whole numbers are no longer exact',
    ],
    ["macs: '1 - 5'", '7:17 INC104 the claimed `macs` must not be negative'],
    ['macs: $(1 / 2)', '7:17 INC104 the claimed `macs` must be a whole number, not 0.5'],
    [
      'macs: 1.5',
      '7:17 INC104 `macs` must be a whole number, or text such as 42.7M, 864*H*W or <= 5M, not 1.5',
    ],
    ['macs: -1', '7:17 INC104 `macs` must be at least 0, not -1'],
    [
      'parameters: [5]',
      '7:23 INC104 `parameters` must be a whole number, or text such as 42.7M, 864*H*W or <= 5M (the trainable ones), or { trainable, non_trainable, total }, not [5]',
    ],
  ])('%s', (claim, said) => {
    expect(claiming(claim)).toEqual([said]);
  });
});
