import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines, outputLines, valuesOf } from './graphLines.ts';
import { lines, report } from './report.ts';

/** A spec on tokens [N, S, 12] and a mask [N, S]; its first block stands in line 5. */
function spec(blocks: string, steps: string): string {
  return `inception: 1\nname: net\ninputs: { x: [N, S, 12], mask: [N, S] }\nblocks:\n${lines(blocks)}network:\n${lines(steps)}`;
}

describe('shapes of a block’s inputs', () => {
  test('name sizes for expressions and for shapes', () => {
    const graph = graphOf(
      spec(
        `
  mlp:
    inputs: { x: [B, T, C] }
    steps:
      - dense: $(4 * C)
      - dense: $C
      - reshape: [B, T, 3, C // 3]
      - reshape: [B, T * 3, $(C // 3)]
`,
        `
  - mlp:
    from: x
`,
      ),
    );
    expect(valuesOf(graph, 'units')).toEqual(['mlp/dense = 48', 'mlp/dense_2 = 12']);
    expect(outputLines(graph)).toEqual(['mlp = mlp [N, 3*S, 4]']);
  });

  test('stand for other sizes in each call', () => {
    const graph = graphOf(
      spec(
        `
  half:
    inputs: { x: [N, S, C] }
    steps:
      - dense: $(C // 2)
      - reshape: [N, S, 1, C // 2]
      - reshape: [N, S, C // 2]
`,
        `
  - half:
    from: x
  - half
`,
      ),
    );
    expect(valuesOf(graph, 'units')).toEqual(['half/dense = 6', 'half_2/dense = 3']);
    expect(nodeLines(graph)[1]).toBe('half/reshape: reshape of half/dense gives [N, S, 1, 6]');
    expect(outputLines(graph)).toEqual(['half_2 = half_2 [N, S, 3]']);
  });

  test('are seen by `when` and by the defaults of params', () => {
    const graph = graphOf(
      spec(
        `
  widen:
    params: { units: $(2 * C), wanted: 24 }
    inputs: { x: [N, S, C] }
    steps:
      - dense: $units
        when: $(C != wanted)
`,
        `
  - widen:
    from: x
  - widen:
`,
      ),
    );
    expect(valuesOf(graph, 'units')).toEqual(['widen/dense = 24']);
  });

  test('a size that is no number can only stand in a shape', () => {
    const text = spec(
      `
  mlp:
    inputs: { x: [N, S, C] }
    steps: [{ dense: $S }]
`,
      `
  - mlp:
    from: x
`,
    );
    expect(report(text)).toEqual([
      '7:22 INC162 `S` is not known in this expression',
      '  help: `S` is S, not a number; in a shape it can stand without the dollar sign',
    ]);
  });

  test.each([
    [
      'another number of axes',
      '{ x: [N, C] }',
      '9:5 INC144 `block` is given float32 [N, S, 12] for its input `x`: it must have 2 axes, [N, C]',
    ],
    [
      'another number',
      '{ x: [N, S, 16] }',
      '9:5 INC144 `block` is given float32 [N, S, 12] for its input `x`: axis 2 must be 16, not 12',
    ],
    [
      'one symbol for two sizes',
      '{ x: [N, S, S] }',
      '9:5 INC144 `block` is given float32 [N, S, 12] for its input `x`: axis 2 must be S, not 12; they differ at S = 1',
    ],
    [
      'another element type',
      '{ x: { shape: [N, S, C], dtype: int32 } }',
      '9:5 INC144 `block` is given float32 [N, S, 12] for its input `x`: it must be int32',
    ],
  ])('%s does not fit', (_, inputs, wanted) => {
    const text = spec(
      `
  block:
    inputs: ${inputs}
    steps: [relu]
`,
      `
  - relu: { }
    from: x
  - block:
`,
    ).replace('  - relu: { }\n    from: x\n  - block:\n', '  - block:\n    from: x\n');
    expect(report(text)).toEqual([wanted, expect.stringMatching(/^ {2}see 6:\d+: declared here$/)]);
  });

  test('a symbol stands for one size over all inputs', () => {
    const text = spec(
      `
  gate:
    inputs: { x: [N, S, C], gate: [N, C] }
    steps:
      - unsqueeze: 1
        from: gate
`,
      `
  - gate:
    from: [x, mask]
`,
    );
    expect(report(text)).toEqual([
      '11:5 INC144 `gate` is given float32 [N, S] for its input `gate`: axis 1 must be C = 12, not S; they differ at S = 1',
      '  see 6:29: declared here',
    ]);
  });

  test('`_` takes anything, and an expression is checked', () => {
    const graph = graphOf(
      spec(
        `
  block:
    params: { width: 3 }
    inputs: { x: [_, S, $(4 * width)] }
    steps: [relu]
`,
        `
  - block:
    from: x
`,
      ),
    );
    expect(outputLines(graph)).toEqual(['block = block [N, S, 12]']);
  });

  test('a param and a size of one name are an error', () => {
    const text = spec(
      `
  block:
    params: { C: 3 }
    inputs: { x: [N, S, C] }
    steps: [relu]
`,
      `
  - block:
    from: x
`,
    );
    expect(report(text)).toEqual([
      '7:25 INC131 two params and sizes are called `C`',
      '  see 6:15: the first is here',
      '  help: give one of them another name: `$C` could mean both',
    ]);
  });
});

