import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { documentOf, found, type Small } from './found.ts';

describe('window/shifted-branches', () => {
  const rule = 'window/shifted-branches';
  const ways = (all: readonly string[], input = '[N, 32, 32, 8]'): Small => ({
    inputs: `x: ${input}`,
    rest: `network:\n  - branches:\n${all.map((way, i) => `      ${'abcd'[i]}: [${way}]\n`).join('')}    merge: concat\n    name: joined`,
  });
  const joined = (all: readonly string[], input?: string) => found(rule, ways(all, input));
  const conv = (attributes: string) => `{ conv: { filters: 8, ${attributes} } }`;
  const repairs = (all: readonly string[], input?: string) => {
    const text = documentOf(ways(all, input));
    const { diagnostics } = lint(text, { settingsFor: () => settingsOf(['strict']) });
    return diagnostics.filter(({ name }) => name === rule).map(({ help }) => help);
  };

  test('a 1x1 shortcut beside a 3x3 window at stride 2: apart with `same` at an even size, together with `half`', () => {
    const pair = (padding: string, input?: string) =>
      joined([conv('kernel: 1, stride: 2'), conv(`kernel: 3, stride: 2, padding: ${padding}`)], input);
    expect(pair('same')).toEqual([
      'this concat joins maps that lie 1 row of `x` apart: position 0 of `joined/a/conv` over row 0, that of `joined/b/conv` over row 1',
    ]);
    expect(pair('half')).toEqual([]);
    expect(pair('same', '[N, 33, 33, 8]')).toEqual([]);
  });

  test('one axis and three, and what is apart along the width only', () => {
    const pair = [conv('kernel: 1, stride: 2'), conv('kernel: 3, stride: 2, padding: same')];
    expect(joined(pair, '[N, 32, 8]')[0]).toContain('1 position of `x` apart');
    expect(joined(pair, '[N, 33, 32, 33, 8]')[0]).toContain('1 row of `x` apart');
    expect(joined(pair, '[N, 33, 32, 8]')[0]).toContain('1 column of `x` apart');
  });

  test('the repair is a padding that keeps the size, of the windows that only one of the ways has', () => {
    const narrow = conv('kernel: 1, stride: 2');
    const wide = conv('kernel: 3, stride: 2, padding: same');
    // 16 windows of 3 by 2 span 33 positions: one more than 32, which `same` puts at the end.
    expect(repairs([narrow, wide])).toEqual([
      '`padding: [[1, 0], [1, 0]]` in `joined/b/conv` puts both over each other',
    ]);
    expect(repairs([narrow, wide], '[N, 32, 33, 8]')).toEqual([
      '`padding: [[1, 0], [1, 1]]` in `joined/b/conv` puts both over each other',
    ]);
    // Behind it a norm, and a window whose positions are 2 pixels apart, which one pixel does not move.
    const behind = [wide, '{ batch_norm: {} }', conv('kernel: 3, padding: same')].join(', ');
    expect(repairs([narrow, behind])).toEqual([
      '`padding: [[1, 0], [1, 0]]` in `joined/b/conv` puts both over each other',
    ]);
    // A crop of the end pads nothing: the other way would have to begin 1 before its map, which makes it larger.
    expect(repairs([conv('kernel: 3'), '{ crop: { cropping: [[0, 2], [1, 1]] } }'])).toEqual([
      'pad and round alike in both, or begin one of them with a `crop` or `pad` at one end',
    ]);
  });

  test('what is written as the repair is the repair', () => {
    for (const repaired of ['[[1, 0], [1, 0]]', '[[1, 1], [1, 0]]']) {
      const wide = conv(`kernel: 3, stride: 2, padding: ${repaired}`);
      expect(joined([conv('kernel: 1, stride: 2'), wide])).toEqual([]);
    }
  });

  test('of three ways the one that is apart is named second', () => {
    const pool = '{ max_pool: { kernel: 3, stride: 2, ceil: true } }';
    const even = conv('kernel: 3, stride: 2, padding: 1');
    const said =
      'this concat joins maps that lie 1 row of `x` apart: position 0 of `joined/b/conv` over row 0, that of `joined/a/max_pool` over row 1';
    expect(joined([pool, even, even])).toEqual([said]);
  });

  test('maps whose positions are unlike distances apart', () => {
    expect(joined([conv('kernel: 1, stride: 2'), '{ crop: { cropping: 8 } }'])).toEqual([
      'this concat joins maps whose positions lie 2 and 1 rows of `x` from one to the next: `joined/a/conv` and `joined/b/crop`',
    ]);
    const resized = '{ resize: { method: bilinear, corners: align, size: [16, 16] } }';
    expect(joined([conv('kernel: 1, stride: 2'), resized])).toEqual([]);
  });

  test('causal windows look back on purpose, also where others follow', () => {
    const back = conv('kernel: 2, dilation: 4, padding: causal');
    expect(joined([back, ''], '[N, 32, 8]')).toEqual([]);
    expect(joined([`${back}, ${conv('kernel: 3, padding: same')}`, ''], '[N, 32, 8]')).toEqual([]);
  });

  test('slices choose their part: every second row beside those between, a series beside itself a step later', () => {
    const phase = (from: number) => `{ slice: { axis: 1, from: ${from}, step: 2 } }`;
    expect(joined([phase(0), phase(1)])).toEqual([]);
    expect(
      joined(['{ slice: { axis: 1, from: 1 } }', '{ slice: { axis: 1, to: -1 } }'], '[N, 32, 8]'),
    ).toEqual([]);
    // What comes behind them is no choice of theirs.
    const rest = `network:
  - branches: { even: [${phase(0)}], odd: [${phase(1)}] }
    merge: concat
  - branches: { narrow: [${conv('kernel: 1, stride: 2')}], wide: [${conv('kernel: 3, stride: 2, padding: same')}] }
    merge: concat
    name: apart`;
    expect(found(rule, { inputs: 'x: [N, 32, 33, 8]', rest })).toEqual([
      // Position 0 has its centre on row 0 or, by the odd rows, on row 1; behind the wide window it is 2 rows further.
      'this concat joins maps that lie 2 rows of `x` apart: position 0 of `apart/narrow/conv` over row 0, that of `apart/wide/conv` over row 2',
    ]);
  });

  test('resizing is allowed half a position', () => {
    const up = '{ resize: { method: bilinear, corners: half_pixel, scale: 2 } }';
    expect(joined([`${conv('kernel: 3, stride: 2, padding: half')}, ${up}`, ''])).toEqual([]);
    // Two maps of stride 2 and 4 on the first pixel of 2 and 4: enlarged, each is half a position from the next larger.
    const down = 'conv: { filters: 8, kernel: 3, stride: 2, padding: half }';
    const rest = `network:
  - ${down}
    name: half
  - ${down}
  - resize: { method: nearest, corners: half_pixel, scale: 2 }
  - concat: [_, half]
  - resize: { method: nearest, corners: half_pixel, scale: 2 }
  - concat: [_, x]`;
    expect(found(rule, { inputs: 'x: [N, 32, 32, 8]', rest })).toEqual([]);
  });

  test('parts that are laid beside each other do not meet, and of what any position is read of nothing is known', () => {
    const beside = `network:
  - branches: { a: [{ slice: { axis: 1, from: 3 } }], b: [{ slice: { axis: 1, to: 3 } }] }
    merge: { concat: { axis: 1 } }`;
    expect(found(rule, { inputs: 'x: [N, 32, 32, 8]', rest: beside })).toEqual([]);
    expect(joined(['{ roll: { axes: 1, by: 3 } }', ''])).toEqual([]);
  });

  test('a crop that is not in the middle', () => {
    expect(joined([conv('kernel: 3'), '{ crop: { cropping: 1 } }'])).toEqual([]);
    expect(joined([conv('kernel: 3'), '{ crop: { cropping: [[0, 2], [1, 1]] } }'])).toEqual([
      'this concat joins maps that lie 1 row of `x` apart: position 0 of `joined/a/conv` over row 1, that of `joined/b/crop` over row 0',
    ]);
  });
});

describe('window/receptive-field', () => {
  const rule = 'window/receptive-field';
  const series = (dilations: readonly number[], length: number) =>
    found(rule, {
      inputs: `x: [N, ${length}, 4]`,
      rest: `network:\n${dilations.map((d) => `  - conv: { filters: 4, kernel: 2, dilation: ${d}, padding: causal }`).join('\n')}\n  - global_avg_pool`,
    });

  test('dilations 1, 2, 4, 8 of a kernel of 2 reach 16 steps back, as in WaveNet', () => {
    expect(series([1, 2, 4, 8], 17)).toEqual([
      'a position of `conv_4`, which is gathered here, sees 16 of the 17 positions of `x`',
    ]);
    expect(series([1, 2, 4, 8], 16)).toEqual([]);
  });

  test('a branch that weighs channels by the whole map sees all', () => {
    const rest = `network:
  - conv: { filters: 4, kernel: 3, padding: same }
    name: conv
  - global_avg_pool: { keepdims: true }
  - multiply: [conv, _]
  - global_avg_pool`;
    expect(found(rule, { inputs: 'x: [N, 32, 32, 3]', rest })).toEqual([]);
  });
});
