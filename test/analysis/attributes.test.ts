import { describe, expect, test } from 'vitest';
import { graphOf } from '../language/graphLines.ts';
import { lines, network } from '../language/report.ts';
import { chain } from './explained.ts';

describe('the attribute itself', () => {
  const spec = lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { padding: same } }
network:
  - conv: { filters: 4, kernel: 3 }
    name: c
`);

  test('is written at the step', () => {
    expect(chain(spec, 'c.filters')).toEqual(['6:13 `filters` is written at the step: 4']);
  });

  test('is written out for the input', () => {
    expect(chain(spec, 'c.kernel')).toEqual([
      '6:25 `kernel` is written at the step: 3',
      '- written out for an input of [N, 8, 8, 3]: [3, 3]',
    ]);
  });

  test('is set by a line of defaults', () => {
    expect(chain(spec, 'c.padding')).toEqual(['4:21 `padding` is set by these `defaults`: same']);
  });

  test('is not written', () => {
    expect(chain(spec, 'c.bias')).toEqual(['- `bias` is not written; this is the default of `conv`: true']);
    expect(chain(spec, 'c.stride')).toEqual([
      '- `stride` is not written; this is the default of `conv`: 1',
      '- written out for an input of [N, 8, 8, 3]: [1, 1]',
    ]);
  });
});

describe('params', () => {
  const block = lines(`
inception: 1
name: net
params: { base: 4 }
inputs: { x: [N, 8, 8, 3] }
blocks:
  b:
    params: { width: 16, half: $(width // 2) }
    steps: [{ conv: { filters: $half, kernel: 1 }, name: c }]
network:
  - b: { width: $(base * 3) }
  - b
`);

  test('the default of one reads another, which the call gives', () => {
    expect(chain(block, 'b/c.filters')).toEqual([
      '8:23 `filters` is written at the step as `$half`: 6',
      '  7:32 `half` is a param of block `b`; its default is written here as `$(width // 2)`: 6',
      '    10:17 `width` of block `b` is given by this call as `$(base * 3)`: 12',
      '      3:17 `base` is a param of the spec; its default is written here: 4',
    ]);
  });

  test('another call leaves it to the default', () => {
    expect(chain(block, 'b_2/c.filters')).toEqual([
      '8:23 `filters` is written at the step as `$half`: 8',
      '  7:32 `half` is a param of block `b`; its default is written here as `$(width // 2)`: 8',
      '    7:22 `width` is a param of block `b`; its default is written here: 16',
    ]);
  });

  const sameName = lines(`
inception: 1
name: net
params: { width: 4 }
variants: { s: { width: 8 } }
inputs: { x: [N, 8, 8, 3] }
blocks:
  b: { params: { width: $width }, steps: [{ conv: { filters: $width, kernel: 1 }, name: c }] }
network: [b]
`);

  test('one of a block takes that of the file, which a variant gives', () => {
    expect(chain(sameName, 'b/c.filters', { variant: 's' })).toEqual([
      '7:53 `filters` is written at the step as `$width`: 8',
      '  7:25 `width` is a param of block `b`; its default is written here as `$width`: 8',
      '    4:25 `width` of the spec is given by the variant `s`: 8',
    ]);
  });

  test('one that is set from outside has no place, and wins over the variant', () => {
    expect(chain(sameName, 'b/c.filters', { variant: 's', set: { width: 2 } })).toEqual([
      '7:53 `filters` is written at the step as `$width`: 2',
      '  7:25 `width` is a param of block `b`; its default is written here as `$width`: 2',
      '    - `width` of the spec is set from outside: 2',
    ]);
  });

  test('one of an imported file', () => {
    const spec = lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 8, 8, 3] }
network: [lib.b]
`);
    const files = {
      'lib.yaml': lines(`
inception: 1
name: lib
params: { e: 0.25 }
defaults: { conv: { kernel: 1, norm: { batch_norm: { epsilon: $e } } } }
blocks: { b: [{ conv: { filters: 4 }, name: c }] }
`),
    };
    expect(chain(spec, 'b/c/batch_norm.epsilon', { files })).toEqual([
      'lib.yaml:4:54 `epsilon` is set by these `defaults` as `$e`: 0.25',
      '  lib.yaml:3:14 `e` is a param of the imported file lib.yaml; its default is written here: 0.25',
    ]);
  });

  test('read in a quoted text, also through an alias', () => {
    const spec = lines(`
inception: 1
name: net
params: { k: 1 }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: &c { filters: 4, kernel: "$k" }
    name: c
  - conv: *c
    name: d
`);
    expect(chain(spec, 'd.kernel').slice(0, 2)).toEqual([
      '8:11 `kernel` is written at the step as `$k`: 1',
      '  3:14 `k` is a param of the spec; its default is written here: 1',
    ]);
  });

  test('each name of an expression, also inside a list', () => {
    const spec = lines(`
inception: 1
name: net
params: { a: 1, b: 5 }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: 4, kernel: [$a, $(a + b)], padding: same }
    name: c
`);
    expect(chain(spec, 'c.kernel')).toEqual([
      '6:25 `kernel` is written at the step as `[$a, $(a + b)]`: [1, 6]',
      '  3:14 `a` is a param of the spec; its default is written here: 1',
      '  3:20 `b` is a param of the spec; its default is written here: 5',
    ]);
  });
});

describe('names of a repeat', () => {
  const copies = network(`
  - conv: { filters: $f, kernel: $(i + 1), padding: same }
    name: c_$(i)
    repeat: { over: [4, $(2 * 3)], as: f }
