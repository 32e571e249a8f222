import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines, nodeNames, outputLines, valuesOf } from './graphLines.ts';
import { lines } from './report.ts';

describe('params of the spec', () => {
  test('a default, a variant over it, and what is set over both', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { a: 1, b: 1, c: 1 }
variants: { s: { b: 2, c: 2 } }
inputs: { x: [N, 3] }
network:
  - dense: $a
  - dense: $b
  - dense: $c
`),
      { variant: 's', set: { c: 7 } },
    );
    expect(valuesOf(graph, 'units')).toEqual(['dense = 1', 'dense_2 = 2', 'dense_3 = 7']);
    expect(graph.name).toEqual('net_s');
  });

  test('a default that is worked out from those above it, also from what is set', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { width: 2, twice: $(width * 2), widths: "$([width, twice + 1])" }
inputs: { x: [N, 3] }
network:
  - dense: $twice
  - dense: "$(widths[1])"
`),
      { set: { width: 5 } },
    );
    expect(valuesOf(graph, 'units')).toEqual(['dense = 10', 'dense_2 = 11']);
  });

  test('types', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { i: int, f: float, b: bool, s: string, l: list, n: 0.5, c: { choices: [a, 1], default: 1 } }
inputs: { x: [N, 3] }
network:
  - relu:
    name: r_$(i)_$(f)_$(b)_$(s)_$(len(l))_$(n)_$(c)
`),
      { set: { i: 2, f: 1, b: false, s: 'x', l: [1, [2]] } },
    );
    expect(nodeNames(graph)).toEqual(['r_2_1_false_x_2_0.5_1']);
  });

  test('in inputs, dims, outputs and repeats', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { size: 8, least: 2, times: 2, head: r_1 }
inputs: { x: [N, $size, "$(size // 2) + 1"] }
dims: { N: { min: $least } }
network:
  - relu:
    repeat: { times: $times }
    name: r
outputs: [$head]
`),
      { set: { size: 6 } },
    );
    expect(outputLines(graph)).toEqual(['r_1 = r_1 [N, 6, 4]']);
  });
});

describe('params of a block', () => {
  test(`arguments in the terms of the caller, defaults in those of the block's file`, () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
params: { w: 2 }
inputs: { x: [N, 3] }
network:
  - lib.b
  - lib.b: { w: $(w + 1) }
`),
      {
        files: {
          'lib.yaml': lines(`
inception: 1
name: lib
params: { w: 10 }
blocks:
  b:
    params: { w: $w, next: $(w + 1) }
    steps: [ dense: $w, dense: $next ]
`),
        },
      },
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'b/dense = 10',
      'b/dense_2 = 11',
      'b_2/dense = 3',
      'b_2/dense_2 = 4',
    ]);
  });

  test('a library that is imported twice', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
imports: { a: lib/a.yaml, b: lib/b.yaml }
inputs: { x: [N, 3] }
network: [a.one, b.two]
`),
      {
        files: {
          'lib/a.yaml': lines(`
inception: 1
name: a
imports: { c: ./c.yaml }
blocks: { one: [c.three] }
`),
          'lib/b.yaml': lines(`
inception: 1
name: b
imports: { c: ../lib/c.yaml }
blocks: { two: [c.three] }
`),
          'lib/c.yaml': lines(`
inception: 1
name: c
blocks: { three: [relu] }
`),
        },
      },
    );
    expect(nodeNames(graph)).toEqual(['one/three/relu', 'two/three/relu']);
  });
});

describe('inputs', () => {
  test('given from outside: numbers, and symbols', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
network:
  - max_pool: { kernel: 2, stride: 2 }
`),
      { inputs: { x: [2, 'H', 9, 3] } },
    );
    expect(nodeLines(graph)).toEqual(['max_pool: max_pool of x gives [2, H // 2, 4, 3]']);
  });

  test('what their numbers mean', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs:
  x: { shape: [N, 3], range: [-1, 1], mean: [0.5], std: [0.25], description: An image }
  ids: { shape: [N, 3], dtype: int32 }
network:
  - relu:
    from: x
`),
    );
    expect(graph.inputs.map((i) => i.meaning)).toEqual([
      { range: [-1, 1], mean: [0.5], std: [0.25], description: 'An image' },
      {},
    ]);
    expect(graph.inputs.map((i) => i.type.dtype)).toEqual(['float32', 'int32']);
  });

  test('facts of symbols', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
inputs: { x: [N, H, W, 3] }
dims: { H: { min: 64, multiple_of: 32 }, W: { max: 9, multiple_of: 4, remainder: 1 } }
network: [relu]
`),
    );
    expect(graph.facts).toEqual({
      H: { min: 64, multipleOf: 32 },
      W: { max: 9, multipleOf: 4, remainder: 1 },
    });
  });
});
