import { describe, expect, test } from 'vitest';
import { showShape } from '../../src/tensor/shape.ts';
import { graphOf, nodeLines, valuesOf } from './graphLines.ts';
import { lines, report } from './report.ts';

/** A spec with these dims in line 3, and the inputs `x: [N, S, 4]`, `past: [N, P, 4]`, `mask: [N, T]`. */
function withDims(dims: string, steps = '  - { concat: [past, x], axis: 1 }\n'): string {
  return `inception: 1\nname: net\ndims: ${dims}\ninputs: { x: [N, S, 4], past: [N, P, 4], mask: [N, T] }\nnetwork:\n${steps}`;
}

const joined = '  - concat: { axis: 1 }\n    from: [past, x]\n    expect: [N, T, 4]\n';

function inputShapes(text: string, options: Parameters<typeof graphOf>[1] = {}): string[] {
  return graphOf(text, options).inputs.map(({ type }) => showShape(type.shape));
}

describe('a symbol that stands for an expression over others', () => {
  test('in shapes, claims and attributes', () => {
    const text = withDims(
      '{ T: { equals: P + S } }',
      `${joined}  - reshape: [_, "4 * T"]\n  - concat: [_, mask]\n    expect: [N, "5 * T"]\n`,
    );
    const graph = graphOf(text);
    expect(graph.inputs.map(({ type }) => showShape(type.shape))).toEqual([
      '[N, S, 4]',
      '[N, P, 4]',
      '[N, P + S]',
    ]);
    expect(nodeLines(graph)).toEqual([
      'concat: concat of past, x gives [N, P + S, 4]',
      'reshape: reshape of concat gives [N, 4*P + 4*S]',
      'concat_2: concat of reshape, mask gives [N, 5*P + 5*S]',
    ]);
  });

  test('by one another, in any order', () => {
    const text = withDims('{ T: { equals: U - 1 }, U: { equals: P + S + 1 } }', joined);
    expect(inputShapes(text)).toEqual(['[N, S, 4]', '[N, P, 4]', '[N, P + S]']);
  });

  test('one that no input names is a short word for what it stands for', () => {
    const text =
      'inception: 1\nname: net\ndims: { Q: { equals: S // 2 } }\ninputs: { x: [N, S, 4] }\nnetwork:\n  - max_pool: { kernel: 2, stride: 2 }\n    expect: [N, Q, 4]\n';
    expect(nodeLines(graphOf(text))).toEqual(['max_pool: max_pool of x gives [N, S // 2, 4]']);
  });

  test('params are read in `$( )`, which can give all of the text', () => {
    const text = (equals: string) =>
      `inception: 1\nname: net\nparams: { w: 2, all: true }\ndims: { T: { equals: ${equals} } }\ninputs: { x: [N, S], y: [N, T] }\nnetwork: [{ add: [x, x] }]\n`;
    expect(inputShapes(text('S * $w'))[1]).toBe('[N, 2*S]');
    expect(inputShapes(text('S + $(w * 3)'))[1]).toBe('[N, S + 6]');
    expect(inputShapes(text('$("S + 1" if all else "S")'))[1]).toBe('[N, S + 1]');
    expect(inputShapes(text('$("S + 1" if all else "S")'), { set: { all: false } })[1]).toBe('[N, S]');
    expect(inputShapes(text('7'))[1]).toBe('[N, 7]');
  });
});

