import { describe, expect, test } from 'vitest';
import { attribute, graphOf, nodeLines, nodeNames } from './graphLines.ts';
import { lines, network } from './report.ts';

describe('precedence, highest first', () => {
  test(`the step's own attribute`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { padding: same, kernel: 3 } }
network:
  - conv: { filters: 4, padding: half }
    name: c
`),
    );
    expect(attribute(graph, 'c', 'padding')).toEqual(['half', 'written net.yaml: padding: half']);
    expect(attribute(graph, 'c', 'kernel')).toEqual([[3, 3], 'default net.yaml: kernel: 3']);
    expect(attribute(graph, 'c', 'filters')).toEqual([4, 'written net.yaml: filters: 4']);
    expect(attribute(graph, 'c', 'bias')).toEqual([true, 'op-default']);
  });

  test('inner structure before outer structure', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { kernel: 3, padding: valid, stride: 2 } }
network:
  - steps:
      - steps: [{ conv: { filters: 4 }, name: c }]
        name: inner
        defaults: { conv: { padding: half } }
      - conv: { filters: 4 }
        name: c
    defaults: { conv: { padding: same, stride: 1 } }
`),
    );
    expect(attribute(graph, 'inner/c', 'padding')).toEqual(['half', 'default net.yaml: padding: half']);
    expect(attribute(graph, 'c', 'padding')).toEqual(['same', 'default net.yaml: padding: same']);
    expect(attribute(graph, 'c', 'stride')).toEqual([[1, 1], 'default net.yaml: stride: 1']);
  });

  test('structure before block', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
blocks:
  b:
    defaults: { conv: { kernel: 3, padding: same } }
    steps:
      - steps: [{ conv: { filters: 4 }, name: c }]
        defaults: { conv: { padding: half } }
      - conv: { filters: 4 }
        name: d
network: [b]
`),
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['half', 'default net.yaml: padding: half']);
    expect(attribute(graph, 'b/d', 'padding')).toEqual(['same', 'default net.yaml: padding: same']);
  });

  test('block before the scopes of the caller, and these before the file, for a block of the same file', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { kernel: 3, padding: valid, stride: 2, dilation: 1 } }
blocks:
  b:
    defaults: { conv: { padding: half } }
    steps: [{ conv: { filters: 4 }, name: c }]
network:
  - steps: [b]
    defaults: { conv: { padding: same, stride: 1 } }
`),
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['half', 'default net.yaml: padding: half']);
    expect(attribute(graph, 'b/c', 'stride')).toEqual([[1, 1], 'default net.yaml: stride: 1']);
    expect(attribute(graph, 'b/c', 'dilation')).toEqual([[1, 1], 'default net.yaml: dilation: 1']);
  });

  test(`the file of a block before its caller's scopes, and it ends the search`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { stride: 2 } }
network:
  - steps: [lib.b]
    defaults: { conv: { padding: half, stride: 4 } }
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
defaults: { conv: { kernel: 3, padding: same } }
blocks: { b: [{ conv: { filters: 4 }, name: c }] }
`),
        },
      },
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['same', 'default lib.yaml: padding: same']);
    expect(attribute(graph, 'b/c', 'stride')).toEqual([[1, 1], 'op-default']);
  });

  test('a file that says nothing of the op leaves it to the caller: scopes, then file', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { kernel: 3, stride: 2, padding: valid } }
network:
  - steps: [lib.b]
    defaults: { conv: { padding: half } }
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
defaults: { max_pool: { stride: 2 } }
blocks: { b: [{ conv: { filters: 4 }, name: c }] }
`),
        },
      },
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['half', 'default net.yaml: padding: half']);
    expect(attribute(graph, 'b/c', 'stride')).toEqual([[2, 2], 'default net.yaml: stride: 2']);
    expect(attribute(graph, 'b/c', 'bias')).toEqual([true, 'op-default']);
  });

  test(`an op that a file names without attributes is pinned to the op's own defaults`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { padding: same } }
