import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { type Row, tableRows } from '../../../src/emitters/table/rows.ts';
import { printDim } from '../../../src/tensor/printDim.ts';
import { showShape } from '../../../src/tensor/shape.ts';
import { smallGraph } from './smallGraph.ts';

/** A row as one line, for reading. */
function line({ name, op, outputs, trainable, nonTrainable, macs, endPoints, note }: Row): string {
  const shapes = outputs.map((t) => showShape(t.shape)).join(' ');
  const figures = `${trainable} + ${nonTrainable}, ${printDim(macs)}`;
  return [name, op, shapes, figures, endPoints.join(' '), note].join(' | ');
}

test('a conv, its norm and its activation are one row', () => {
  expect(tableRows(smallGraph()).rows.map(line)).toEqual([
    'image | input | [N, 9, 9, 3] | 0 + 0, 0 |  | ',
    'conv_1 | conv 3x3/2 valid, batch_norm, relu | [N, 4, 4, 8] | 232 + 16, 3456 |  | as in the paper',
    'mixed/branch_0/max_pool | max_pool 3x3/2 same | [N, 2, 2, 8] | 0 + 0, 0 |  | ',
    'mixed/branch_1/conv | conv 1x7/2 same | [N, 2, 2, 4] | 228 + 0, 896 |  | ',
    'mixed | concat | [N, 2, 2, 12] | 0 + 0, 0 | mixed | ',
    'pool | global_avg_pool | [N, 12] | 0 + 0, 0 |  | ',
    'logits | dense 10 | [N, 10] | 130 + 0, 120 | logits | ',
  ]);
});

test('the total counts all nodes', () => {
  expect(line(tableRows(smallGraph()).total)).toBe('total | 6 steps |  | 590 + 16, 4472 |  | ');
});

test('a block below the depth is one row with its sums and its last output', () => {
  expect(tableRows(smallGraph(), { depth: 1 }).rows.map(line)).toEqual([
    'image | input | [N, 9, 9, 3] | 0 + 0, 0 |  | ',
    'conv_1 | conv 3x3/2 valid, batch_norm, relu | [N, 4, 4, 8] | 232 + 16, 3456 |  | as in the paper',
    'mixed | 3 steps | [N, 2, 2, 12] | 228 + 0, 896 | mixed | ',
    'pool | global_avg_pool | [N, 12] | 0 + 0, 0 |  | ',
    'logits | dense 10 | [N, 10] | 130 + 0, 120 | logits | ',
  ]);
});

test('folding does not change the total', () => {
  expect(line(tableRows(smallGraph(), { depth: 1 }).total)).toBe('total | 6 steps |  | 590 + 16, 4472 |  | ');
});

test('figures that depend on a symbol are expressions', () => {
  const { rows, total } = tableRows(smallGraph('H'), { depth: 1 });
  expect(rows.map((r) => printDim(r.macs))).toEqual([
    '0',
    '864*((H - 1) // 2)',
    '448*((H + 1) // 4)',
    '0',
    '120',
  ]);
  expect(printDim(total.macs)).toBe('864*((H + 1) // 2) + 448*((H + 1) // 4) - 744');
});

test('a folded block gives what its own last step gives, also where one of its weights is read as a value', () => {
  const { graph } = compile(`
inception: 1
name: tied
inputs: { tokens: { shape: [N, S], dtype: int32 } }
network:
  - embedding: { rows: 50, width: 8 }
    name: table
  - matmul: { transpose_b: true }
    from: [_, table/embeddings]
`);
  const rows = graph === undefined ? [] : tableRows(graph, { depth: 1 }).rows;
  expect(
    rows.map(
      ({ name, op, outputs }) => `${name} | ${op} | ${outputs.map((o) => showShape(o.shape)).join(' ')}`,
    ),
  ).toEqual(['tokens | input | [N, S]', 'table | 2 steps | [N, S, 8]', 'matmul | matmul | [N, S, 50]']);
});
