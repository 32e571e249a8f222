import { expect, test } from 'vitest';
import { printedSize } from '../../src/claims/printedSize.ts';
import { readTable } from '../../src/claims/readTable.ts';
import { rowsOf } from './support.ts';

test.each([
  ['149x149x32', [149, 149, 32]],
  ['149 × 149 × 32', [149, 149, 32]],
  ['149²×32', [149, 149, 32]],
  ['149^2 x 32', [149, 149, 32]],
  ['(149, 149, 32)', [149, 149, 32]],
  ['(None, 149, 149, 32)', [149, 149, 32]],
  ['[(None, 224, 224, 3)]', [224, 224, 3]],
  ['[N, 10]', [10]],
  ['? x 149 x 149 x 32', [149, 149, 32]],
  ['[-1, 64, 112, 112]', [64, 112, 112]],
  ['112x112', [112, 112]],
  ['7x7/2', undefined],
  ['1000', undefined],
  ['0 x 3', undefined],
  ['conv', undefined],
])('%s', (cell, size) => {
  expect(printedSize(cell)).toEqual(size);
});

test('a grid with corners, and one of box characters', () => {
  const grid =
    '+------+-----------+\n| type | size      |\n+======+===========+\n| conv | 7 x 7 x 8 |\n+------+-----------+\n';
  const row = { labels: ['conv'], size: [7, 7, 8] };
  expect(rowsOf(grid)).toEqual([{ line: 4, ...row }]);
  expect(
    rowsOf('┏━━━━┳━━━━┓\n┃ Layer ┃ Output Shape ┃\n┡━━━━╇━━━━┩\n│ conv │ (None, 7, 7, 8) │\n└────┴────┘\n'),
  ).toEqual([{ line: 4, ...row }]);
});

test('columns may stand in either order', () => {
  expect(rowsOf('7 x 7 x 8   | 3x3 conv')).toEqual([{ line: 1, labels: ['3x3 conv'], size: [7, 7, 8] }]);
});

test('sizes of inputs and of outputs: the header says which, the option is stronger', () => {
  const table = 'layer | input size | output size\nconv | 9x9x3 | 7x7x8\npool | 7x7x8 | 3x3x8\n';
  expect(rowsOf(table).map(({ size }) => size)).toEqual([
    [7, 7, 8],
    [3, 3, 8],
  ]);
  expect(rowsOf(table, { sizes: 'input' }).map(({ size }) => size)).toEqual([[7, 7, 8], undefined]);
  expect(readTable(table.split('\n').slice(1).join('\n'))).toEqual({
    line: 1,
    reason: 'two columns hold sizes, and no header says which are those of outputs',
  });
});

test('LaTeX: rows over several lines, rules, escapes and comments', () => {
  const table = String.raw`
\begin{tabular}{ll}
\toprule
layer & output size \\ \midrule
% conv & $1\times1\times1$ \\
conv\_1
  & $7\times 7\times8$ \\[2pt]
\multicolumn{1}{l}{pool} & \textbf{3 $\times$ 3 $\times$ 8} \\
\bottomrule
\end{tabular}`;
  expect(rowsOf(table)).toEqual([
    { line: 6, labels: ['conv_1'], size: [7, 7, 8] },
    { line: 8, labels: ['pool'], size: [3, 3, 8] },
  ]);
});

test('what cannot be read is said with its line', () => {
  expect(readTable('only words\n')).toEqual({
    reason: 'it has no table: no rows with cells between bars, in columns or between &',
  });
  expect(readTable('| layer | filters |\n| conv | 64 |\n')).toEqual({
    reason: 'its tables have no sizes, as 149 x 149 x 32 or (None, 149, 149, 32)',
  });
  expect(readTable('conv | 9 x 9 x 8\nconv | 7 x l7 x 8\n')).toEqual({
    line: 2,
    reason: '`7 x l7 x 8` is not a size that can be read',
  });
});