`);

  test('an item of a list', () => {
    expect(chain(copies, 'c_0.filters')).toEqual([
      '5:13 `filters` is written at the step as `$f`: 4',
      '  7:22 `f` is item 1 of a list: 4',
    ]);
    expect(chain(copies, 'c_1.filters')).toEqual([
      '5:13 `filters` is written at the step as `$f`: 6',
      '  7:25 `f` is item 2 of a list as `$(2 * 3)`: 6',
    ]);
  });

  test('the index', () => {
    expect(chain(copies, 'c_1.kernel')).toEqual([
      '5:26 `kernel` is written at the step as `$(i + 1)`: 2',
      '  7:13 `i` counts the copies of this repeat, from 0: 1',
      '- written out for an input of [N, 8, 8, 4]: [2, 2]',
    ]);
  });

  test('a part of an item of a list that a param holds', () => {
    const spec = lines(`
inception: 1
name: net
params: { pairs: [[4, 3], [6, 5]] }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: $f, kernel: $k, padding: same }
    name: c_$(i)
    repeat: { over: $pairs, as: [f, k] }
`);
    expect(chain(spec, 'c_1.kernel')).toEqual([
      '6:26 `kernel` is written at the step as `$k`: 5',
      '  8:21 `k` is part 2 of item 2 of `$pairs`: 5',
      '    3:18 `pairs` is a param of the spec; its default is written here: [[4, 3], [6, 5]]',
      '- written out for an input of [N, 8, 8, 4]: [5, 5]',
    ]);
  });
});

describe('channels and fused sugar', () => {
  const spec = network(`
  - conv: { filters: $(in_channels * 2), kernel: 1, norm: { batch_norm: { epsilon: 0.5 } }, activation: relu }
    name: c
  - conv: { filters: $in_channels, kernel: 1 }
    name: d
`);

  test('the channels of an input, and of what another step gives', () => {
    expect(chain(spec, 'c.filters')).toEqual([
      '5:13 `filters` is written at the step as `$(in_channels * 2)`: 6',
      '  3:11 `in_channels` is the number of channels of `x`, [N, 8, 8, 3]: 3',
    ]);
    expect(chain(spec, 'd.filters')).toEqual([
      '7:13 `filters` is written at the step as `$in_channels`: 6',
      '  5:5 `in_channels` is the number of channels of `c`, [N, 8, 8, 6]: 6',
    ]);
  });

  test('the channels of an input whose shape is given from outside', () => {
    expect(chain(spec, 'c.filters', { inputs: { x: ['N', 8, 8, 5] } })).toEqual([
      '5:13 `filters` is written at the step as `$(in_channels * 2)`: 10',
      '  3:11 `in_channels` is the number of channels of `x`, [N, 8, 8, 5], which is given from outside: 5',
    ]);
  });

  test('the channels that a call of a block reads', () => {
    const block = lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
blocks:
  b: { params: { w: $in_channels }, steps: [relu, { conv: { filters: $w, kernel: 1 }, name: c }] }
network: [b]
`);
    expect(chain(block, 'b/c.filters')).toEqual([
      '5:61 `filters` is written at the step as `$w`: 3',
      '  5:21 `w` is a param of block `b`; its default is written here as `$in_channels`: 3',
      '    3:11 `in_channels` is the number of channels of `x`, [N, 8, 8, 3]: 3',
    ]);
  });

  test('an attribute of the norm', () => {
    expect(chain(spec, 'c/batch_norm.epsilon')).toEqual(['5:75 `epsilon` is written at the step: 0.5']);
  });

  test('norm and activation of the step', () => {
    expect(chain(spec, 'c.norm')).toEqual([
      '5:53 `norm` is written at the step: { batch_norm: { epsilon: 0.5 } }',
    ]);
    expect(chain(spec, 'c.activation')).toEqual(['5:93 `activation` is written at the step: relu']);
    expect(chain(spec, 'd.norm')).toEqual(['- `norm` is not written; this is the default of `conv`: none']);
  });
});

describe('where branches meet', () => {
  const spec = lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { add: { broadcast: true } }
network:
  - branches: [[relu], [tanh]]
    merge: { concat: { axis: channel } }
    name: m
  - residual: [relu]
    name: r
`);

  test('an attribute of the merge', () => {
    expect(chain(spec, 'm.axis')).toEqual([
      '7:24 `axis` is written at the step: channel',
      '- written out for inputs of [N, 8, 8, 3] and [N, 8, 8, 3]: 3',
    ]);
  });

  test('nothing is stretched, whatever the defaults say', () => {
    expect(chain(spec, 'r.broadcast')).toEqual([
      '9:5 `broadcast`: branches that meet have one shape, and nothing is stretched: false',
    ]);
  });
});

test('copies without expressions share what is known of them', () => {
  const { nodes } = graphOf(
    network('  - conv: { filters: 4, kernel: 1, activation: relu }\n    repeat: 2\n'),
  );
  expect(nodes.map((n) => n.name)).toEqual(['conv', 'conv/relu', 'conv_2', 'conv_2/relu']);
  expect(nodes[2]?.origins).toBe(nodes[0]?.origins);
});

describe('sizes that the inputs of a block name', () => {
  test('lead to the value that has them', () => {
    const spec = lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
blocks:
  b:
    params: { wide: $(2 * C) }
    inputs: { x: [N, H, W, C] }
    steps: [{ conv: { filters: $(wide + H), kernel: 1 }, name: c }]
network:
  - relu
  - b
`);
    expect(chain(spec, 'b/c.filters')).toEqual([
      '8:23 `filters` is written at the step as `$(wide + H)`: 14',
      '  6:21 `wide` is a param of block `b`; its default is written here as `$(2 * C)`: 6',
      '    7:28 `C` is axis 3 of the input `x`, which is `relu`, [N, 8, 8, 3]: 3',
      '  7:22 `H` is axis 1 of the input `x`, which is `relu`, [N, 8, 8, 3]: 8',
    ]);
  });
});
