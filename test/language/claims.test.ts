import { describe, expect, test } from 'vitest';
import { lines, network, report } from './report.ts';

describe('claims on shapes', () => {
  test('that hold: numbers, symbols, expressions, `_`, several values', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: 4 }
inputs: { x: [N, H, 8, 3] }
network:
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, H // 2, "8 // 2", 3]
  - conv: { filters: $w, kernel: 1 }
    expect: { shape: [_, _, 4, $w] }
  - branches: [[relu], [tanh]]
    merge: none
    expect: [[N, _, 4, 4], [N, _, 4, $(w)]]
  - concat:
    expect: [N, _, 4, "2 * 4"]
expect: { outputs: { concat: [N, _, 4, 8] } }
`),
      ),
    ).toEqual([]);
  });

  test('that fail, with the way to the size and the defaults that decided it', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 299, 299, 3] }
defaults: { conv: { padding: same, kernel: 3 } }
network:
  - conv: { filters: 32, stride: 2 }
    name: conv_1
    expect: [N, 149, 149, 32]
  - conv: { filters: 32, padding: valid }
    name: conv_2
    expect: [N, 147, 147, 32]
`),
      ),
    ).toEqual([
      '8:13 INC301 conv_1 is [N, 150, 150, 32], not [N, 149, 149, 32] as claimed',
      '  note: x 299 → conv_1 (3x3 32 /2 same) 150',
      '  see 4:21: `padding` of conv_1 comes from these defaults',
      '  help: with `padding: valid` at conv_1 it is [N, 149, 149, 32]',
      '11:13 INC301 conv_2 is [N, 148, 148, 32], not [N, 147, 147, 32] as claimed',
      '  note: x 299 → conv_1 (3x3 32 /2 same) 150 → conv_2 (3x3 32 valid) 148',
      '  see 4:21: `padding` of conv_1 comes from these defaults',
      '  see 4:36: `kernel` of conv_2 comes from these defaults',
    ]);
  });

  test('with another rank', () => {
    expect(
      report(
        network(`
  - global_avg_pool:
    expect: [N, 1, 1, 3]
`),
      ),
    ).toEqual(['6:13 INC301 global_avg_pool is [N, 3], not [N, 1, 1, 3] as claimed']);
  });

  test('with another number of values', () => {
    expect(
      report(
        network(`
  - branches: [[relu], [tanh]]
    merge: none
    name: pair
    expect: [N, 8, 8, 3]
  - add:
    name: sum
    expect: [[N, 8, 8, 3], [N, 8, 8, 3]]
`),
      ),
    ).toEqual([
      '8:13 INC104 `expect` claims 1 shape, but pair has 2 values',
      '11:13 INC104 `expect` claims 2 shapes, but sum has 1 value',
    ]);
  });

  test('of several values, each on its own', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [{ dense: 4 }] }
    merge: none
    expect: [[N, 8, 8, 3], [N, 8, 8, 3]]
`),
      ),
    ).toEqual([
      '7:13 INC301 b/dense is [N, 8, 8, 4], not [N, 8, 8, 3] as claimed',
      '  note: x 3 → b/dense (dense 4) 4',
    ]);
  });

  test('that hold at some sizes only', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, 3] }
network:
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, 4, 3]
`),
      ),
    ).toEqual([
      '6:13 INC304 max_pool is [N, H // 2, 3], which is [N, 4, 3] only where H in 8..9',
      '  note: x H → max_pool (max_pool 2 /2 valid) H // 2',
      '  help: state the sizes you mean under `dims`, or claim it in terms of the symbols',
    ]);
  });

  test('what is never so is said before what is so at some sizes', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, 3] }
network:
  - relu:
    expect: [N, 4, 5]
