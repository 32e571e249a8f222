import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { graphOf, nodeLines, nodeNames, outputLines, valuesOf } from './graphLines.ts';
import { lines, network } from './report.ts';

describe('from', () => {
  test('the current value, a name, and several', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: a
  - tanh
  - add: [_, a]
  - concat: [x, a, _]
  - relu:
    from: a
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of a gives [N, 8, 8, 3]',
      'add: add of tanh, a gives [N, 8, 8, 3]',
      'concat: concat of x, a, add gives [N, 8, 8, 9]',
      'relu: relu of a gives [N, 8, 8, 3]',
    ]);
  });

  test('a path into a named structure', () => {
    const graph = graphOf(
      network(`
  - steps:
      - relu:
        name: r
      - steps: [{ tanh: , name: t }]
        name: inner
    name: outer
  - add: [outer/r, outer/inner/t, outer]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'outer/r: relu of x gives [N, 8, 8, 3]',
      'outer/inner/t: tanh of outer/r gives [N, 8, 8, 3]',
      'add: add of outer/r, outer/inner/t, outer/inner/t gives [N, 8, 8, 3]',
    ]);
  });

  test('names of an unnamed structure are those of the scope around it', () => {
    const graph = graphOf(
      network(`
  - steps:
      - relu:
        name: r
      - tanh
  - add: [r, _]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of r gives [N, 8, 8, 3]',
      'add: add of r, tanh gives [N, 8, 8, 3]',
    ]);
  });

  test('the innermost name first, then outward', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: a
  - branches:
      left:
        - tanh:
          name: a
        - add: [a, x]
      right: [{ relu: , from: a }]
    merge: add
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a: relu of x gives [N, 8, 8, 3]',
      'left/a: tanh of a gives [N, 8, 8, 3]',
      'left/add: add of left/a, x gives [N, 8, 8, 3]',
      'right/relu: relu of a gives [N, 8, 8, 3]',
      'add: add of left/add, right/relu gives [N, 8, 8, 3]',
    ]);
  });

  test('from an expression', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { which: b }
inputs: { x: [N, 3] }
network:
  - relu:
    name: a
  - tanh:
    name: b
  - relu:
    from: $which
  - concat: $(["a", "b"])
  - concat: ["$(['a', 'b'])", _]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a: relu of x gives [N, 3]',
      'b: tanh of a gives [N, 3]',
      'relu: relu of b gives [N, 3]',
      'concat: concat of a, b gives [N, 6]',
      'concat_2: concat of a, b, concat gives [N, 12]',
    ]);
  });

  test('an input of several', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 4] }
network:
  - dense: 4
    from: x
  - add: [_, y]
