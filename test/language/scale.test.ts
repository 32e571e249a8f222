import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { lines, network, report } from './report.ts';

/** Generous: the tests are about what grows with the square of a size, which would take minutes. */
const timeout = 120_000;

describe('large networks', () => {
  test('of 100,000 nodes', { timeout }, () => {
    const { graph } = compile(network('  - relu:\n    repeat: 100000\n'));
    expect(graph?.nodes).toHaveLength(100_000);
  });

  test('of 20,000 nodes, through blocks and repeats on open sizes', { timeout }, () => {
    const { graph, diagnostics } = compile(
      lines(`
inception: 1
name: net
inputs: { x: [N, H, 8, 4] }
defaults: { conv: { padding: same, bias: false } }
blocks:
  unit:
    - conv: { filters: 4, kernel: 3, norm: batch_norm, activation: relu }
    - conv: { filters: 4, kernel: 1 }
    - relu
network:
  - steps: [ unit: ]
    repeat: 4000
    name: unit_$(i)
  - relu:
    expect: { shape: [N, H, 8, 4] }
`),
    );
    expect(diagnostics).toEqual([]);
    expect(graph?.nodes).toHaveLength(20_001);
    // a size that no node asks about is asked for by none
    expect(graph?.requirements).toEqual([]);
  });

  test('of 5,000 written steps', { timeout }, () => {
    const { graph } = compile(network('  - relu\n'.repeat(5000)));
    expect(graph?.nodes).toHaveLength(5000);
  });

  test('with 3,000 claims that fail, each with the end of the way to it', { timeout }, () => {
    const steps = '  - conv: { filters: 1, kernel: [3, 1] }\n    expect: [N, _, 8, 2]\n  - dense: 3\n';
    const { diagnostics } = compile(network(steps.repeat(1500)).replace('[N, 8, 8, 3]', '[N, 9000, 8, 3]'));
    expect(diagnostics).toHaveLength(1500);
    const [chain] = diagnostics.at(-1)?.chains ?? [];
    // 3 → 1 → 3 → … → 1: of 2,999 changes the last 24 are kept, beside the input
    expect(chain).toHaveLength(25);
    expect(chain?.[0]).toEqual({ name: 'x', how: '', size: '3', defaults: [], omitted: 2975 });
    expect(diagnostics.at(-1)?.notes[0]).toMatch(/^x 3 → … 2975 more → dense_\d+ \(dense 3\) 3 → /);
  });

  test('with 2,000 windows on open sizes, each asking for more', { timeout }, () => {
    const { graph } = compile(
      network('  - max_pool: { kernel: 2, stride: 1 }\n'.repeat(2000)).replace('[N, 8, 8, 3]', '[N, H, 3]'),
    );
    expect(graph?.leastSizes.at(-1)).toMatchObject({ symbol: 'H', min: 2001 });
    expect(graph?.requirements).toHaveLength(2000);
  });
});

describe('hostile text ends with an error, soon', () => {
  const head = 'inception: 1\nname: net\ninputs: { x: [N, 8, 8, 3] }\n';

  test.each([
    [
      'a repeat of a billion',
      `${head}network: [ { relu: , repeat: 1000000000 } ]\n`,
      '4:30 INC104 `repeat` must be a whole number from 0 to 120000, not 1000000000',
    ],
    [
      'blocks that double forty times',
      `${head}blocks:\n  b0: []\n${Array.from({ length: 40 }, (_, i) => `  b${i + 1}: [b${i}, b${i}]\n`).join('')}network: [b40]\n`,
      '46:11 INC143 the network has more than 500000 steps',
    ],
    [
      'a block without an end, a param shrinking',
      `${head}blocks: { b: { params: { n: 5 }, steps: [ { b: { n: $(n - 1) }, when: $(n > 0) } ] } }\nnetwork: [b]\n`,
      '4:45 INC133 the block calls itself: b → b',
    ],
    [
      'sizes that double',
      `${head}network:\n  - concat: [_, _]\n    repeat: 80\n`,
      '5:5 INC212 the number of elements of [N, 8, 8, 211106232532992] goes beyond 2^53, where whole numbers are no longer exact',
    ],
    [
      'open sizes that double',
      `${head.replace('[N, 8, 8, 3]', '[N, H, 3]')}network:\n  - concat: { axis: 1 }\n    from: [_, _]\n    repeat: 80\n`,
      '5:5 INC212 a dimension of `concat` goes beyond 2^53, where whole numbers are no longer exact',
    ],
    [
      'axes without end',
      `${head}network:\n  - unsqueeze: 0\n    repeat: 100000\n`,
      '5:5 INC232 the value would have 65 axes, more than the 64 that are possible',
    ],
    [
      'parts without end',
      `${head}network:\n  - split: { parts: 100000000, axis: 1 }\n`,
      '5:21 INC110 `parts` of `split`: must be at most 10000, not 100000000',
    ],
    [
      'powers of powers',
      `${head}params: { w: $(9 ** 9 ** 9) }\nnetwork: [relu]\n`,
      '4:14 INC163 `$(9 ** 9 ** 9)`: the result is not a finite number',
    ],
    [
      'a division by zero',
      `${head}params: { w: 0 }\nnetwork: [ dense: $(1 // w) ]\n`,
      '5:19 INC163 `$(1 // w)`: division by zero',
    ],
    [
      'a remainder of a division by zero',
      `${head}params: { w: 0 }\nnetwork: [ dense: $(1 % w) ]\n`,
      '5:19 INC163 `$(1 % w)`: division by zero',
    ],
  ])('%s', { timeout }, (_, text, said) => {
    expect(report(text)[0]).toBe(said);
  });
});
