import { describe, expect, test } from 'vitest';
import { shapeTable } from '../../src/emitters/table/shapeTable.ts';
import { graphOf, nodeLines } from './graphLines.ts';
import { lines, network, report } from './report.ts';

describe('a variant is called as its key is written', () => {
  const text = lines(`
inception: 1
name: net
params: { w: int }
variants: { 1.0: { w: 1 }, 1: { w: 2 }, x0.5: { w: 3 }, 0x10: { w: 4 }, 1e3: { w: 5 } }
inputs: { x: [N, 3] }
network: [{ dense: $w }]
`);

  test.each([
    ['1.0', 1],
    ['1', 2],
    ['x0.5', 3],
    ['0x10', 4],
    ['1e3', 5],
  ])('%s', (variant, units) => {
    const graph = graphOf(text, { variant });
    expect(graph.name).toBe(`net_${variant}`);
    expect(nodeLines(graph)).toEqual([`dense: dense of x gives [N, ${units}]`]);
  });
});

describe('a text that a comma cuts', () => {
  const help = '  help: if it belongs to the text before the comma, put all of that text in quotes';

  test('in a param', () => {
    const params = 'params: { w: { type: int, description: a, b and c } }';
    expect(
      report(`inception: 1\nname: net\n${params}\ninputs: { x: [N, 3] }\nnetwork: [relu]\n`).slice(0, 2),
    ).toEqual(['3:43 INC101 unknown key `b and c` in param `w`', help]);
  });

  test('in an input, at the end and in the middle', () => {
    const inputs = 'inputs: { x: { description: large, square, shape: [N, 3] } }';
    expect(report(`inception: 1\nname: net\n${inputs}\nnetwork: [relu]\n`)).toEqual([
      '3:36 INC101 unknown key `square` in input `x`',
      help,
    ]);
  });

  test('in a note', () => {
    expect(report(network('\n  - { relu: , note: first, then this }\n'))).toEqual([
      '5:28 INC101 unknown key `then this` in a step',
      help,
    ]);
  });

  test('not where a key is one', () => {
    const inputs = 'inputs: { x: { shape: [N, 3], wide: } }';
    expect(report(`inception: 1\nname: net\n${inputs}\nnetwork: [relu]\n`)).toEqual([
      '3:31 INC101 unknown key `wide` in input `x`',
      '  help: known here: shape, dtype, range, mean, std, description, repeat, when',
    ]);
    const json =
      '{ "inception": 1, "name": "n", "inputs": { "x": { "shape": [3], "wide": null } }, "network": [] }';
    expect(report(json, { name: 'net.json' })[1]).toMatch(/^ {2}help: known here/);
  });
});

describe('notes', () => {
  const graph = graphOf(
    lines(`
inception: 1
name: net
inputs: { x: { shape: [N, 3], description: the data } }
blocks:
  b: [{ dense: 4, note: inside }, relu]
network:
  - dense: { units: 4, activation: relu }
    note: an op
  - b:
    note: a block
  - branches: [[relu], [tanh]]
    merge: concat
    note: a merge
  - steps: [{ dense: 4, note: own }]
    note: a group
  - tap: [tanh]
    note: a tap
`),
  );

  test('of every kind of step stand at the node that gives its value', () => {
    expect(graph.nodes.map(({ name, note }) => [name, note])).toEqual([
      ['dense', 'an op'],
      ['dense/relu', undefined],
      ['b/dense', 'inside'],
      ['b/relu', 'a block'],
      ['relu', undefined],
      ['tanh', undefined],
      ['concat', 'a merge'],
      ['dense_2', 'own; a group'],
      ['tanh_2', 'a tap'],
    ]);
  });

  test('are in every form of the table, also where blocks are folded', () => {
    const last = (line: string) =>
      line
        .split(/ {2,}|,/)
        .at(-1)
        ?.trim();
    const rows = shapeTable(graph, { format: 'csv' }).trim().split('\r\n').slice(1).map(last);
    expect(rows).toEqual([
      'the data',
      'an op',
      'inside',
      'a block',
      '',
      '',
      'a merge',
      'own; a group',
      'a tap',
    ]);
    const folded = shapeTable(graph, { format: 'csv', depth: 1 }).trim().split('\r\n').slice(1).map(last);
    expect(folded).toEqual(['the data', 'an op', 'a block', '', '', 'a merge', 'own; a group', 'a tap']);
    expect(shapeTable(graph)).toContain('a block');
    expect(shapeTable(graph, { format: 'markdown' })).toContain('| a merge |');
    expect(shapeTable(graph, { format: 'json' })).toContain('"note": "own; a group"');
  });
});