describe('inputs of a block that are written wrongly', () => {
  test.each([
    [
      'an unknown key',
      '{ x: { shap: [N] } }',
      ['6:20 INC101 unknown key `shap` in input `x` of a block', '  help: did you mean `shape`?'],
    ],
    [
      'an unknown type',
      '{ x: { dtype: float } }',
      [
        '6:27 INC104 `dtype` must be float32, float16, int32 or bool, not the text "float"',
        '  help: did you mean `float32`?',
      ],
    ],
    ['neither shape nor mapping', '{ x: 3 }', ['6:18 INC103 input `x` of a block must be a mapping, not 3']],
    [
      'a name that is none',
      '{ a/b: [N] }',
      [
        '6:15 INC132 `a/b` cannot be a name',
        '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
      ],
    ],
    [
      'a dimension that is none',
      '{ x: [N, true] }',
      [
        '6:22 INC201 `true` is not a dimension: it is neither a number nor a symbol',
        '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      ],
    ],
    [
      'a symbol that is not there',
      '{ x: [N, S, 2 * D] }',
      [
        '6:25 INC201 `2 * D` is not a dimension: no symbol is called `D`',
        '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      ],
    ],
    [
      'neither true nor false',
      '{ x: { optional: 1 } }',
      ['6:30 INC104 `optional` must be true or false, not 1'],
    ],
  ])('%s', (_, inputs, wanted) => {
    const text = spec(
      `
  block:
    inputs: ${inputs}
    steps: [relu]
`,
      `
  - block:
    from: x
`,
    );
    expect(report(text)).toEqual(wanted);
  });
});

describe('optional inputs', () => {
  const layer = `
  layer:
    inputs: { x: [N, S, C], past: { shape: [N, P, C], optional: true } }
    steps:
      - attention: { heads: 3 }
        from: { q: x, k: x, v: x, bias: past }
`;

  test('one that is not given is absent where an op may go without it', () => {
    const graph = graphOf(
      spec(
        layer,
        `
  - layer:
    from: x
`,
      ),
    );
    expect(graph.nodes[0]?.inputs.map((v) => v.name)).toEqual(['x', 'x', 'x']);
  });

  test('so is one whose value was left out by `when`', () => {
    const graph = graphOf(
      spec(
        layer,
        `
  - relu:
    from: x
    name: cached
    when: false
  - layer:
    from: { x: x, past: cached }
`,
      ),
    );
    expect(graph.nodes[0]?.inputs.map((v) => v.name)).toEqual(['x', 'x', 'x']);
  });

  test('reading it otherwise is an error', () => {
    const text = spec(
      `
  layer:
    inputs: { x: [N, S, C], past: { shape: [N, P, C], optional: true } }
    steps:
      - add: [x, past]
`,
      `
  - layer:
    from: x
`,
    );
    expect(report(text)).toEqual([
      '8:18 INC140 `past` was not given to the block, so it cannot be read',
      '  see 6:29: declared here',
    ]);
  });
});

describe('a block without inputs', () => {
  test.each(['[]', '{}'])('inputs: %s', (inputs) => {
    const graph = graphOf(
      spec(
        `
  table:
    inputs: ${inputs}
    steps:
      - parameter: [12]
`,
        `
  - relu:
    from: x
    name: y
  - table:
    name: bias
  - add: [y, bias]
`,
      ),
    );
    expect(nodeLines(graph)).toEqual([
      'y: relu of x gives [N, S, 12]',
      'bias/parameter: parameter of  gives bias [12]',
      'add: add of y, bias gives [N, S, 12]',
    ]);
  });
});

describe('outputs of a block', () => {
  test('the one called `_` goes on, the others are read by name', () => {
    const graph = graphOf(
      spec(
        `
  layer:
    outputs: { _: y, side: t }
    steps:
      - relu:
        name: y
      - tanh:
        name: t
`,
        `
  - steps:
      - layer:
        repeat: 2
        name: layer_$i
    from: x
  - add: [_, layer_0/side, layer_1/side]
`,
      ),
    );
    expect(nodeLines(graph)).toEqual([
      'layer_0/y: relu of x gives [N, S, 12]',
      'layer_0/t: tanh of layer_0/y gives [N, S, 12]',
      'layer_1/y: relu of layer_0/y gives [N, S, 12]',
      'layer_1/t: tanh of layer_1/y gives [N, S, 12]',
      'add: add of layer_1/y, layer_0/t, layer_1/t gives [N, S, 12]',
    ]);
  });

  test('`_` as a reference is the last value', () => {
    const graph = graphOf(
      spec(
        `
  layer:
    outputs: [_, y]
    steps:
      - relu:
        name: y
      - tanh
`,
        `
  - layer:
    from: x
    name: a
  - add: [_, a/y]
`,
      ),
    );
    expect(nodeLines(graph).at(-1)).toBe('add: add of a, a/y gives [N, S, 12]');
  });
});
