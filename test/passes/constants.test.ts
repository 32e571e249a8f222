import { describe, expect, test } from 'vitest';
import type { TypedGraph, TypedNode } from '../../src/ir/graph.ts';
import { type OpName, opOf } from '../../src/ops/registry.ts';
import { arrangement } from '../../src/passes/constants/arrangement.ts';
import { elementwise } from '../../src/passes/constants/elementwise.ts';
import { foldConstants } from '../../src/passes/constants/foldConstants.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { graphOf } from '../language/graphLines.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { evaluate, type Numbers } from '../support/reference.ts';
import { optimizedSteps, passLines, usual } from './optimized.ts';

/** The constants of a graph as `name: dtype shape value`. */
function constants({ nodes }: TypedGraph): string[] {
  return nodes.flatMap((node) => {
    if (node.op !== 'constant') return [];
    const { dtype, shape } = node.outputs[0]!.type;
    return [`${node.name}: ${dtype} [${shape}] ${JSON.stringify(node.attributes.value)}`];
  });
}

describe('what follows from constants is one', () => {
  test('the relative positions of a window of 2×2: row difference + 1, times 3, plus column difference + 1', () => {
    const { graph, passes } = optimizedSteps(`- tap:
    - range: 2
      name: along
    - multiply: 3
    - unsqueeze: 1
    - add: [_, along]
    - reshape: [4]
      name: place
    - unsqueeze: 1
    - subtract: [_, place]
    - add: 4
      name: index
- flatten
- slice: { axis: 1, to: 9 }
- gather: { axis: 1 }
  from: [_, index]`);
    const table = '[[4,3,1,0],[5,4,2,1],[7,6,4,3],[8,7,5,4]]';
    expect(constants(graph)).toEqual([`index: int32 [4,4] ${table}`]);
    expect(passes[0]).toEqual({
      pass: 'constants folded',
      nodes: ['along', 'multiply', 'unsqueeze', 'add', 'place', 'unsqueeze_2', 'subtract', 'index'],
    });
    expect(graph.nodes.map((n) => n.op)).toEqual(['constant', 'flatten', 'slice', 'gather']);
  });

  test('in float32: 0.1 + 0.2 is the float32 next to 0.3, and 1/3 that next to a third', () => {
    const steps = (step: string) =>
      `- tap:\n    - constant: 0.1\n    - ${step}\n      name: c\n- add: [_, c]`;
    expect(constants(optimizedSteps(steps('add: 0.2')).graph)).toEqual(['c: float32 [] 0.30000001192092896']);
    const third = '- tap:\n    - constant: 1\n    - divide: 3\n      name: c\n- add: [_, c]';
    expect(constants(optimizedSteps(third).graph)).toEqual(['c: float32 [] 0.3333333432674408']);
  });

  test('truths stay truths', () => {
    const { graph } = optimizedSteps(
      '- tap:\n    - range: 3\n    - equal: 1\n      name: c\n- reduce_sum: { axes: [1, 2] }\n- slice: { axis: 1, to: 3 }\n- where: [c, _, _]',
    );
    expect(constants(graph)).toEqual(['c: bool [3] [false,true,false]']);
  });

  test('an output is a constant of its own', () => {
    const graph = graphOf(
      'inception: 1\nname: net\ninputs: { x: [N, 4] }\nnetwork:\n  - range: 3\n    name: r\n  - relu:\n    from: x\n    name: y\noutputs: [r, y]\n',
    );
    expect(constants(foldConstants(graph, usual).graph)).toEqual(['r: int32 [3] [0,1,2]']);
  });
});

