import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines, nodeNames } from './graphLines.ts';
import { lines, network } from './report.ts';

describe('automatic names', () => {
  test(`the op's name, counted`, () => {
    const graph = graphOf(
      network(`
  - relu
  - tanh
  - relu
  - conv: { filters: 3, kernel: 1 }
  - conv: { filters: 3, kernel: 1 }
  - relu
`),
    );
    expect(nodeNames(graph)).toEqual(['relu', 'tanh', 'relu_2', 'conv', 'conv_2', 'relu_3']);
  });

  test('a count passes over names that are taken', () => {
    const graph = graphOf(
      network(`
  - relu:
    name: tanh
  - tanh
  - relu:
    name: relu_2
  - relu
  - relu
`),
    );
    expect(nodeNames(graph)).toEqual(['tanh', 'tanh_2', 'relu_2', 'relu', 'relu_3']);
  });

  test('a step that is left out takes its number', () => {
    const graph = graphOf(
      network(`
  - relu
  - relu:
    when: false
  - relu
`),
    );
    expect(nodeNames(graph)).toEqual(['relu', 'relu_3']);
  });

  test(`a call of a block has the block's name, and is a scope`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { twice: [relu, relu] }
network: [twice, twice]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'twice/relu: relu of x gives [N, 3]',
      'twice/relu_2: relu of twice/relu gives twice [N, 3]',
      'twice_2/relu: relu of twice gives [N, 3]',
      'twice_2/relu_2: relu of twice_2/relu gives twice_2 [N, 3]',
    ]);
  });

  test('a block of an import is called without its alias', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network: [lib.block, lib.block]
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
blocks: { block: [relu] }
`),
        },
      },
    );
    expect(nodeNames(graph)).toEqual(['block/relu', 'block_2/relu']);
  });
});

describe('names of structures', () => {
  test('an unnamed structure opens no scope: its names are counted in the scope around it', () => {
    const graph = graphOf(
      network(`
  - relu
  - steps: [relu, { steps: [relu] }]
  - residual: [relu, tanh]
  - branches: [[relu], [relu]]
    merge: add
  - relu
`),
    );
    expect(nodeNames(graph)).toEqual([
      'relu',
      'relu_2',
      'relu_3',
      'relu_4',
      'tanh',
      'add',
      'relu_5',
      'relu_6',
      'add_2',
      'relu_7',
    ]);
  });

  test('a named one is a scope, and its name is that of its value', () => {
    const graph = graphOf(
      network(`
  - relu
  - steps: [relu, tanh]
    name: stem
  - residual: [relu]
    name: res
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'stem/relu: relu of relu gives [N, 8, 8, 3]',
      'stem/tanh: tanh of stem/relu gives stem [N, 8, 8, 3]',
      'res/relu: relu of stem gives [N, 8, 8, 3]',
      'res: add of stem, res/relu gives [N, 8, 8, 3]',
    ]);
  });

  test('the value of an unnamed structure is named by its op', () => {
    const graph = graphOf(
      network(`
  - residual: [relu]
  - residual: [relu]
  - branches: { a: [relu], b: [] }
    merge: concat
  - relu:
    from: add_2
`),
    );
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 8, 8, 3]',
      'add: add of x, relu gives [N, 8, 8, 3]',
      'relu_2: relu of add gives [N, 8, 8, 3]',
      'add_2: add of add, relu_2 gives [N, 8, 8, 3]',
      'a/relu: relu of add_2 gives [N, 8, 8, 3]',
      'concat: concat of a/relu, add_2 gives [N, 8, 8, 6]',
      'relu_3: relu of add_2 gives [N, 8, 8, 3]',
    ]);
  });

  test('the key of a branch is a scope, also in unnamed branches', () => {
    const graph = graphOf(
      network(`
  - branches:
      left: [relu, relu]
      right: [relu, { steps: [relu], name: deep }]
    merge: add
    name: mixed
  - branches: { a: [relu], b: [relu] }
    merge: add
`),
    );
    expect(nodeNames(graph)).toEqual([
      'mixed/left/relu',
      'mixed/left/relu_2',
      'mixed/right/relu',
      'mixed/right/deep/relu',
      'mixed',
      'a/relu',
      'b/relu',
      'add',
    ]);
  });

  test('names that are whole numbers', () => {
    const graph = graphOf(
      network(`
  - steps: [{ relu: , name: 1 }]
    name: 0
`),
    );
    expect(nodeNames(graph)).toEqual(['0/1']);
  });

  test('a group inside a block, inside a branch', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [{ steps: [relu], name: g }] }
network:
  - branches: { k: [b, { b: , name: mine }], l: [] }
    merge: add
    name: m
