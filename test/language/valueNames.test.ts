import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines, outputLines } from './graphLines.ts';
import { network, report } from './report.ts';

describe('a list of names', () => {
  test('names the parts of a split, and each is an end point', () => {
    const graph = graphOf(
      network(`
  - split: { parts: 3 }
    name: [q, k, v]
  - add: [q, v]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'split: split of x gives q [N, 8, 8, 1] and k [N, 8, 8, 1] and v [N, 8, 8, 1]',
      'add: add of q, v gives [N, 8, 8, 1]',
    ]);
    expect(graph.endPoints.map((e) => e.name)).toEqual(['q', 'k', 'v', 'add']);
  });

  test('names the side outputs of an op, too', () => {
    const graph = graphOf(
      network(`
  - reshape: [N, 64, 3]
    name: t
  - attention: { heads: 3 }
    from: [t, t, t]
    name: [mixed, key, value]
  - relu:
  - concat: { axis: -1 }
    from: [key, value]
    name: cache
`),
    );
    expect(nodeLines(graph).slice(2)).toEqual([
      'relu: relu of mixed gives [N, 64, 3]',
      'cache: concat of key, value gives [N, 3, 64, 2]',
    ]);
  });

  test('branches that are not merged, copies side by side, outputs of a block', () => {
    const graph = graphOf(
      network(`
  - branches: { a: [relu], b: [tanh] }
    merge: none
    name: [r, t]
  - relu:
    from: x
    repeat: { times: 2, parallel: true }
    name: copy
  - concat: [r, t, copy/*]
`),
    );
    expect(nodeLines(graph).at(-1)).toBe('concat: concat of r, t, copy_0, copy_1 gives [N, 8, 8, 12]');
  });

  test('can hold expressions', () => {
    const graph = graphOf(
      network(`
  - steps:
      - split: { parts: 3 }
        name: [a_$i, b_$i, c_$i]
      - concat: [c_$i, b_$i, a_$i]
        name: joined_$i
    repeat: 2
  - add: [joined_1, joined_0]
`),
    );
    expect(outputLines(graph)).toEqual(['add = add [N, 8, 8, 3]']);
  });

  test('on a repeated step: the plain name is the last copy', () => {
    const graph = graphOf(
      network(`
  - split: { parts: 3 }
    from: x
    repeat: { times: 2, parallel: true }
    name: [a, b, c]
  - concat: [a_0, b_1, c/*]
`),
    );
    expect(nodeLines(graph).at(-1)).toBe('concat: concat of a_0, b_1, c_0, c_1 gives [N, 8, 8, 4]');
  });

  test.each([
    ['too few', '[q, k]', '6:12 INC104 `name` names 2 values, but the step gives 3'],
    ['one twice', '[q, k, q]', '6:18 INC131 two steps are called `q`'],
    ['none', '[]', '6:11 INC104 `name` must be a name, or a list of names, not []'],
    [
      'what is no name',
      '[q, k, a/b]',
      '6:11 INC104 `name` must be a name, or a list of names, not ["q","k","a/b"]',
    ],
  ])('%s', (_, names, wanted) => {
    const found = report(network(`\n  - split: { parts: 3 }\n    name: ${names}\n`));
    expect(found[0]).toBe(wanted);
  });
});

describe('a family of names', () => {
  const layers = `
  - relu:
    repeat: 3
    name: layer_$i
`;

  test('stands for all that fit, in order', () => {
    const graph = graphOf(network(`${layers}  - concat: layer_*\n`));
    expect(nodeLines(graph).at(-1)).toBe('concat: concat of layer_0, layer_1, layer_2 gives [N, 8, 8, 9]');
  });

  test('leads into each of them', () => {
    const graph = graphOf(
      network(`
  - steps:
      - tanh:
        name: skip
      - relu
    repeat: 3
    name: layer_$i
  - add: [layer_*/skip, x]
`),
    );
    expect(nodeLines(graph).at(-1)).toBe(
      'add: add of layer_0/skip, layer_1/skip, layer_2/skip, x gives [N, 8, 8, 3]',
    );
  });

  test('is found inside a named structure', () => {
    const graph = graphOf(
      network(`
  - steps:
      - steps:
          - tanh:
            name: skip
          - relu
        repeat: 2
        name: layer_$i
    name: stack
  - add: stack/layer_*/skip
`),
    );
    expect(nodeLines(graph).at(-1)).toBe(
      'add: add of stack/layer_0/skip, stack/layer_1/skip gives [N, 8, 8, 3]',
    );
  });

  test('passes over what was left out', () => {
    const graph = graphOf(
      network(`
  - relu:
    repeat: 3
    name: layer_$i
    when: $(i != 1)
  - concat: layer_*
`),
    );
    expect(nodeLines(graph).at(-1)).toBe('concat: concat of layer_0, layer_2 gives [N, 8, 8, 6]');
  });

  test('of which there is none is an error', () => {
    expect(report(network(`${layers}  - concat: leyer_*\n`))).toEqual([
      '8:13 INC130 there is no value `leyer_*` here',
      '  help: did you mean `layer_0`?',
    ]);
  });
});