describe('what is left to the runtimes', () => {
  const withConstant = (steps: readonly string[]) =>
    optimizedSteps(
      `- tap:\n${steps.map((s) => `    - ${s}`).join('\n')}\n      name: c\n- flatten\n- slice: { axis: 1, at: 0 }\n- unsqueeze: 1\n- add: [_, c]`,
    );

  test.each([
    ['the sizes of symbols', ['range: N', 'cast: float32', 'unsqueeze: 0']],
    ['an exponential, whose last bits differ', ['constant: [[0.5]]', 'exp:']],
    ['a root', ['constant: [[0.5]]', 'sqrt:']],
    ['what float32 has no number for', ['constant: [[3e38]]', 'multiply: 2']],
  ])('%s', (_, steps) => {
    const { passes } = withConstant(steps);
    expect(passes.flatMap(({ pass }) => (pass === 'constants folded' ? [pass] : []))).toEqual([]);
  });

  test('more than 4,096 numbers', () => {
    const most = withConstant(['constant: [[1]]', 'tile: [1, 4096]']);
    expect(passLines(most)).toContain('constants folded: c');
    const more = withConstant(['constant: [[1]]', 'tile: [1, 4097]']);
    expect(more.passes.map(({ pass }) => pass)).not.toContain('constants folded');
  });

  test('whole numbers beyond int32', () => {
    const { passes } = withConstant([
      'constant: { value: [[65536]], dtype: int32 }',
      'multiply: 65536',
      'cast: float32',
    ]);
    expect(passes.map(({ pass }) => pass)).not.toContain('constants folded');
  });
});

/** A graph whose inputs are constants of numbers that do not repeat, in the ranges of the example. */
function onConstants(graph: TypedGraph, ranges: readonly (readonly [number, number])[]): TypedGraph {
  const nodes = graph.inputs.map(({ value, span }, i): TypedNode => {
    const { dtype, shape } = value.type;
    const [low, high] = ranges[i] ?? [-3, 3];
    const count = shape.reduce<number>((n, d) => n * Number(d), 1);
    const drawn = Array.from(
      { length: count },
      (_, k) => low + ((high - low) * (1 + Math.sin(1.7 * k + i))) / 2,
    );
    const values = drawn.map((v) => (dtype === 'float32' ? Math.fround(v) : Math.round(v) + 0));
    const numbers = dtype === 'bool' ? values.map((v) => v > 0) : values;
    return {
      op: 'constant',
      name: value.name,
      step: value.name,
      // Row-major, in one list: its shape is that of the value.
      attributes: { value: numbers, dtype },
      origins: {},
      inputs: [],
      outputs: [value],
      weights: [],
      macs: 0,
      biasAdds: 0,
      elementOps: 0,
      frame: { name: 'example' },
      span,
    };
  });
  return { ...graph, inputs: [], nodes: [...nodes, ...graph.nodes] };
}

const source = weightSource({ kind: 'zeros' })!;

/** Every shape that examples of `reshape` reach has a symbol; the relative positions above show it. */
const folded = (Object.keys({ ...elementwise, ...arrangement }) as OpName[]).filter((op) => op !== 'reshape');

test.each(folded)('%s gives what its definition says, rounded to float32', (op) => {
  let compared = 0;
  for (const example of opOf(op).examples) {
    const inputs = example.inputs.map((shape) =>
      shape.map((d) => (typeof d === 'number' ? d : d === 'N' ? 2 : 3)),
    );
    const { graph } = exampleGraph(op, { ...example, inputs });
    if (example.problem !== undefined || graph === undefined) continue;
    const given = onConstants(graph, example.ranges ?? []);
    const { graph: after, nodes } = foldConstants(given, usual);
    const left = after.nodes.find((n) => n.outputs[0]?.name === 'y');
    if (nodes.length === 0 || left?.op !== 'constant') continue;
    const numbers = given.nodes.flatMap(({ op: o, outputs: [y], attributes }) =>
      o === 'constant' && 'value' in attributes
        ? [[y!.name, numbersAt(y!.type.shape.map(Number), attributes.value)]]
        : [],
    );
    const expected = evaluate({ ...given, nodes: graph.nodes }, Object.fromEntries(numbers), source).get('y');
    const { dtype } = left.outputs[0]!.type;
    const exact = [...expected!.values].map((v) => (dtype === 'float32' ? Math.fround(v) : v));
    expect([left.attributes.value].flat(9).map(Number)).toEqual(
      dtype === 'float32' ? exact : exact.map((v) => v + 0),
    ); // int32 has one 0
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
});

function numbersAt(shape: readonly number[], value: unknown): Numbers {
  return { shape, values: Float64Array.from([value].flat(9).map(Number)) };
}