describe('shapes from outside', () => {
  const text = withDims('{ T: { equals: P + S } }', joined);
  const notChecked = '- INC303 1 claim was not checked, because the inputs were changed from outside';

  test('that fit', () => {
    const inputs = { x: [1, 4, 4], past: [1, 12, 4], mask: [1, 16] };
    expect(report(text, { inputs })).toEqual([notChecked]);
    expect(report(text, { inputs: { x: [1, 4, 4], past: [1, 12, 4] } })).toEqual([notChecked]);
  });

  test('of which one follows', () => {
    const options = { set: {}, inputs: { x: [1, 4, 4], past: ['N', 12, 4] } };
    const values =
      'inception: 1\nname: net\ndims: { T: { equals: P + S } }\ninputs: { x: [N, S, 4], past: [N, P, 4], mask: [N, T] }\nnetwork: [{ concat: [mask, mask] }]\n';
    expect(inputShapes(values, options)).toEqual(['[1, 4, 4]', '[N, 12, 4]', '[N, 16]']);
  });

  test('a size in place of a symbol stands for it in the inputs that are not given', () => {
    const open = withDims('{ T: { equals: P + S } }', '  - concat: { axis: 1 }\n    from: [x, past]\n');
    const options = { set: {}, inputs: { x: [1, 4, 4] } };
    expect(inputShapes(open, options)).toEqual(['[1, 4, 4]', '[1, P, 4]', '[1, P + 4]']);
  });

  test('one that `dims` excludes stands for nothing', () => {
    const open = withDims('{ S: { max: 9 }, T: { equals: P + S } }', '  - relu: { }\n    from: x\n');
    expect(report(open, { inputs: { x: [1, 10, 4] } })).toEqual([
      '- INC201 `10` is not a dimension: `dims` says that S is at most 9 (given for input `x`)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });

  test.each([
    [
      'all sizes',
      { x: [1, 4, 4], past: [1, 12, 4], mask: [1, 17] },
      '- INC201 `17` is not a dimension: `dims` says that T equals P + S, which is 16 here (given for input `mask`)',
    ],
    [
      'some sizes',
      { past: ['N', 12, 4], mask: ['N', 17] },
      '- INC201 `17` is not a dimension: `dims` says that T equals P + S, which is S + 12 here: give the inputs that name its symbols, too (given for input `mask`)',
    ],
    [
      'a symbol',
      { mask: ['N', 'K'] },
      '- INC201 `K` is not a dimension: `dims` says that T equals P + S: give the inputs that name its symbols, too (given for input `mask`)',
    ],
  ])('that do not: %s', (_, inputs, expected) => {
    expect(report(text, { inputs })[0]).toBe(expected);
  });
});

describe('what is wrong', () => {
  test.each([
    [
      'a circle',
      '{ T: { equals: U + 1 }, U: { equals: T - 1 } }',
      ['3:9 INC104 `dims` runs in a circle: T → U → T'],
    ],
    ['itself', '{ T: { equals: T + 1 } }', ['3:9 INC104 `dims` runs in a circle: T → T']],
    [
      'a symbol that is not known',
      '{ T: { equals: P + Q } }',
      [
        '3:22 INC201 `P + Q` is not a dimension: no symbol is called `Q`',
        '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      ],
    ],
    [
      'a symbol in `$( )`',
      '{ T: { equals: $(P + S) } }',
      [
        '3:22 INC162 `P` is not known in this expression',
        '  help: `P` is a symbol, which `$( )` does not see: write it outside, as in `equals: P + 1`',
      ],
    ],
    [
      'zero',
      '{ T: { equals: P - P } }',
      [
        '3:22 INC201 `P - P` is not a dimension: it is zero',
        '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      ],
    ],
    [
      'a part of one',
      '{ T: { equals: 1.5 } }',
      ['3:22 INC104 `equals` must be an expression over symbols, not 1.5'],
    ],
    [
      'a bound beside it',
      '{ T: { equals: P + S, min: 4, multiple_of: 2 } }',
      [
        '3:29 INC104 `dims` of `T` has `min` beside `equals`',
        '  help: what it equals decides its sizes: state bounds of the symbols that it is made of',
        '3:37 INC104 `dims` of `T` has `multiple_of` beside `equals`',
        '  help: what it equals decides its sizes: state bounds of the symbols that it is made of',
      ],
    ],
  ])('%s', (_, dims, expected) => {
    expect(report(withDims(dims, '  - { add: [x, x] }\n'))).toEqual(expected);
  });

  test('what rests on it is not reported again', () => {
    const steps = '  - { concat: [mask, mask], expect: [N, "2*T"] }\n';
    const codes = report(withDims('{ T: { equals: P + } }', steps)).filter((line) => line.includes('INC'));
    expect(codes.map((line) => line.split(' ').slice(0, 2))).toEqual([['3:22', 'INC201']]);
  });
});

describe('what the numbers of an input mean', () => {
  test('is worked out from params', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { top: 255, centre: [0.4, 0.5, 0.6], spread: 0.25 }
inputs:
  x: { shape: [N, 3], range: [$(-top), $top], mean: $centre, std: ["$(spread)", 0.5, "$(spread * 3)"] }
network: [{ dense: 2 }]
`),
    );
    expect(graph.inputs[0]?.meaning).toEqual({
      range: [-255, 255],
      mean: [0.4, 0.5, 0.6],
      std: [0.25, 0.5, 0.75],
    });
    expect(valuesOf(graph, 'units')).toEqual(['dense = 2']);
  });

  test.each([
    ['range: [0, $w]', ['4:27 INC104 `range` must be a number, not "a"']],
    ['range: $w', ['4:23 INC104 `range` must be two numbers, [low, high], not "a"']],
    ['range: [$(1)]', ['4:23 INC104 `range` must be two numbers, [low, high], not [1]']],
    ['mean: [$(1), $w]', ['4:29 INC104 `mean` must be a number, not "a"']],
    ['mean: $w', ['4:22 INC104 `mean` must be a list, not "a"']],
    [
      'std: [1, $nothing]',
      ['4:25 INC162 `nothing` is not known in this expression', '  help: known here: w'],
    ],
    ['std: [1, a]', ['4:25 INC104 `std` must be a number, not the text "a"']],
  ])('%s', (meaning, expected) => {
    const text = `inception: 1\nname: net\nparams: { w: a }\ninputs: { x: { ${meaning}, shape: [N, 3] } }\nnetwork: [relu]\n`;
    expect(report(text)).toEqual(expected);
  });
});
