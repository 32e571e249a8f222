import { describe, expect, test } from 'vitest';
import { judgeWith } from '../../src/ir/judge.ts';
import type { Example } from '../../src/ops/op.ts';
import { type OpName, opNames, opOf } from '../../src/ops/registry.ts';
import { type DType, dtypes } from '../../src/tensor/dtype.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { exampleAttributes, exampleDim, exampleOutputs } from '../support/exampleSizes.ts';

interface Case {
  readonly op: OpName;
  readonly title: string;
  readonly example: Example;
}

const cases: readonly Case[] = opNames.flatMap((op) =>
  opOf(op).examples.map((example) => {
    const attributes = JSON.stringify(example.attributes ?? {});
    return { op, title: `${op} ${attributes} on ${JSON.stringify(example.inputs)}`, example };
  }),
);

/** Ops that take whatever shape they are given. */
const agreeable: readonly OpName[] = ['cast', 'dropout', 'identity', 'parameter', 'scale'];

describe('an example gives its output', () => {
  test.each(cases.filter(({ example }) => exampleOutputs(example) !== undefined))(
    '$title',
    ({ op, example }) => {
      const { graph, diagnostics } = exampleGraph(op, example);
      expect(diagnostics).toEqual([]);
      expect(graph?.outputs.map(({ value }) => showShape(value.type.shape))).toEqual(
        exampleOutputs(example)?.map((shape) => `[${shape.join(', ')}]`),
      );
    },
  );
});

test.each(cases.filter(({ example }) => example.outputDtype !== undefined))('$title: the dtype', (given) => {
  const { graph } = exampleGraph(given.op, given.example);
  expect(graph?.outputs.map(({ value }) => value.type.dtype)).toEqual([given.example.outputDtype]);
});

describe('an example gives its problem', () => {
  test.each(cases.filter(({ example }) => example.problem !== undefined))('$title', ({ op, example }) => {
    const { graph, diagnostics } = exampleGraph(op, example);
    expect(new Set(diagnostics.map((d) => d.name))).toEqual(new Set([example.problem]));
    expect(graph).toBeUndefined();
  });
});

describe('an example has its parameters', () => {
  test.each(cases.filter(({ example }) => example.parameters !== undefined))('$title', ({ op, example }) => {
    const weights = exampleGraph(op, example).graph?.nodes.flatMap((node) => node.weights) ?? [];
    const count = (trainable: boolean) =>
      weights
        .filter((w) => w.trainable === trainable)
        .reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
    expect({ trainable: count(true), nonTrainable: count(false) }).toEqual(example.parameters);
  });
});

const costs = ['macs', 'biasAdds', 'elementOps'] as const;

describe.each(costs)('an example has its %s', (key) => {
  test.each(cases.filter(({ example }) => example[key] !== undefined))('$title', ({ op, example }) => {
    expect(exampleGraph(op, example).graph?.nodes.map((node) => node[key])).toEqual([example[key]]);
  });
});