`),
    );
    expect(nodeLines(graph)).toEqual(['dense: dense of x gives [N, 4]', 'add: add of dense, y gives [N, 4]']);
  });
});

describe('values of structures that give several', () => {
  test('by key, by number, all of them', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - branches: { left: [relu], right: [tanh] }
    merge: none
    name: pair
  - branches: [[relu], []]
    merge: none
    name: two
    from: x
  - add: [pair/right, pair/left]
  - add: [pair/*, two/0, two/1, two/*]
outputs: { l: pair/left, both: pair/*, sum: _ }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'pair/left/relu: relu of x gives [N, 3]',
      'pair/right/tanh: tanh of x gives [N, 3]',
      'two/relu: relu of x gives [N, 3]',
      'add: add of pair/right/tanh, pair/left/relu gives [N, 3]',
      'add_2: add of pair/left/relu, pair/right/tanh, two/relu, x, two/relu, x gives [N, 3]',
    ]);
    expect(outputLines(graph)).toEqual([
      'l = pair/left/relu [N, 3]',
      'both_0 = pair/left/relu [N, 3]',
      'both_1 = pair/right/tanh [N, 3]',
      'sum = add_2 [N, 3]',
    ]);
  });

  test('the values that a structure gives go on together', () => {
    const graph = graphOf(
      network(`
  - branches: [[relu], [tanh]]
    merge: none
  - concat
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of x gives [N, 8, 8, 3]',
      'concat: concat of relu, tanh gives [N, 8, 8, 6]',
    ]);
  });

  test('copies of a repeat', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 3
    name: r
  - add: [r, r/0, r_1]
  - add: [r/*]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r_0: relu of x gives [N, 8, 8, 3]',
      'r_1: relu of r_0 gives [N, 8, 8, 3]',
      'r_2: relu of r_1 gives [N, 8, 8, 3]',
      'add: add of r_2, r_0, r_1 gives [N, 8, 8, 3]',
      'add_2: add of r_0, r_1, r_2 gives [N, 8, 8, 3]',
    ]);
  });

  test('a single step is all of itself', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: r
  - add: [r/*, x]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r: relu of x gives [N, 8, 8, 3]',
      'add: add of r, x gives [N, 8, 8, 3]',
    ]);
  });

  test('no copies are none', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 0
    name: r
  - add: [r/*, r]
`),
    );
    expect(nodeLines(graph)).toEqual(['add: add of x gives [N, 8, 8, 3]']);
  });

  test('outputs of a block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    steps:
      - relu:
        name: r
      - tanh
    outputs: { first: r, last: _ }
network:
  - b:
    name: two
  - add
  - add: [two/first, two/last]
outputs: { a: two/*, b: two/first }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'two/r: relu of x gives [N, 3]',
      'two/tanh: tanh of two/r gives [N, 3]',
      'add: add of two/r, two/tanh gives [N, 3]',
      'add_2: add of two/r, two/tanh gives [N, 3]',
    ]);
    expect(outputLines(graph)).toEqual(['a_0 = two/r [N, 3]', 'a_1 = two/tanh [N, 3]', 'b = two/r [N, 3]']);
  });

  test('one output of a block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    steps:
      - relu:
        name: r
      - tanh
    outputs: [r]
network: [b, tanh]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'b/r: relu of x gives [N, 3]',
      'b/tanh: tanh of b/r gives [N, 3]',
      'tanh: tanh of b/r gives [N, 3]',
    ]);
  });

  test('inputs of a block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    inputs: [main, skip]
    steps:
      - relu
      - add: [_, skip, main]
network:
  - tanh
  - b:
    from: [_, x]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'tanh: tanh of x gives [N, 3]',
      'b/relu: relu of tanh gives [N, 3]',
      'b/add: add of b/relu, x, tanh gives b [N, 3]',
    ]);
  });
});

describe('branches', () => {
  test('run from the same value, joined in the order of the text', () => {
    const graph = graphOf(
      network(`
  - relu
  - branches:
      10: [tanh]
      9: []
      b: [relu, tanh]
    merge: concat
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      '10/tanh: tanh of relu gives [N, 8, 8, 3]',
      'b/relu: relu of relu gives [N, 8, 8, 3]',
      'b/tanh: tanh of b/relu gives [N, 8, 8, 3]',
      'concat: concat of 10/tanh, relu, b/tanh gives [N, 8, 8, 9]',
    ]);
  });

  test('joined in an order that is given', () => {
    const graph = graphOf(
      network(`
  - branches: { a: [relu], b: [tanh], c: [] }
    merge: { concat: { order: [c, a, b] } }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a/relu: relu of x gives [N, 8, 8, 3]',
      'b/tanh: tanh of x gives [N, 8, 8, 3]',
      'concat: concat of x, a/relu, b/tanh gives [N, 8, 8, 9]',
    ]);
  });

  test('each way of joining', () => {
    const graph = graphOf(
      network(`
  - branches: [[relu], []]
    merge: add
  - branches: [[relu], []]
    merge: multiply
  - branches: [[relu], []]
    merge: average
  - branches: [[relu], []]
    merge: maximum
  - branches: [[relu], []]
    merge: { concat: { axis: 1 } }
`),
    );
    expect(graph.nodes.map((n) => n.op)).toEqual([
      'relu',
      'add',
      'relu',
      'multiply',
      'relu',
      'average',
      'relu',
      'maximum',
      'relu',
      'concat',
    ]);
  });

  test('one that is left is itself: nothing is joined', () => {
    const graph = graphOf(
      network(`
  - branches: { a: { steps: [relu], when: false }, b: [tanh] }
    merge: concat
    name: m
`),
    );
    expect(nodeLines(graph)).toEqual(['m/b/tanh: tanh of x gives m [N, 8, 8, 3]']);
  });

  test('an order names also those that are left out', () => {
    const graph = graphOf(
      network(`
  - branches: { a: { steps: [relu], when: false }, b: [tanh], c: [] }
    merge: { concat: { order: [c, a, b] } }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'b/tanh: tanh of x gives [N, 8, 8, 3]',
      'concat: concat of x, b/tanh gives [N, 8, 8, 6]',
    ]);
  });

  test('steps that are all left out are the identity', () => {
    const graph = graphOf(
      network(`
  - branches: { a: [{ relu: , when: false }], b: [tanh] }
    merge: concat
`),
    );
    expect(nodeLines(graph)).toEqual([
      'b/tanh: tanh of x gives [N, 8, 8, 3]',
      'concat: concat of x, b/tanh gives [N, 8, 8, 6]',
    ]);
  });
});

describe('residual', () => {
  test('the value before, plus the value after', () => {
    const graph = graphOf(
      network(`
  - relu
  - residual: [tanh]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of relu gives [N, 8, 8, 3]',
      'add: add of relu, tanh gives [N, 8, 8, 3]',
    ]);
  });

  test('with a shortcut', () => {
    const graph = graphOf(
      network(`
  - residual: [{ dense: 4 }]
    shortcut: [{ dense: { units: 4, bias: false } }]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'dense: dense of x gives [N, 8, 8, 4]',
      'dense_2: dense of x gives [N, 8, 8, 4]',
      'add: add of dense, dense_2 gives [N, 8, 8, 4]',
    ]);
  });

  test('a shortcut that is left out leaves the steps', () => {
    const graph = graphOf(
      network(`
  - residual: [tanh]
    shortcut: { steps: [relu], when: false }
`),
    );
    expect(nodeLines(graph)).toEqual(['tanh: tanh of x gives [N, 8, 8, 3]']);
  });

  test('steps that are left out leave the shortcut', () => {
    const graph = graphOf(
      network(`
  - relu
  - residual: { steps: [tanh], when: false }
  - tanh
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of relu gives [N, 8, 8, 3]',
    ]);
  });
});

describe('tap', () => {
  test('leads a side branch away', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - relu
  - tap: [{ dense: 2 }, tanh]
    name: aux
  - relu
outputs: { main: _, aux: aux }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 3]',
      'aux/dense: dense of relu gives [N, 2]',
      'aux/tanh: tanh of aux/dense gives aux [N, 2]',
      'relu_2: relu of relu gives [N, 3]',
    ]);
    expect(outputLines(graph)).toEqual(['main = relu_2 [N, 3]', 'aux = aux [N, 2]']);
  });

  test('its claim is about its own value', () => {
    const graph = graphOf(
      network(`
  - tap: [{ dense: 2 }]
    name: aux
    expect: [N, 8, 8, 2]
  - relu:
    expect: [N, 8, 8, 3]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'aux/dense: dense of x gives aux [N, 8, 8, 2]',
      'relu: relu of x gives [N, 8, 8, 3]',
    ]);
  });
});

describe('repeat', () => {
  test('copies in a chain', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 3
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'relu_2: relu of relu gives [N, 8, 8, 3]',
      'relu_3: relu of relu_2 gives [N, 8, 8, 3]',
    ]);
  });

  test('none at all is the identity', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 0
  - tanh
`),
    );
    expect(nodeLines(graph)).toEqual(['tanh: tanh of x gives [N, 8, 8, 3]']);
  });

  test('side by side', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: { times: 3, parallel: true }
    name: r
  - concat
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r_0: relu of x gives [N, 8, 8, 3]',
      'r_1: relu of x gives [N, 8, 8, 3]',
      'r_2: relu of x gives [N, 8, 8, 3]',
      'concat: concat of r_0, r_1, r_2 gives [N, 8, 8, 9]',
    ]);
  });

  test('with an index and items', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { widths: [4, 6] }
inputs: { x: [N, 3] }
network:
  - dense: $w
    repeat: { over: $widths, as: w }
    name: d$i
  - dense: $(w * k + 1)
    repeat: { over: [2, 3], as: w, index: k }
    name: e$k
`),
    );
    expect(valuesOf(graph, 'units')).toEqual(['d0 = 4', 'd1 = 6', 'e0 = 1', 'e1 = 4']);
  });

  test('rows, taken apart', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - dense: { units: $u, bias: $b }
    repeat: { over: [[2, true], [4, false]], as: [u, b] }
    name: d$u
`),
    );
    expect(valuesOf(graph, 'units')).toEqual(['d2 = 2', 'd4 = 4']);
    expect(valuesOf(graph, 'bias')).toEqual(['d2 = true', 'd4 = false']);
  });

  test('copies that read by the index', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: a_0
  - tanh:
    name: a_1
  - relu:
    repeat: 2
    from: a_$i
    name: b
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a_0: relu of x gives [N, 8, 8, 3]',
      'a_1: tanh of a_0 gives [N, 8, 8, 3]',
      'b_0: relu of a_0 gives [N, 8, 8, 3]',
      'b_1: relu of a_1 gives [N, 8, 8, 3]',
    ]);
  });

  test('a repeat in a group that reads one value', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: r
  - tanh
  - steps:
      - relu:
        repeat: 2
    from: r
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r: relu of x gives [N, 8, 8, 3]',
      'tanh: tanh of r gives [N, 8, 8, 3]',
      'relu: relu of r gives [N, 8, 8, 3]',
      'relu_2: relu of relu gives [N, 8, 8, 3]',
    ]);
  });

  test('from that is chained through the current value', () => {
    const graph = graphOf(
      network(`
  - add: [_, x]
    repeat: 2
`),
    );
    expect(nodeLines(graph)).toEqual([
      'add: add of x, x gives [N, 8, 8, 3]',
      'add_2: add of add, x gives [N, 8, 8, 3]',
    ]);
  });
});

describe('when', () => {
  test('leaves a step out, whose name two steps may then share', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: a
    when: false
  - tanh:
    name: a
  - relu:
    from: a
`),
    );
    expect(nodeLines(graph)).toEqual([
      'a: tanh of x gives [N, 8, 8, 3]',
      'relu: relu of a gives [N, 8, 8, 3]',
    ]);
  });

  test('sees the index of a copy', () => {
    const graph = graphOf(
      network(`
  - steps:
      - relu
      - tanh:
        when: $(i == 1)
    repeat: 2
    name: g
`),
    );
    expect(nodeNames(graph)).toEqual(['g_0/relu', 'g_1/relu', 'g_1/tanh']);
  });

  test('leaves a tap, and its output, out', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { aux: false }
inputs: { x: [N, 3] }
network:
  - tap: [{ dense: 2, name: logits }]
    name: aux
    when: $aux
  - relu
outputs: { main: _, aux: aux, logits: aux/logits }
`),
    );
    expect(nodeLines(graph)).toEqual(['relu: relu of x gives [N, 3]']);
    expect(outputLines(graph)).toEqual(['main = relu [N, 3]']);
  });

  test('what is left out is not claimed', () => {
    const graph = graphOf(
      network(`
  - relu:
    when: false
    expect: [N, 9]
  - tanh
`),
    );
    expect(nodeNames(graph)).toEqual(['tanh']);
  });
});

describe('in_channels', () => {
  test('in steps: of the value that the step reads', () => {
    const graph = graphOf(
      network(`
  - dense: $(in_channels * 2)
  - dense: $(in_channels * 2)
  - dense: $(in_channels + 1)
    from: x
`),
    );
    expect(valuesOf(graph, 'units')).toEqual(['dense = 6', 'dense_2 = 12', 'dense_3 = 4']);
  });

  test(`in branches and residual: of the value that enters, then of each step's`, () => {
    const graph = graphOf(
      network(`
  - branches:
      a: [{ dense: $(in_channels * 2) }, { dense: $in_channels }]
      b: { steps: [{ dense: $in_channels }], when: $(in_channels == 3) }
    merge: concat
  - residual: [{ dense: $in_channels }]
    shortcut: [{ dense: $in_channels }]
`),
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'a/dense = 6',
      'a/dense_2 = 6',
      'b/dense = 3',
      'dense = 9',
      'dense_2 = 9',
    ]);
  });

  test(`in a block: in the default of a param, of the call's input`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 16] }
blocks:
  narrow:
    params: { ratio: 4, restore: $in_channels }
    steps:
      - conv: { filters: $(in_channels // ratio), kernel: 1 }
      - conv: { filters: $restore, kernel: 1 }
network: [narrow]
`),
    );
    expect(valuesOf(graph, 'filters')).toEqual(['narrow/conv = 4', 'narrow/conv_2 = 16']);
  });

  test('in the arguments of a block, and in a name', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: { params: { w: int }, steps: [ dense: $w ] } }
network:
  - b: { w: $(in_channels * 3) }
    name: b$in_channels
  - b: { w: $in_channels }
    name: b$in_channels
`),
    );
    expect(nodeNames(graph)).toEqual(['b3/dense', 'b9/dense']);
  });
});

describe('outputs', () => {
  test('the last value, where none are listed', () => {
    const graph = graphOf(
      network(`
  - relu
  - tanh
`),
    );
    expect(outputLines(graph)).toEqual(['tanh = tanh [N, 8, 8, 3]']);
  });

  test('by name, and renamed', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - relu:
    name: r
  - tanh
outputs: [r, tanh, x]
`),
    );
    expect(outputLines(graph)).toEqual(['r = r [N, 3]', 'tanh = tanh [N, 3]', 'x = x [N, 3]']);
  });

  test('from an expression', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { head: r }
inputs: { x: [N, 3] }
network:
  - relu:
    name: r
  - tanh
outputs: { out: $head }
`),
    );
    expect(outputLines(graph)).toEqual(['out = r [N, 3]']);
  });
});

describe('until', () => {
  test('keeps what a value needs, and makes it the output', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network:
  - relu:
    from: x
    name: r
  - add: [r, y]
`),
      { until: 'r' },
    );
    expect(nodeLines(graph)).toEqual(['r: relu of x gives [N, 3]']);
    expect(outputLines(graph)).toEqual(['r = r [N, 3]']);
    expect(graph.inputs.map((i) => i.value.name)).toEqual(['x']);
  });

  test('a copy by the name of its repeat', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 3
    name: r
  - tanh
`),
      { until: 'r' },
    );
    expect(outputLines(graph)).toEqual(['r = r_2 [N, 8, 8, 3]']);
  });
});

describe('outputs of a block that are left out', () => {
  test('are none of its outputs', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    params: { aux: false }
    steps:
      - relu:
        name: a
      - tanh:
        name: b
        when: $aux
    outputs: [a, b]
network:
  - b
  - tanh
`),
    );
    expect(nodeLines(graph)).toEqual(['b/a: relu of x gives [N, 3]', 'tanh: tanh of b/a gives [N, 3]']);
  });
});

test('inputs are given by name, in any order, and a block takes its inputs so too', () => {
  const spec = `
inception: 1
name: by_name
inputs:
  a: [N, 'P + S', 4]
  b: [N, P, 4]
  c: [N, S, 4]
blocks:
  joined:
    inputs: [first, second]
    steps:
      - concat: [first, second]
network:
  - joined:
    from: { second: c, first: b }
    name: whole
  - concat: { axis: 1 }
    from: [b, c]
    name: along
    expect: [N, P + S, 4]
`;
  const { graph, diagnostics } = compile(
    spec.replace('- concat: [first, second]', '- concat: { axis: 1 }\n        from: [first, second]'),
    { name: 's.yaml' },
  );
  expect(diagnostics).toEqual([]);
  expect(graph?.nodes[0]?.inputs.map((v) => v.name)).toEqual(['b', 'c']);
});

test('an input that an op does not have is named, with those it has', () => {
  const spec = `
inception: 1
name: wrong_name
inputs:
  x: [N, 4]
network:
  - relu:
    from: { y: x }
`;
  const { diagnostics } = compile(spec, { name: 's.yaml' });
  expect(diagnostics.map((d) => [d.code, d.params.name])).toEqual([
    ['INC130', 'y'],
    ['INC137', undefined],
  ]);
});

test('all of a named group is not its last value', () => {
  const spec = `
inception: 1
name: group
inputs:
  x: [N, 4]
network:
  - steps:
      - dense: 4
        repeat: 3
        name: layer
    name: m
  - concat: [x, m/*]
`;
  const { diagnostics } = compile(spec, { name: 's.yaml' });
  expect(diagnostics.map((d) => [d.code, d.params.name])).toEqual([['INC130', 'm/*']]);
});

test('a size given from outside stands for the symbol in attributes', () => {
  const spec = `
inception: 1
name: pooled
inputs:
  image: [N, H, W, 3]
network:
  - global_avg_pool: true
  - expand: [_, H, W, _]
`;
  const { graph, diagnostics } = compile(spec, { name: 's.yaml', inputs: { image: ['N', 8, 9, 3] } });
  expect(diagnostics).toEqual([]);
  expect(graph?.outputs[0]?.value.type.shape.slice(1)).toEqual([8, 9, 3]);
});