`),
      ),
    ).toEqual(['6:13 INC301 relu is [N, H, 3], not [N, 4, 5] as claimed', '  note: x 3']);
  });

  test('of an output', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - dense: 4
outputs: { logits: dense }
expect: { outputs: { logits: [N, 5], other: [N] } }
`),
      ),
    ).toEqual([
      '7:30 INC301 logits is [N, 4], not [N, 5] as claimed',
      '  note: x 3 → dense (dense 4) 4',
      '7:45 INC130 there is no output `other` here',
      '  help: known here: logits',
    ]);
  });

  test('of outputs that are left out: not checked', () => {
    const text = lines(`
inception: 1
name: net
params: { all: false }
inputs: { x: [N, 3] }
network:
  - dense: 4
    name: side
    when: $all
  - dense: 2
    name: main
outputs: { y: main, part_$i: { from: main, repeat: 2, when: $all }, z: side }
expect: { outputs: { y: [N, 2], part_1: [N, 3], z: [N, 5] } }
`);
    expect(report(text)).toEqual([]);
    expect(report(text.replace('{ y: main, part_$i', '[main, side] #'))).toEqual([
      '12:25 INC130 there is no output `y` here',
      '  help: known here: main',
      '12:41 INC130 there is no output `part_1` here',
      '  help: known here: main',
      '12:52 INC130 there is no output `z` here',
      '  help: known here: main',
    ]);
    const listed = text
      .replace(/outputs: \{ y: main.*/, 'outputs: [main, side]')
      .replace(/expect:.*/, 'expect: { outputs: { side: [N, 5] } }');
    expect(report(listed)).toEqual([]);
    expect(report(listed, { set: { all: true } })[0]).toBe(
      '12:28 INC301 side is [N, 4], not [N, 5] as claimed',
    );
  });

  test('of a repeat: every copy, in terms of its names', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - dense: $(4 + i)
    repeat: 3
    name: d
    expect: [N, $(4 + i)]
  - dense: $(4 + i)
    repeat: 3
    name: e
    expect: [N, 5]
`),
      ),
    ).toEqual([
      '12:13 INC301 e_0 is [N, 4], not [N, 5] as claimed',
      '  note: x 3 → d_0 (dense 4) 4 → d_1 (dense 5) 5 → d_2 (dense 6) 6 → e_0 (dense 4) 4',
      '12:13 INC301 e_2 is [N, 6], not [N, 5] as claimed',
      '  note: x 3 → d_0 (dense 4) 4 → d_1 (dense 5) 5 → d_2 (dense 6) 6 → e_0 (dense 4) 4 → e_1 (dense 5) 5 → e_2 (dense 6) 6',
    ]);
  });

  test('of a block, and of its call', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    params: { w: 4 }
    expect: [N, $(w + 1)]
    steps: [ dense: $w ]
network:
  - b:
    expect: [N, 6]
`),
      ),
    ).toEqual([
      '7:13 INC301 b is [N, 4], not [N, 5] as claimed',
      '  note: x 3 → b/dense (dense 4) 4',
      '  see 10:5: in the call of block `b`',
      '11:13 INC301 b is [N, 4], not [N, 6] as claimed',
      '  note: x 3 → b/dense (dense 4) 4',
    ]);
  });
});

describe('the repair', () => {
  test('another padding of the last window', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 3 }
    name: c
  - relu:
    expect: [N, 8, 8, 4]
`),
      ),
    ).toEqual([
      '8:13 INC301 relu is [N, 6, 6, 4], not [N, 8, 8, 4] as claimed',
      '  note: x 8 → c (3x3 4 valid) 6',
      '  help: with `padding: same` at c it is [N, 8, 8, 4]',
    ]);
  });

  test('only where it makes the whole claim true', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 3 }
    name: c
    expect: [N, 8, 8, 5]
`),
      ),
    ).toEqual([
      '7:13 INC301 c is [N, 6, 6, 4], not [N, 8, 8, 5] as claimed',
      '  note: x 8 → c (3x3 4 valid) 6',
    ]);
  });

  test('only a padding that the op has', () => {
    expect(
      report(
        network(`
  - conv_transpose: { filters: 4, kernel: 4, stride: 2, padding: 1 }
    name: c
    expect: [N, 17, 17, 4]
`),
      ),
    ).toEqual([
      '7:13 INC301 c is [N, 16, 16, 4], not [N, 17, 17, 4] as claimed',
      '  note: x 8 → c (conv_transpose 4x4 4 /2 padding [[1,1],[1,1]]) 16',
    ]);
  });

  test('not past a merge', () => {
    expect(
      report(
        network(`
  - branches: [[{ conv: { filters: 4, kernel: 3 } }], [{ conv: { filters: 4, kernel: 3 } }]]
    merge: concat
    expect: [N, 8, 8, 8]
`),
      ),
    ).toEqual([
      '7:13 INC301 concat is [N, 6, 6, 8], not [N, 8, 8, 8] as claimed',
      '  note: x 8 → conv (3x3 4 valid) 6',
    ]);
  });

  test('with symbols', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, 3] }
network:
  - conv: { filters: 4, kernel: 3 }
    name: c
    expect: [N, H, 4]