describe.each(opNames)('%s', (op) => {
  const { examples } = opOf(op);

  test('has three examples or more', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  test('shows how it fails, where a shape can make it fail', () => {
    expect(examples.some((example) => example.problem !== undefined)).toBe(!agreeable.includes(op));
  });

  test('states either an output or a problem in each example', () => {
    expect(examples.filter((e) => (exampleOutputs(e) === undefined) === (e.problem === undefined))).toEqual(
      [],
    );
  });

  test('counts the parameters of an example, where it has weights', () => {
    expect(examples.some((example) => example.parameters !== undefined)).toBe(opOf(op).weights !== undefined);
  });

  test.each(costs)('counts the %s of an example, where it costs any', (key) => {
    const nodes = examples.flatMap((example) => exampleGraph(op, example).graph?.nodes ?? []);
    const costly = nodes.some((node) => node[key] !== 0);
    expect(examples.some((example) => (example[key] ?? 0) !== 0)).toBe(costly);
  });
});

/** Of each op the attributes that speak of axes by their place. */
test.each([
  [
    'axis',
    [
      'arg_max',
      'concat',
      'cumulative_sum',
      'gather',
      'l2_normalize',
      'log_softmax',
      'slice',
      'softmax',
      'split',
      'stack',
    ],
  ],
  [
    'axes',
    [
      'layer_norm',
      'permute',
      'reduce_max',
      'reduce_mean',
      'reduce_min',
      'reduce_prod',
      'reduce_sum',
      'roll',
      'squeeze',
      'unsqueeze',
    ],
  ],
  ['shape', ['constant', 'expand', 'parameter', 'reshape']],
  ['repeats', ['tile']],
  ['equation', ['einsum']],
] as const)('every op with `%s` says that it counts axes', (key, expected) => {
  expect(opNames.filter((op) => key in opOf(op).attributes().shape)).toEqual(expected);
  expect(opNames.filter((op) => key in (opOf(op).countsAxes ?? {}))).toEqual(expected);
});

/** Of each op the dtypes it refuses, on the inputs of its first example. */
test.each([
  ['abs', ['bool']],
  ['add', ['bool']],
  ['arg_max', ['bool']],
  ['attention', ['int32', 'bool']],
  ['average', ['int32', 'bool']],
  ['avg_pool', ['int32', 'bool']],
  ['batch_norm', ['int32', 'bool']],
  ['cast', []],
  ['ceil', ['int32', 'bool']],
  ['channel_shuffle', []],
  ['clip', ['int32', 'bool']],
  ['concat', []],
  ['constant', []],
  ['conv', ['int32', 'bool']],
  ['conv_transpose', ['int32', 'bool']],
  ['cos', ['int32', 'bool']],
  ['crop', []],
  ['cumulative_sum', ['bool']],
  ['custom', []],
  ['dense', ['int32', 'bool']],
  ['depth_to_space', ['int32', 'bool']],
  ['depthwise_conv', ['int32', 'bool']],
  ['divide', ['int32', 'bool']],
  ['dropout', ['int32', 'bool']],
  ['einsum', ['int32', 'bool']],
  ['elu', ['int32', 'bool']],
  ['embedding', ['float32', 'float16', 'bool']],
  ['equal', []],
  ['erf', ['int32', 'bool']],
  ['exp', ['int32', 'bool']],
  ['expand', []],
  ['flatten', []],
  ['floor', ['int32', 'bool']],
  ['floor_divide', ['bool']],
  ['gather', ['float32', 'float16', 'bool']],
  ['gaussian_noise', ['int32', 'bool']],
  ['gelu', ['int32', 'bool']],
  ['global_avg_pool', ['int32', 'bool']],
  ['global_max_pool', ['int32', 'bool']],
  ['glu', ['int32', 'bool']],
  ['greater', ['bool']],
  ['greater_equal', ['bool']],
  ['group_norm', ['int32', 'bool']],
  ['gru', ['int32', 'bool']],
  ['hard_sigmoid', ['int32', 'bool']],
  ['hard_swish', ['int32', 'bool']],
  ['identity', []],
  ['instance_norm', ['int32', 'bool']],
  ['l2_normalize', ['int32', 'bool']],
  ['layer_norm', ['int32', 'bool']],
  ['layer_scale', ['int32', 'bool']],
  ['leaky_relu', ['int32', 'bool']],
  ['less', ['bool']],
  ['less_equal', ['bool']],
  ['log', ['int32', 'bool']],
  ['log_softmax', ['int32', 'bool']],
  ['logical_and', ['float32', 'float16', 'int32']],
  ['logical_not', ['float32', 'float16', 'int32']],
  ['logical_or', ['float32', 'float16', 'int32']],
  ['lrn', ['int32', 'bool']],
  ['lstm', ['int32', 'bool']],
  ['matmul', ['int32', 'bool']],
  ['max_pool', ['int32', 'bool']],
  ['maximum', ['bool']],
  ['minimum', ['bool']],
  ['mish', ['int32', 'bool']],
  ['mod', ['bool']],
  ['multiply', ['bool']],
  ['neg', ['bool']],
  ['not_equal', []],
  ['one_hot', ['float32', 'float16', 'bool']],
  ['pad', ['int32', 'bool']],
  ['parameter', []],
  ['permute', []],
  ['position_embedding', ['int32', 'bool']],
  ['power', ['int32', 'bool']],
  ['prelu', ['int32', 'bool']],
  ['range', []],
  ['reciprocal', ['int32', 'bool']],
  ['reduce_max', ['bool']],
  ['reduce_mean', ['int32', 'bool']],
  ['reduce_min', ['bool']],
  ['reduce_prod', ['bool']],
  ['reduce_sum', ['bool']],
  ['relu', ['int32', 'bool']],
  ['relu6', ['int32', 'bool']],
  ['reshape', []],
  ['resize', ['int32', 'bool']],
  ['rms_norm', ['int32', 'bool']],
  ['roll', []],
  ['rotary_embedding', ['float32', 'float16', 'int32', 'bool']],
  ['round', ['int32', 'bool']],
  ['rsqrt', ['int32', 'bool']],
  ['scale', ['int32', 'bool']],
  ['selu', ['int32', 'bool']],
  ['separable_conv', ['int32', 'bool']],
  ['sigmoid', ['int32', 'bool']],
  ['sign', ['bool']],
  ['silu', ['int32', 'bool']],
  ['simple_rnn', ['int32', 'bool']],
  ['sin', ['int32', 'bool']],
  ['slice', []],
  ['softmax', ['int32', 'bool']],
  ['softplus', ['int32', 'bool']],
  ['softsign', ['int32', 'bool']],
  ['space_to_depth', ['int32', 'bool']],
  ['spatial_dropout', ['int32', 'bool']],
  ['split', []],
  ['sqrt', ['int32', 'bool']],
  ['square', ['bool']],
  ['squeeze', []],
  ['stack', []],
  ['subtract', ['bool']],
  ['tanh', ['int32', 'bool']],
  ['tile', []],
  ['top_k', ['int32', 'bool']],
  ['unsqueeze', []],
  ['where', ['float32', 'float16', 'int32']],
] as const)('%s refuses values of dtype %j', (op, refused) => {
  expect(dtypes.filter((dtype) => problemsOf(op, dtype).includes('dtype-mismatch'))).toEqual(refused);
});

test.each(['add', 'concat', 'einsum', 'matmul', 'stack'] as const)('%s does not mix dtypes', (op) => {
  expect(problemsOf(op, 'float32', 'float16')).toEqual(['dtype-mismatch']);
});

/** What the op says to the inputs of its first example when they have these dtypes; the last serves the rest. */
function problemsOf(op: OpName, ...kinds: readonly DType[]): readonly string[] {
  const [example] = opOf(op).examples as [Example];
  const inputs = example.inputs.map((shape, i) => ({
    dtype: kinds[i] ?? kinds.at(-1) ?? 'float32',
    shape: shape.map(exampleDim),
  }));
  const parsed = opOf(op).attributes().parse(exampleAttributes(op, example));
  const attributes = opOf(op).normalise?.(parsed, inputs) ?? parsed;
  const inferred = opOf(op).infer(inputs, attributes, judgeWith({}, example.roles));
  return inferred.ok ? [] : inferred.problems.map((p) => p.name);
}

describe('what a problem says', () => {
  test.each([
    {
      op: 'batch_norm',
      example: { inputs: [['N', 5, 'C']] },
      message: 'the number of channels must be a number, but is C',
    },
    {
      op: 'conv',
      example: { inputs: [['N', 8, 8, 4]], attributes: { filters: 4, kernel: 3, padding: 'causal' } },
      message:
        '`conv` needs an input of rank 3 ([batch, time, channels]) where its padding is `causal`, but gets [N, 8, 8, 4]',
    },
    {
      op: 'max_pool',
      example: {
        inputs: [['N', 8, 8, 4]],
        attributes: { kernel: 2, stride: 2, padding: 'same', ceil: true },
      },
      message:
        '`ceil` of `max_pool`: `same` already rounds up; `ceil: true` goes with valid, half or explicit padding',
    },
    {
      op: 'softmax',
      example: { inputs: [['N', 5, 6, 3]], attributes: { axis: -5 } },
      message: 'there is no axis -5 in [N, 5, 6, 3]',
    },
    {
      op: 'squeeze',
      example: { inputs: [['N', 1, 1, 5]], attributes: { axes: [-5] } },
      message: 'there is no axis -5 in [N, 1, 1, 5]',
    },
    {
      op: 'concat',
      example: { inputs: [['N', 4]], attributes: { axis: -3 } },
      message: 'there is no axis -3 in [N, 4]',
    },
    {
      op: 'lstm',
      example: { inputs: [['N', 5, 3]], attributes: { units: 4, reverse: true, bidirectional: true } },
      message: '`reverse` of `lstm`: goes without `bidirectional`, which reads both ways already',
    },
    {
      op: 'lstm',
      example: {
        inputs: [
          ['N', 5, 3],
          ['N', 4],
        ],
        roles: ['x', 'initial_cell'],
        attributes: { units: 4 },
      },
      message: '`lstm` reads `initial_state` and `initial_cell` together, or neither, but is given 1',
    },
  ] satisfies { op: OpName; example: Example; message: string }[])('$op: $message', (given) => {
    expect(exampleGraph(given.op, given.example).diagnostics.map((d) => d.message)).toEqual([given.message]);
  });
});