network: [lib.b]
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
defaults: { conv: {} }
blocks: { b: [{ conv: { filters: 4, kernel: 3 }, name: c }] }
`),
        },
      },
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['valid', 'op-default']);
  });

  test('defaults beside a call of a block are around it', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
blocks: { b: [{ conv: { filters: 4, kernel: 3 }, name: c }] }
network:
  - b:
    defaults: { conv: { padding: same } }
`),
    );
    expect(attribute(graph, 'b/c', 'padding')).toEqual(['same', 'default net.yaml: padding: same']);
  });
});

describe('fused sugar', () => {
  test('the scoped defaults of the norm and of the activation apply to them', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults:
  conv: { kernel: 3, norm: batch_norm }
  batch_norm: { epsilon: 0.01, scale: false }
network:
  - conv: { filters: 4, norm: { batch_norm: { epsilon: 0.5 } } }
    name: c
`),
    );
    expect(attribute(graph, 'c/batch_norm', 'epsilon')).toEqual([0.5, 'written net.yaml: epsilon: 0.5']);
    expect(attribute(graph, 'c/batch_norm', 'scale')).toEqual([false, 'default net.yaml: scale: false']);
    expect(attribute(graph, 'c/batch_norm', 'momentum')).toEqual([0.99, 'op-default']);
  });

  test('attributes that stand in defaults are defaults, and their expressions see what the defaults see', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 8, 8, 3] }
network: [lib.b]
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
params: { epsilon: 0.25 }
defaults: { conv: { kernel: 3, norm: { batch_norm: { epsilon: $epsilon } } } }
blocks: { b: { params: { epsilon: 1 }, steps: [{ conv: { filters: 4 }, name: c }] } }
`),
        },
      },
    );
    expect(attribute(graph, 'b/c/batch_norm', 'epsilon')).toEqual([
      0.25,
      'default lib.yaml: epsilon: $epsilon',
    ]);
  });

  test('none takes a default away', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { kernel: 3, norm: batch_norm, activation: relu } }
network:
  - conv: { filters: 4, norm: none }
  - conv: { filters: 4, activation: none }
`),
    );
    expect(nodeNames(graph)).toEqual(['conv', 'conv/relu', 'conv_2', 'conv_2/batch_norm']);
  });

  test('a name from an expression', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { act: tanh, norm: none }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: 4, kernel: 3, norm: $norm, activation: $act }
`),
    );
    expect(nodeNames(graph)).toEqual(['conv', 'conv/tanh']);
  });
});

describe('what defaults see', () => {
  test('the params of their file, also where a block is called from elsewhere', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { width: 7 }
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { kernel: 3, filters: $width } }
blocks: { b: { params: { width: 9 }, steps: [{ conv: , name: c }] } }
network: [b]
`),
    );
    expect(attribute(graph, 'b/c', 'filters')).toEqual([7, 'default net.yaml: filters: $width']);
  });

  test('of a structure: the names around it', () => {
    const graph = graphOf(
      network(`
  - steps: [{ conv: { kernel: 1 }, name: c_$(i) }]
    repeat: 2
    defaults: { conv: { filters: $(4 + i) } }
`),
    );
    expect(attribute(graph, 'c_0', 'filters')).toEqual([4, 'default net.yaml: filters: $(4 + i)']);
    expect(attribute(graph, 'c_1', 'filters')).toEqual([5, 'default net.yaml: filters: $(4 + i)']);
  });
});

describe('defaults of the op that joins branches', () => {
  test('a concat', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 4, 3] }
defaults: { concat: { axis: 1 } }
network:
  - branches: [[relu], [tanh]]
    merge: concat
`),
    );
    expect(attribute(graph, 'concat', 'axis')).toEqual([1, 'default net.yaml: axis: 1']);
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 4, 3]',
      'tanh: tanh of x gives [N, 4, 3]',
      'concat: concat of relu, tanh gives [N, 8, 3]',
    ]);
  });
});

describe('defaults inside an attribute that is a mapping', () => {
  test.each(['8', '$(2 * 4)'])('are filled in: { factor: %s }', (factor) => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, S, 16], p: { shape: [N, S], dtype: int32 } }
network:
  - rotary_embedding: { scaling: { factor: ${factor} } }
    from: [x, p]
    name: r
`),
    );
    expect(attribute(graph, 'r', 'scaling')[0]).toEqual({
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    });
  });
});
