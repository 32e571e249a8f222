import { describe, expect, test } from 'vitest';
import { showShape } from '../../src/tensor/shape.ts';
import { graphOf, nodeLines, outputLines } from './graphLines.ts';
import { lines, report } from './report.ts';

/** A network of some layers that keep what they saw, with or without what was kept before. */
const cached = lines(`
inception: 1
name: net
params: { depth: 2, cache: true }
dims: { T: { equals: $("P + S" if cache else "S") } }
inputs:
  x: [N, S, 4]
  past_$i: { shape: [N, P, 4], repeat: $depth, when: $cache }
  mask: [N, T]
network:
  - steps:
      - concat: { axis: 1 }
        from: [past_$i, _]
        when: $cache
      - relu:
        name: layer_$i
    from: x
    repeat: { times: $depth, parallel: true }
  - add: [layer_0, layer_1]
    expect: [N, T, 4]
outputs:
  y: _
  kept_$i: { from: layer_$i, repeat: $depth, when: $cache }
`);

/** The inputs of a graph, as `x [N, 3]`. */
function inputLines(text: string, options: Parameters<typeof graphOf>[1] = {}): string[] {
  return graphOf(text, options).inputs.map(({ value, type }) => `${value.name} ${showShape(type.shape)}`);
}

describe('inputs and outputs that are repeated, or there only sometimes', () => {
  test('with what is kept', () => {
    const graph = graphOf(cached);
    expect(graph.inputs.map((i) => i.value.name)).toEqual(['x', 'past_0', 'past_1', 'mask']);
    expect(nodeLines(graph)).toEqual([
      'concat: concat of past_0, x gives [N, P + S, 4]',
      'layer_0: relu of concat gives [N, P + S, 4]',
      'concat_2: concat of past_1, x gives [N, P + S, 4]',
      'layer_1: relu of concat_2 gives [N, P + S, 4]',
      'add: add of layer_0, layer_1 gives [N, P + S, 4]',
    ]);
    expect(outputLines(graph)).toEqual([
      'y = add [N, P + S, 4]',
      'kept_0 = layer_0 [N, P + S, 4]',
      'kept_1 = layer_1 [N, P + S, 4]',
    ]);
  });

  test('without', () => {
    const graph = graphOf(cached, { set: { cache: false } });
    expect(graph.inputs.map((i) => i.value.name)).toEqual(['x', 'mask']);
    expect(nodeLines(graph)).toEqual([
      'layer_0: relu of x gives [N, S, 4]',
      'layer_1: relu of x gives [N, S, 4]',
      'add: add of layer_0, layer_1 gives [N, S, 4]',
    ]);
    expect(outputLines(graph)).toEqual(['y = add [N, S, 4]']);
  });

  test('as many as a param says, also none', () => {
    expect(inputLines(cached, { set: { depth: 3 } }).slice(1, 4)).toEqual([
      'past_0 [N, P, 4]',
      'past_1 [N, P, 4]',
      'past_2 [N, P, 4]',
    ]);
    const none =
      'inception: 1\nname: net\ninputs: { x: [N, 3], y: { shape: [N, 3], repeat: 0 } }\nnetwork: [relu]\n';
    expect(inputLines(none)).toEqual(['x [N, 3]']);
  });

  test('a plain name is numbered, and stands for all', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs:
  part: { shape: [N, $w], repeat: { over: [3, 4], as: w } }
network:
  - concat: part
  - add: [_, _]
  - dense: 2
    from: part/1
  - concat: [part/*, _]
outputs:
  y: { from: part/$i, repeat: 2 }
  z: { from: _ }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'concat: concat of part_0, part_1 gives [N, 7]',
      'add: add of concat, concat gives [N, 7]',
      'dense: dense of part_1 gives [N, 2]',
      'concat_2: concat of part_0, part_1, dense gives [N, 9]',
    ]);
    expect(outputLines(graph)).toEqual(['y_0 = part_0 [N, 3]', 'y_1 = part_1 [N, 4]', 'z = concat_2 [N, 9]']);
  });

  test('several lists name them', () => {
    expect(
      inputLines(
        'inception: 1\nname: net\ninputs: { "$(n)_map": { shape: [N, "$s", "$s", 8], repeat: { over: { n: [low, high], s: [32, 16] } } } }\nnetwork: [{ relu: , from: low_map }]\n',
      ),
    ).toEqual(['low_map [N, 32, 32, 8]', 'high_map [N, 16, 16, 8]']);
  });

  test('one that is left out may be what another input of an op would be', () => {
    const text = (when: boolean) =>
      `inception: 1\nname: net\ninputs: { x: [N, S, 8], m: { shape: [N, 1, S, S], dtype: bool, when: ${when} } }\nnetwork:\n  - attention: { heads: 2 }\n    from: { q: x, k: x, v: x, mask: m }\n    name: a\noutputs: { y: a/y }\n`;
    expect(nodeLines(graphOf(text(true)))[0]).toContain('attention of x, x, x, m gives');
    expect(nodeLines(graphOf(text(false)))[0]).toContain('attention of x, x, x gives');
  });

  test('of a block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    params: { all: true }
    steps: [{ dense: 2, name: d_$i, repeat: 3 }]
    outputs: { y: _, d_$i: { from: d_$i, repeat: 2, when: $all } }
network:
  - b:
    name: first
  - b: { all: false }
    name: second
    from: first/d_1
`),
    );
    expect(nodeLines(graph)[3]).toBe('second/d_0: dense of first/d_1 gives [N, 2]');
    expect(outputLines(graph)).toEqual(['second/d_2 = second/d_2 [N, 2]']);
  });
});

describe('keys that hold expressions', () => {
  test('of branches', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { rates: [6, 12] }
inputs: { x: [N, 3] }
network:
  - branches:
      rate_$(rates[0]): [relu]
      rate_$(rates[1]): [tanh]
    merge: { concat: { order: [rate_12, rate_6] } }
  - add: [_, _]
    name: sum
  - concat: [rate_6, rate_12]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'rate_6/relu: relu of x gives [N, 3]',
      'rate_12/tanh: tanh of x gives [N, 3]',
      'concat: concat of rate_12/tanh, rate_6/relu gives [N, 6]',
      'sum: add of concat, concat gives [N, 6]',
      'concat_2: concat of rate_6/relu, rate_12/tanh gives [N, 6]',
    ]);
  });
});

/** A spec on `x: [N, 3]` with these inputs and outputs, in lines 3 and 5. */
function ends(inputs: string, outputs: string): string {
  return `inception: 1\nname: net\ninputs: { x: [N, 3], ${inputs} }\nnetwork: [{ relu: , from: x, name: r }, { tanh: , name: t }]\noutputs: ${outputs}\n`;
}

describe('ends that are wrong', () => {
  test.each([
    [
      'two inputs of one name',
      ends('a_$(0): [N, 3], a: { shape: [N, 3], repeat: 1 }', '[t]'),
      [
        '3:38 INC131 two inputs are called `a_0`',
        '  see 3:22: the first is here',
        '  help: remove one of the two',
      ],
    ],
    [
      'copies of one name',
      ends('a$("b"): { shape: [N, 3], repeat: 2 }', '[t]'),
      [
        '3:22 INC131 two inputs are called `ab`',
        '  help: it is repeated: put the index into its name, as in `a_$(i)`',
      ],
    ],
    [
      'two outputs of one name',
      ends('y: [N]', '{ $("a"): t, a: r }'),
      [
        '5:23 INC131 two outputs are called `a`',
        '  see 5:12: the first is here',
        '  help: remove one of the two',
      ],
    ],
    [
      'a name that cannot be one',
      ends('a$("/"): [N, 3]', '[t]'),
      [
        '3:22 INC132 `a/` cannot be a name',
        '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
      ],
    ],
    [
      'an output of which it is not said what it is',
      ends('y: [N]', '{ a: { when: true } }'),
      ['5:12 INC102 output `a` needs `from`'],
    ],
    [
      'an output with a slip',
      ends('y: [N]', '{ a: { from: t, wen: true } }'),
      ['5:26 INC101 unknown key `wen` in output `a`', '  help: did you mean `when`?'],
    ],
    [
      'an output that is not there',
      ends('y: [N]', '{ a_$i: { from: t_$i, repeat: 2 } }'),
      [
        '5:26 INC130 there is no value `t_0` here',
        '  help: did you mean `t`?',
        '5:26 INC130 there is no value `t_1` here',
        '  help: did you mean `t`?',
      ],
    ],
    [
      'a condition that is none',
      ends('a: { shape: [N, 3], when: $(1) }', '[t]'),
      ['3:48 INC103 `when` must be true or false, not 1'],
    ],
    [
      'a repeat that is none',
      ends('a: { shape: [N, 3], repeat: "$(1 / 2)" }', '[t]'),
      ['3:50 INC104 `repeat` must be a whole number from 0 to 120000, not 0.5'],
    ],
    [
      'an output with the name of another end point',
      ends('y: [N]', '{ r: t, t: r }'),
      [
        '5:12 INC131 two values are called `r`',
        '  see 4:36: the other is here',
        '  help: an output has the name of its own value, or one that no other end point or input has',
        '5:18 INC131 two values are called `t`',
        '  see 4:57: the other is here',
        '  help: an output has the name of its own value, or one that no other end point or input has',
      ],
    ],
    [
      'an output with the name of an input',
      ends('y: [N]', '{ x: t }'),
      [
        '5:12 INC131 two values are called `x`',
        '  see 3:11: the other is here',
        '  help: an output has the name of its own value, or one that no other end point or input has',
      ],
    ],
    [
      'every input left out',
      'inception: 1\nname: net\ninputs: { x: { shape: [N, 3], when: false } }\nnetwork: [relu]\n',
      ['3:11 INC104 the network reads nothing: every input was left out'],
    ],
  ])('%s', (_, text, expected) => {
    expect(report(text)).toEqual(expected);
  });

  test('an input that is left out cannot be read by name', () => {
    const text =
      'inception: 1\nname: net\ninputs:\n  x: [N, 3]\n  m: { shape: [N, 3], when: false }\nnetwork: [{ add: [x, m] }]\n';
    expect(report(text)).toEqual([
      '6:22 INC140 `m` was left out by its `when`, so it cannot be read',
      '  see 5:3: left out here',
    ]);
  });

  test('a shape for an input that is left out', () => {
    expect(report(cached, { set: { cache: false }, inputs: { past_0: [1, 2, 4] } })).toEqual([
      '- INC130 there is no input `past_0` here',
      '  help: its `when` leaves it out',
      '- INC303 1 claim was not checked, because the inputs were changed from outside',
    ]);
  });

  test('branches of one name', () => {
    const text =
      'inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - branches: { a$("b"): [relu], ab: [tanh] }\n    merge: add\n';
    expect(report(text)).toEqual([
      '5:34 INC131 two branches or steps are called `ab`',
      '  see 5:17: the first is here',
      '  help: give the `branches` a `name`: those of its branches then stand below it',
    ]);
  });
});

describe('an end point that is an output', () => {
  test('under another name can be built up to', () => {
    const text =
      'inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork: [relu, tanh]\noutputs: { a: relu, b: tanh }\n';
    expect(outputLines(graphOf(text, { until: 'a' }))).toEqual(['a = relu [N, 3]']);
  });
});

describe('what stands inside a structure that is left out', () => {
  const network = (steps: string, outputs: string) =>
    graphOf(
      `inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - { relu: , name: r }\n${lines(steps)}outputs: ${outputs}\n`,
    );

  test.each([
    ['a group', '  - { steps: [{ tanh: , name: t }], when: false }\n', '[r, t]'],
    ['a tap', '  - { tap: [{ steps: [{ tanh: , name: t }] }], when: false }\n', '[r, t]'],
    ['a repeat', '  - { steps: [{ tanh: , name: t, repeat: 2 }], when: false }\n', '[r, t, t_0, t_1]'],
    [
      'names of the index',
      '  - { steps: [{ tanh: , name: t_$i, repeat: 2 }], when: false }\n',
      '[r, t_0, t_1]',
    ],
    [
      'a repeated group',
      '  - { steps: [{ tanh: , name: t_$i }], repeat: 2, when: false }\n',
      '[r, t_0, t_1]',
    ],
    [
      'a residual',
      '  - { residual: [{ tanh: , name: t }], shortcut: [{ relu: , name: s }], when: false }\n',
      '[r, t, s]',
    ],
    ['branches', '  - { branches: { a: [tanh], b: [relu] }, merge: add, when: false }\n', '[r, a, b/relu]'],
    [
      'branches without names',
      '  - { branches: [[{ tanh: , name: t }], []], merge: add, when: false }\n',
      '[r, t]',
    ],
    ['a named group', '  - { steps: [{ tanh: , name: t }], name: g, when: false }\n', '[r, g, g/t]'],
    [
      'one branch',
      '  - { branches: [[], { steps: [{ tanh: , name: t }], when: false }], merge: add }\n',
      '[r, t]',
    ],
    [
      'a shortcut',
      '  - { residual: [relu], shortcut: { steps: [{ tanh: , name: t }], when: false } }\n',
      '[r, t]',
    ],
  ])('%s: its outputs are dropped', (_, steps, outputs) => {
    expect(outputLines(network(steps, outputs))).toEqual(['r = r [N, 3]']);
  });

  test('what comes in its place may have its names', () => {
    const graph = network(
      '  - { steps: [{ tanh: , name: t }], when: false }\n  - { steps: [{ dense: 2, name: t }], when: true }\n',
      '[r, t]',
    );
    expect(outputLines(graph)).toEqual(['r = r [N, 3]', 't = t [N, 2]']);
  });

  test('it cannot be read', () => {
    const text =
      'inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - { steps: [{ tanh: , name: t }], when: false }\n  - add: [_, t]\n';
    expect(report(text)).toEqual([
      '6:14 INC140 `t` was left out by its `when`, so it cannot be read',
      '  see 5:15: left out here',
    ]);
  });
});
