import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines, valuesOf } from './graphLines.ts';
import { lines, network, report } from './report.ts';

/** A spec on `x: [N, 3]` with some params. Its first step stands in line 6, and begins in column 3. */
function withParams(params: string, steps: string): string {
  return `inception: 1\nname: net\nparams: ${params}\ninputs: { x: [N, 3] }\nnetwork:\n${lines(steps)}`;
}

describe('several lists walked together', () => {
  test('each name takes the item of its list; the index counts from 0', () => {
    const graph = graphOf(
      withParams(
        '{ widths: [4, 8, 16], rates: [0.1, 0.2, 0.5] }',
        `
  - steps:
      - dense: $width
      - dropout: $rate
    repeat: { over: { width: $widths, rate: $rates }, index: s }
    name: stage_$s
`,
      ),
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'stage_0/dense = 4',
      'stage_1/dense = 8',
      'stage_2/dense = 16',
    ]);
    expect(valuesOf(graph, 'rate')).toEqual([
      'stage_0/dropout = 0.1',
      'stage_1/dropout = 0.2',
      'stage_2/dropout = 0.5',
    ]);
  });

  test('an item that is a list stays one; one list alone is walked, too', () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 4, kernel: $k }
    repeat: { over: { k: [[1, 3], [3, 1]] } }
  - dense: $w
    repeat: { over: { w: [5, 6] }, parallel: true }
    name: d
`),
    );
    expect(valuesOf(graph, 'kernel')).toEqual(['conv = [1,3]', 'conv_2 = [3,1]']);
    expect(nodeLines(graph).slice(2)).toEqual([
      'd_0: dense of conv_2 gives [N, 6, 6, 5]',
      'd_1: dense of conv_2 gives [N, 6, 6, 6]',
    ]);
  });

  test('the same as a list of rows', () => {
    const steps = (repeat: string) => network(`\n  - dense: $(a * b)\n    repeat: ${repeat}\n`);
    const together = graphOf(steps('{ over: { a: [1, 2], b: [3, 4] } }'));
    const rows = graphOf(steps('{ over: [[1, 3], [2, 4]], as: [a, b] }'));
    expect(nodeLines(together)).toEqual(nodeLines(rows));
    expect(nodeLines(together)).toEqual([
      'dense: dense of x gives [N, 8, 8, 3]',
      'dense_2: dense of dense gives [N, 8, 8, 8]',
    ]);
  });

  test.each([
    [
      'lists of different lengths',
      '{ over: { a: [1, 2], b: [1, 2], c: [3] } }',
      ['6:48 INC104 `over` walks lists of different lengths: `a` has 2, `c` has 1'],
    ],
    [
      'what is no list',
      '{ over: { a: [1, 2], b: $(3) } }',
      ['6:37 INC103 `b` of `over` must be a list, not 3'],
    ],
    ['a number', '{ over: { a: 2 } }', ['6:26 INC103 `a` of `over` must be a list, not 2']],
    [
      'nothing',
      '{ over: {} }',
      ['6:21 INC104 `over` has no list', '  help: name a list: `over: { filters: [64, 128] }`'],
    ],
    [
      '`as` beside it',
      '{ over: { a: [1] }, as: b }',
      [
        '6:37 INC104 `repeat` has `as` beside names in `over`',
        '  help: the keys of `over` are the names: remove `as`',
      ],
    ],
    [
      'a name that expressions cannot read',
      '{ over: { min: [1] } }',
      [
        '6:23 INC132 `min` cannot be a name',
        '  help: it is read as `$name`: a word of letters, digits and `_`, and none that expressions know already',
      ],
    ],
    [
      'the name of the index',
      '{ over: { i: [1] } }',
      ['6:13 INC104 `repeat` gives two things one name: i, i'],
    ],
  ])('%s', (_, repeat, expected) => {
    expect(report(network(`\n  - relu:\n    repeat: ${repeat}\n`))).toEqual(expected);
  });
});

describe('copies that all read the same value', () => {
  const unchained =
    'INC138 every copy of this repeat would read the same value: `from` holds neither `_` nor the index';
  const help =
    '  help: to chain the copies, put the repeat in a group and `from` on the group; if they shall stand side by side, say `repeat: { times: …, parallel: true }`';

  test.each([
    ['a name', 'a', ['7:11', true]],
    ['a list that an expression gives', '$(["a", "x"])', ['7:11', true]],
    ['a list that a param gives', '$which', ['7:11', true]],
    ['a list in which an expression gives one', '[a, "$(\'x\')"]', ['7:11', true]],
    ['a list that an expression gives, with the current value', '$(["a", "_"])', ['', false]],
    ['an expression that gives the current value', '[a, "$(\'_\')"]', ['', false]],
    ['an expression of the index', '$(["a", "x"][i])', ['', false]],
    [
      'an expression of the index in a list',
      '[x, "$(["a", "x"][i])"]'.replaceAll('"a", "x"', "'a', 'x'"),
      ['', false],
    ],
  ] as const)('%s', (_, from, [place, isReported]) => {
    const steps = `\n  - concat:\n    from: ${from}\n    repeat: 2\n`;
    const text = withParams('{ which: [a, x] }', steps).replace(
      'network:\n',
      'network:\n  - { relu: , name: a }\n',
    );
    const expected = isReported ? [`${place.replace('7', '8')} ${unchained}`, help] : [];
    expect(report(text)).toEqual(expected);
  });
});

describe('names that would hide others', () => {
  const choose = '  help: choose another name';

  test.each([
    [
      'an index and a param',
      '{ times: 2, index: w }',
      ['7:32 INC104 `repeat` hides `$w`, which a param or a repeat around it has already', choose],
    ],
    [
      'an item and a param',
      '{ over: [1], as: w }',
      ['7:30 INC104 `repeat` hides `$w`, which a param or a repeat around it has already', choose],
    ],
    [
      'a list and a param',
      '{ over: { w: [1] } }',
      ['7:23 INC104 `repeat` hides `$w`, which a param or a repeat around it has already', choose],
    ],
  ])('%s', (_, repeat, expected) => {
    expect(report(withParams('{ w: 4 }', `\n  - relu:\n    repeat: ${repeat}\n`))).toEqual(expected);
  });

  test('an index and that of a repeat around it', () => {
    expect(
      report(
        network(`
  - steps:
      - relu:
        repeat: { times: 2, index: i }
    repeat: 2
`),
      ),
    ).toEqual(['7:36 INC104 `repeat` hides `$i`, which a param or a repeat around it has already', choose]);
  });

  test('two repeats that do not say what their index is called, of which one is read', () => {
    expect(
      report(
        network(`
  - steps:
      - steps: [{ dense: $(i + 1) }]
        repeat: 2
    repeat: 2
`),
      ),
    ).toEqual([
      '6:26 INC162 `i` is not known in this expression',
      '  help: `i` could be the number of this repeat or what is called so around it; name one of them: `repeat: { times: …, index: j }`',
    ]);
  });

  test('such repeats may stand in each other where none is read, or one has a name', () => {
    const graph = graphOf(
      network(`
  - steps:
      - dense: $(i + 1)
      - steps: [relu]
        repeat: 2
      - dense: $(4 * i + j)
        repeat: { over: [5, 6], as: j, index: k }
    repeat: 2
`),
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'dense = 1',
      'dense_2 = 5',
      'dense_3 = 6',
      'dense_4 = 2',
      'dense_5 = 9',
      'dense_6 = 10',
    ]);
  });

  test('a block sees its own names only: they hide none of its caller', () => {
    const graph = graphOf(
      lines(`
inception: 1
name: net
params: { w: 4 }
inputs: { x: [N, 3] }
blocks:
  b:
    params: { w: $w }
    steps: [{ dense: "$(w + i)", repeat: 2 }]
network:
  - b:
    repeat: 2
`),
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'b/dense = 4',
      'b/dense_2 = 5',
      'b_2/dense = 4',
      'b_2/dense_2 = 5',
    ]);
  });
});
