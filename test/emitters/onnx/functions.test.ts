import { describe, expect, test } from 'vitest';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { compileText } from '../../golden/compileSpec.ts';
import { decodeModel, infoLines, modelBytes, nodeLines } from './decodeModel.ts';

/** The model of a network with blocks; functions as `name(inputs) -> outputs` with a line for each of their nodes. */
function outlined(text: string, options: Partial<OnnxOptions> = {}) {
  const { graph: network, diagnostics } = compileText(`inception: 1\nname: net\n${text}`, 'net.yaml');
  if (network === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  const bytes = modelBytes(emitOnnx(network, { ...onnxDefaults, functions: true, ...options }));
  const { model, graph } = decodeModel(bytes);
  const functions = model.functions.map(({ name, input, output, node }) => [
    `${name}(${input}) -> ${output}`,
    ...nodeLines({ node: node ?? [] }),
  ]);
  return { model, graph, functions, nodes: nodeLines(graph) };
}

const towers = (second: string) => `
inputs: { x: [N, 4] }
blocks:
  unit:
    params: { units: int, activation: relu }
    steps:
      - dense: { units: $units, bias: false, activation: $activation }
network:
  - unit: { units: 5 }
    name: a
  - unit: ${second}
    name: b
`;

const unit = [
  'unit(x,dense/kernel) -> y',
  'x dense/kernel -> Gemm(alpha=1,beta=1,transA=0,transB=0) -> dense/dense',
  'dense/dense -> Relu() -> y',
];

describe('a block that is called is a function', () => {
  test('shared by calls whose nodes are the same; weights are given, so their shapes may differ', () => {
    const { functions, nodes, model, graph } = outlined(towers('{ units: 6 }'));
    expect(functions).toEqual([unit]);
    expect(nodes).toEqual(['x a/dense/kernel -> unit() -> a', 'a b/dense/kernel -> unit() -> b']);
    expect(graph.node?.map(({ name, domain }) => [name, domain])).toEqual([
      ['a', 'inception-cli.net'],
      ['b', 'inception-cli.net'],
    ]);
    expect(graph.initializer?.map(({ name, dims }) => [name, dims])).toEqual([
      ['a/dense/kernel', [4, 5]],
      ['b/dense/kernel', [5, 6]],
    ]);
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([
      ['', 17],
      ['inception-cli.net', 1],
    ]);
  });

  test('of its own, with a number, where the nodes differ', () => {
    const { functions, nodes } = outlined(towers('{ units: 5, activation: tanh }'));
    expect(functions.map(([head]) => head)).toEqual([
      'unit(x,dense/kernel) -> y',
      'unit_2(x,dense/kernel) -> y',
    ]);
    expect(nodes).toEqual(['x a/dense/kernel -> unit() -> a', 'a b/dense/kernel -> unit_2() -> b']);
  });

  test('the model is as before where it is not asked for', () => {
    const { model } = outlined(towers('{ units: 6 }'), { functions: false });
    expect(model.functions).toEqual([]);
    expect(model.opsetImport).toHaveLength(1);
  });

  // onnx.proto: IR version 8 "added a list of FunctionProtos local to the model".
  test.each([
    [13, 8],
    [17, 8],
    [21, 10],
  ])('operator set %i is written in version %i of the file format', (opset, version) => {
    const { model } = outlined(towers('{ units: 6 }'), { opset });
    expect(Number(model.irVersion)).toBe(version);
    expect(model.functions[0]?.opsetImport?.map(({ version: v }) => Number(v))).toEqual([opset]);
  });
});

const nested = `
inputs: { x: [N, 4] }
blocks:
  inner:
    - dense: { units: 4, bias: false }
    - relu
  outer:
    - inner
    - tanh
    - inner
network:
  - repeat: 2
    name: outer_$i
    steps: [outer]
`;

test('a block within a block is a function that a function calls', () => {
  const { functions, nodes, model } = outlined(nested);
  expect(functions.map(([head]) => head?.replace(/\(.*/, ''))).toEqual(['inner', 'outer']);
  expect(functions[1]?.slice(1).map((line) => /(\w+)\(\)/.exec(line)?.[1])).toEqual([
    'inner',
    'Tanh',
    'inner',
  ]);
  expect(nodes).toHaveLength(2);
  expect(model.functions.map((f) => f.opsetImport?.map(({ domain }) => domain))).toEqual([
    [''],
    ['', 'inception-cli.net'],
  ]);
});

describe('an end point inside of a block', () => {
  const pointed = `
inputs: { x: [N, 4] }
blocks:
  unit:
    - dense: { units: 4, bias: false }
      name: narrow
      expect: [N, 4]
    - relu
network:
  - unit
  - tanh
`;

  test('is one more output of the function where the model gives it', () => {
    const { functions, graph } = outlined(pointed, { endPoints: true });
    expect(functions.map(([head]) => head)).toEqual(['unit(x,narrow/kernel) -> narrow,y']);
    expect(infoLines(graph.output)).toContain('unit/narrow: N,4');
  });

  test('is in no list of the model where it does not', () => {
    const { functions, graph, model } = outlined(pointed);
    expect(functions.map(([head]) => head)).toEqual(['unit(x,narrow/kernel) -> y']);
    expect(infoLines(graph.valueInfo)).toEqual(['unit: N,4']);
    const [endPoints] = model.metadataProps.filter(({ key }) => key === 'end_points');
    expect(JSON.parse(endPoints?.value ?? '')).toEqual({ unit: 'unit', tanh: 'tanh' });
  });
});

test('scalars, axes and shapes are constants of the function; sizes are worked out outside and given to it', () => {
  const { functions, nodes, graph } = outlined(`
inputs: { x: [N, S, 4] }
blocks:
  unit:
    inputs: { x: [N, S, C] }
    steps:
      - reshape: [N * S, 2, 2]
      - permute: [0, 2, 1]
      - reshape: [N, S, 4]
network:
  - unit
  - unit
`);
  expect(functions).toHaveLength(1);
  const [head, ...body] = functions[0] ?? [];
  expect(head).toMatch(/^unit\(x,x_2\) -> /);
  expect(body.filter((line) => line.includes('Constant'))).toHaveLength(1);
  expect(body.some((line) => /Shape\(|Gather/.test(line))).toBe(false);
  expect(nodes.filter((line) => line.includes('unit()'))).toHaveLength(2);
  // A constant that only the function reads is no initialiser as well.
  const read = new Set(graph.node?.flatMap((n) => n.input ?? []));
  expect(graph.initializer?.filter(({ name }) => !read.has(name ?? ''))).toEqual([]);
});

describe('transposes are as many as without functions', () => {
  const text = `
inputs: { x: [N, 8, 8, 3] }
blocks:
  unit:
    - conv: { filters: 3, kernel: 3, padding: same }
  pair:
    inputs: { x: [N, H, W, C] }
    steps:
      - add: [x, x]
      - dense: { units: 3 }
network:
  - unit: {}
    name: a
  - residual:
      - pair
  - pair
  - unit
`;

  test.each(['nhwc', 'nchw'] as const)('layout %s', (layout) => {
    const count = (functions: boolean) => {
      const { model, graph } = outlined(text, { layout, functions });
      const inside = new Map<string, number>();
      const transposes = (nodes: { opType?: string | null }[]): number =>
        nodes.reduce(
          (sum, { opType }) => sum + (opType === 'Transpose' ? 1 : (inside.get(opType ?? '') ?? 0)),
          0,
        );
      for (const { name, node } of model.functions) inside.set(name ?? '', transposes(node ?? []));
      return transposes(graph.node ?? []);
    };
    expect(count(true)).toBe(count(false));
  });
});

test('a Transpose that two calls read stands before both', () => {
  const { nodes, functions } = outlined(
    `
inputs: { x: [N, 8, 8, 3] }
blocks:
  unit:
    - conv: { filters: 3, kernel: 1, bias: false }
network:
  - branches:
      - - unit
      - - unit
    merge: concat
`,
    { layout: 'nhwc' },
  );
  expect(nodes.map((line) => /(\w+)\(/.exec(line)?.[1])).toEqual([
    'Transpose',
    'unit',
    'unit',
    'Concat',
    'Transpose',
  ]);
  expect(functions).toHaveLength(1);
});

describe('with what else a model can hold', () => {
  test('weights in a smaller type are made float32 outside, and given to the function as others are', () => {
    const { nodes, functions, graph } = outlined(towers('{ units: 6 }'), { dtypes: [{ dtype: 'float16' }] });
    expect(functions.map(([head]) => head)).toEqual(['unit(x,dense/kernel/float32) -> y']);
    expect(nodes).toEqual([
      'a/dense/kernel -> Cast(to=1) -> a/dense/kernel/float32',
      'b/dense/kernel -> Cast(to=1) -> b/dense/kernel/float32',
      'x a/dense/kernel/float32 -> unit() -> a',
      'a b/dense/kernel/float32 -> unit() -> b',
    ]);
    // 10 is FLOAT16.
    expect(graph.initializer?.map(({ name, dataType }) => [name, dataType])).toEqual([
      ['a/dense/kernel', 10],
      ['b/dense/kernel', 10],
    ]);
  });

  test('a function imports the domain of an operator that it calls', () => {
    const { model } = outlined(`
inputs: { x: [N, 4] }
blocks:
  unit:
    - custom:
        inputs: [[N, C]]
        output: [N, C]
        onnx: { domain: com.microsoft, op_type: QuickGelu, version: 1 }
network:
  - unit
`);
    const imported = model.functions[0]?.opsetImport?.map(({ domain, version }) => [domain, Number(version)]);
    expect(imported).toEqual([
      ['', 17],
      ['com.microsoft', 1],
    ]);
  });
});