`),
    );
    expect(nodeNames(graph)).toEqual(['m/k/b/g/relu', 'm/k/mine/g/relu', 'm']);
  });
});

describe('names of copies', () => {
  test('a plain name with the number of the copy', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 2
    name: r
`),
    );
    expect(nodeLines(graph)).toEqual([
      'r_0: relu of x gives [N, 8, 8, 3]',
      'r_1: relu of r_0 gives [N, 8, 8, 3]',
    ]);
  });

  test('an expression in the name', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 3
    name: r$("abc"[i])
  - relu:
    repeat: { times: 2, index: k }
    name: s_$(k + 1)
`),
    );
    expect(nodeNames(graph)).toEqual(['ra', 'rb', 'rc', 's_1', 's_2']);
  });

  test('without a name they are counted', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 2
  - steps: [relu, tanh]
    repeat: 2
`),
    );
    expect(nodeNames(graph)).toEqual(['relu', 'relu_2', 'relu_3', 'tanh', 'relu_4', 'tanh_2']);
  });

  test('groups', () => {
    const graph = graphOf(
      network(`
  - steps: [relu, relu]
    repeat: 2
    name: g
`),
    );
    expect(nodeNames(graph)).toEqual(['g_0/relu', 'g_0/relu_2', 'g_1/relu', 'g_1/relu_2']);
  });

  test('copies in copies', () => {
    const graph = graphOf(
      network(`
  - steps:
      - relu:
        repeat: 2
        name: r
    repeat: 2
    name: g
`),
    );
    expect(nodeNames(graph)).toEqual(['g_0/r_0', 'g_0/r_1', 'g_1/r_0', 'g_1/r_1']);
  });
});

describe('names of fused nodes', () => {
  test(`conv, norm and activation: the step's name is that of the last value`, () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 4, kernel: 3, norm: batch_norm, activation: relu }
    name: conv_1
`),
    );
    expect(nodeLines(graph)).toEqual([
      'conv_1: conv of x gives conv_1/conv [N, 6, 6, 4]',
      'conv_1/batch_norm: batch_norm of conv_1/conv gives [N, 6, 6, 4]',
      'conv_1/relu: relu of conv_1/batch_norm gives conv_1 [N, 6, 6, 4]',
    ]);
    expect(graph.nodes.map((n) => n.step)).toEqual(['conv_1', 'conv_1', 'conv_1']);
  });

  test('without a norm', () => {
    const graph = graphOf(
      network(`
  - dense: { units: 4, activation: { softmax: 1 } }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'dense: dense of x gives dense/dense [N, 8, 8, 4]',
      'dense/softmax: softmax of dense/dense gives dense [N, 8, 8, 4]',
    ]);
  });

  test('in a block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [ dense: { units: 3, activation: tanh } ] }
network: [b]
`),
    );
    expect(nodeNames(graph)).toEqual(['b/dense', 'b/dense/tanh']);
  });
});

describe('names of weights', () => {
  test('node and weight', () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 4, kernel: 3, norm: batch_norm }
    name: conv_1
  - steps: [ dense: { units: 2, bias: false } ]
    name: head
`),
    );
    expect(graph.nodes.flatMap((n) => n.weights.map((w) => w.fullName))).toEqual([
      'conv_1/kernel',
      'conv_1/bias',
      'conv_1/batch_norm/gamma',
      'conv_1/batch_norm/beta',
      'conv_1/batch_norm/moving_mean',
      'conv_1/batch_norm/moving_variance',
      'head/dense/kernel',
    ]);
  });
});

describe('end points', () => {
  test('named and claimed steps of the network, its block calls and its outputs', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    - relu:
      name: inside
    - relu:
      name: claimed
      expect: [N, 3]
network:
  - relu
  - relu:
    name: a
  - tanh:
    expect: [N, 3]
  - b
  - steps: [{ relu: , name: deep }]
    name: group
  - branches: { k: [{ relu: , name: in_branch }], l: [] }
    merge: add
  - relu
`),
    );
    expect(graph.endPoints.map((e) => e.name)).toEqual(['a', 'tanh', 'b/claimed', 'b', 'group', 'relu_2']);
  });

  test('each value of a structure that gives several', () => {
    const graph = graphOf(
      network(`
  - branches: [[relu], [tanh]]
    merge: none
    expect: [[N, 8, 8, 3], [N, 8, 8, 3]]
  - add
`),
    );
    expect(graph.endPoints.map((e) => e.name)).toEqual(['relu', 'tanh', 'add']);
  });
});

describe('the name of a value that has several', () => {
  test('the first that the author gave', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [relu], c: [{ relu: , name: inner }] }
network:
  - b:
    name: mine
  - c
  - b
`),
    );
    expect(nodeLines(graph)).toEqual([
      'mine/relu: relu of x gives mine [N, 3]',
      'c/inner: relu of mine gives [N, 3]',
      'b/relu: relu of c/inner gives b [N, 3]',
    ]);
  });
});