`),
      ),
    ).toEqual([
      '7:13 INC301 c is [N, H - 2, 4], not [N, H, 4] as claimed',
      '  note: x H → c (3 4 valid) H - 2',
      '  help: with `padding: same` at c it is [N, H, 4]',
    ]);
  });
});

describe('claims on counts', () => {
  test('of steps', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 3, norm: batch_norm }
    name: c
    expect: { parameters: 119, macs: 3888 }
  - steps: [{ dense: 2 }, { dense: 2 }]
    expect: { parameters: { trainable: 16, non_trainable: 1, total: 15 } }
`),
      ),
    ).toEqual([
      '7:27 INC302 c: trainable parameters: 120, not 119 as claimed (+1)',
      '9:59 INC302 dense_2: non-trainable parameters: 0, not 1 as claimed (−1)',
      '9:69 INC302 dense_2: parameters: 16, not 15 as claimed (+1)',
    ]);
  });

  test('of the whole', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: 4, kernel: 3, norm: batch_norm }
  - flatten
  - dense: 2
expect: { parameters: { trainable: 411, non_trainable: 8, total: 420 }, macs: 4176, depth: 3 }
`),
      ),
    ).toEqual([
      '8:36 INC302 trainable parameters: 410, not 411 as claimed (−1)',
      '8:66 INC302 parameters: 418, not 420 as claimed (−2)',
      '8:92 INC302 depth: 2, not 3 as claimed (−1)',
    ]);
  });

  test('in terms of params, which must come out whole', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: 3 }
inputs: { x: [N, 3] }
network:
  - dense: $w
    expect: { parameters: $(w * w + w) }
  - dense: $w
    expect: { parameters: $(w / 2) }
`),
      ),
    ).toEqual(['9:27 INC104 the claimed `trainable` must be a whole number, not 1.5']);
  });

  test('of an unnamed structure: all that is in it', () => {
    expect(
      report(
        network(`
  - branches: { a: [{ dense: 2 }], b: [{ dense: 4 }] }
    merge: concat
    expect: { parameters: 24 }
  - residual: [{ dense: 6 }]
    expect: { parameters: 1 }
`),
      ),
    ).toEqual(['9:27 INC302 add: trainable parameters: 42, not 1 as claimed (+41)']);
  });
});

describe('claims that are not checked', () => {
  test('on shapes and counts, with other inputs', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
network:
  - relu:
    expect: [N, 8, 8, 4]
  - conv: { filters: 4, kernel: 1 }
    expect: { shape: [N, 1, 1, 1], parameters: 1 }
expect: { macs: 1, outputs: { conv: [N, 1, 1, 1] } }
`),
        { inputs: { x: [1, 9, 9, 3] } },
      ),
    ).toEqual(['- INC303 5 claims were not checked, because the inputs were changed from outside']);
  });

  test('on counts, with other params', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: 4 }
inputs: { x: [N, 3] }
network:
  - dense: $w
    expect: { shape: [N, 6], parameters: 1 }
expect: { parameters: 1 }
`),
        { set: { w: 5 } },
      ),
    ).toEqual([
      '- INC303 2 claims were not checked, because params or the end of the network were changed from outside',
      '7:13 INC301 dense is [N, 5], not [N, 6] as claimed',
      '  note: x 3 → dense (dense 5) 5',
    ]);
  });

  test('on counts, with another end', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - dense: 4
    name: d
    expect: [N, 5]
  - relu:
    expect: [N, 5]
expect: { parameters: 1 }
`),
        { until: 'd' },
      ),
    ).toEqual([
      '- INC303 1 claim was not checked, because params or the end of the network were changed from outside',
      '7:13 INC301 d is [N, 4], not [N, 5] as claimed',
      '  note: x 3 → d (dense 4) 4',
    ]);
  });

  test('those of the document, with a variant, which has its own', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: 4 }
variants: { s: { w: 2, expect: { parameters: 9 } } }
inputs: { x: [N, 3] }
network:
  - dense: $w
expect: { parameters: 1 }
`),
        { variant: 's' },
      ),
    ).toEqual(['4:46 INC302 trainable parameters: 8, not 9 as claimed (−1)']);
  });

  test('of a step of which the shape is not known', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 9 }
    expect: [N, 8, 8, 4]
  - relu:
    expect: [N, 8, 8, 4]
expect: { parameters: 1 }
`),
      ),
    ).toEqual([
      '5:5 INC204 the window is 9 high, but its input only 8: nothing would come out',
      '  help: it fits with 9 or more instead of 8 in the shape of `x`; this step needs 9 or more: use a smaller kernel, or a padding that keeps the size (`same`)',
    ]);
  });
});
