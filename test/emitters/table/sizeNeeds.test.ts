import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { graphData } from '../../../src/emitters/table/graphData.ts';
import { shapeTable } from '../../../src/emitters/table/shapeTable.ts';

/** ⌊H/2⌋ ≥ 1 from 2 on, ⌊H/2⌋ − 2 ≥ 1 from 6 on; then 2·(⌊H/2⌋ − 2) + 4 = 2·⌊H/2⌋. */
const { graph } = compile(`
inception: 1
name: net
inputs: { x: [N, H, 4] }
network:
  - max_pool: { kernel: 2, stride: 2 }
    name: first
  - max_pool: { kernel: 3, stride: 1 }
    name: second
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
  - pad: { padding: 2 }
  - concat: [_, x]
    name: joined
`);
if (graph === undefined) throw new Error('the network has errors');

test('a table ends with what the network asks of its sizes', () => {
  expect(shapeTable(graph).split('\n').slice(-3)).toEqual([
    '  H ≥ 6, because of second',
    '  H % 2 == 0, because joined needs 2*(H // 2) = H',
    '',
  ]);
});

test('markdown too, a paragraph each, with what acts on it escaped', () => {
  expect(shapeTable(graph, { format: 'markdown' }).split('\n').slice(-5)).toEqual([
    '',
    'H ≥ 6, because of second',
    '',
    'H % 2 == 0, because joined needs 2\\*(H // 2) = H',
    '',
  ]);
});

test('csv has rows only', () => {
  expect(shapeTable(graph, { format: 'csv' })).not.toContain('because');
});

test('json has it as data', () => {
  expect(graphData(graph).sizes).toEqual({
    leastSizes: [{ symbol: 'H', min: 6, node: 'second' }],
    equalSizes: [{ node: 'joined', left: '2*(H // 2)', right: 'H', where: 'H % 2 == 0' }],
  });
});
