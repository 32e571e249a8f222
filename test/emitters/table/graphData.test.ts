import { expect, test } from 'vitest';
import { graphData } from '../../../src/emitters/table/graphData.ts';
import { printJson } from '../../../src/emitters/table/printJson.ts';
import { shapeTable } from '../../../src/emitters/table/shapeTable.ts';
import { smallGraph } from './smallGraph.ts';

test('the document names the network, its inputs, its outputs and its totals', () => {
  const { nodes, blocks: _, ...rest } = graphData(smallGraph());
  expect(rest).toEqual({
    formatVersion: 1,
    name: 'small',
    channels: 'last',
    inputs: [{ name: 'image', shape: ['N', 9, 9, 3], dtype: 'float32' }],
    outputs: [{ name: 'scores', value: 'logits', shape: ['N', 10], dtype: 'float32' }],
    totals: {
      parameters: { trainable: 590, nonTrainable: 16 },
      macs: 4472,
      // conv 2·2·4, dense 10
      biasAdds: 26,
      // batch_norm 2·128, relu 128, max_pool 9·32, global_avg_pool 48
      elementOps: 720,
      nodes: 8,
    },
    sizes: { leastSizes: [], equalSizes: [] },
  });
  expect(nodes).toHaveLength(8);
});

test('a node has its attributes, weights, figures and source', () => {
  expect(graphData(smallGraph()).nodes[4]).toEqual({
    name: 'mixed/branch_1/conv',
    op: 'conv',
    block: 'stem',
    endPoint: false,
    inputs: ['conv_1/relu'],
    outputs: [{ name: 'mixed/branch_1/conv', shape: ['N', 2, 2, 4], dtype: 'float32' }],
    attributes: {
      filters: 4,
      kernel: [1, 7],
      stride: [2, 2],
      padding: 'same',
      dilation: 1,
      groups: 1,
      bias: true,
    },
    weights: [
      { name: 'mixed/branch_1/conv/kernel', shape: [1, 7, 8, 4], trainable: true },
      { name: 'mixed/branch_1/conv/bias', shape: [4], trainable: true },
    ],
    parameters: { trainable: 228, nonTrainable: 0 },
    macs: 896,
    biasAdds: 16,
    elementOps: 0,
    source: { file: 'small.yaml', line: 3, column: 3 },
  });
});

test('a node of the network itself has no block, and its note is kept', () => {
  const [first] = graphData(smallGraph()).nodes;
  expect(first).toMatchObject({ name: 'conv_1', block: null, note: 'as in the paper' });
});

test('what depends on a symbol is an expression', () => {
  const { nodes, totals } = graphData(smallGraph('H'));
  expect(nodes[0]).toMatchObject({
    outputs: [{ shape: ['N', '(H - 1) // 2', 4, 8] }],
    macs: '864*((H - 1) // 2)',
  });
  expect(totals.macs).toBe('864*((H + 1) // 2) + 448*((H + 1) // 4) - 744');
});

test('the text is JSON of the same data, whatever columns are asked for', () => {
  const text = shapeTable(smallGraph(), { format: 'json', depth: 1, columns: ['name'] });
  expect(JSON.parse(text)).toEqual(graphData(smallGraph()));
});

test('what fits stands on one line', () => {
  expect(printJson({ a: [1, 'x'], b: {}, c: undefined, d: null, long: 'x'.repeat(120) })).toBe(
    `{\n  "a": [1, "x"],\n  "b": {},\n  "d": null,\n  "long": "${'x'.repeat(120)}"\n}\n`,
  );
});
