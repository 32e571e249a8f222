import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { plain } from '../../../src/diagnostics/paint.ts';
import { printCsv } from '../../../src/emitters/table/printCsv.ts';
import { printMarkdown } from '../../../src/emitters/table/printMarkdown.ts';
import { printText } from '../../../src/emitters/table/printText.ts';
import type { Row, Table } from '../../../src/emitters/table/rows.ts';
import { shapeTable } from '../../../src/emitters/table/shapeTable.ts';
import { smallGraph } from './smallGraph.ts';

test('text is aligned, with numbers to the right and end points marked', () => {
  expect(shapeTable(smallGraph())).toBe(`\
  name                     op                                  output         parameters   MACs  note
-----------------------------------------------------------------------------------------------------
  image                    input                               [N, 9, 9, 3]            0      0
  conv_1                   conv 3x3/2 valid, batch_norm, relu  [N, 4, 4, 8]          248  3,456  as in the paper
  mixed/branch_0/max_pool  max_pool 3x3/2 same                 [N, 2, 2, 8]            0      0
  mixed/branch_1/conv      conv 1x7/2 same                     [N, 2, 2, 4]          228    896
* mixed                    concat                              [N, 2, 2, 12]           0      0
  pool                     global_avg_pool                     [N, 12]                 0      0
* logits                   dense 10                            [N, 10]               130    120
-----------------------------------------------------------------------------------------------------
  total                    6 steps                                                   606  4,472

* end point
  590 trainable + 16 non-trainable parameters
`);
});

test('columns are those asked for, in that order', () => {
  expect(shapeTable(smallGraph(), { columns: ['macs', 'name', 'dtype'], depth: 1 })).toBe(`\
 MACs    name    dtype
----------------------
    0    image   float32
3,456    conv_1  float32
  896  * mixed   float32
    0    pool    float32
  120  * logits  float32
----------------------
4,472    total

* end point
`);
});

test('markdown marks end points by bold names', () => {
  expect(shapeTable(smallGraph(), { format: 'markdown', depth: 1 })).toBe(`\
| name | op | output | parameters | MACs | note |
| --- | --- | --- | ---: | ---: | --- |
| image | input | [N, 9, 9, 3] | 0 | 0 |  |
| conv_1 | conv 3x3/2 valid, batch_norm, relu | [N, 4, 4, 8] | 248 | 3,456 | as in the paper |
| **mixed** | 3 steps | [N, 2, 2, 12] | 228 | 896 |  |
| pool | global_avg_pool | [N, 12] | 0 | 0 |  |
| **logits** | dense 10 | [N, 10] | 130 | 120 |  |
| **total** | **6 steps** |  | **606** | **4,472** |  |
`);
});

test('csv has plain numbers, CRLF and no total', () => {
  expect(shapeTable(smallGraph(), { format: 'csv', depth: 1 })).toBe(
    [
      'name,op,output,trainable,non_trainable,macs,end_point,note',
      'image,input,"[N, 9, 9, 3]",0,0,0,,',
      'conv_1,"conv 3x3/2 valid, batch_norm, relu","[N, 4, 4, 8]",232,16,3456,,as in the paper',
      'mixed,3 steps,"[N, 2, 2, 12]",228,0,896,mixed,',
      'pool,global_avg_pool,"[N, 12]",0,0,0,,',
      'logits,dense 10,"[N, 10]",130,0,120,logits,',
      '',
    ].join('\r\n'),
  );
});

const row: Row = {
  name: 'x',
  op: 'relu',
  outputs: [],
  trainable: 1234567,
  nonTrainable: 0,
  macs: 0,
  cost: 0,
  endPoints: [],
  measures: {},
  note: '',
};

function tableOf(...rows: readonly Row[]): Table {
  return { rows, total: { ...row, name: 'total' }, needs: [] };
}

test('wide characters take two columns', () => {
  const table = tableOf({ ...row, name: '網路' }, { ...row, name: 'abcd' }, { ...row, name: 'e\u0301' });
  expect(printText(table, { columns: ['name', 'op'] })).toBe(`\
  name   op
-----------
  網路   relu
  abcd   relu
  e\u0301      relu
-----------
  total  relu
`);
});

test('a note keeps its table in shape: no tabs, line ends or bars', () => {
  const table = tableOf({ ...row, note: 'a\tb\nc | d' });
  expect(printText(table, { columns: ['note'] })).toBe('note\n----\na b␊c | d\n----\n\n');
  expect(printMarkdown(table, { columns: ['note'] })).toBe('| note |\n| --- |\n| a b␊c \\| d |\n|  |\n');
  expect(printCsv(tableOf({ ...row, note: 'say "x"\nb' }), { columns: ['note'] })).toBe(
    'note\r\n"say ""x""\nb"\r\n',
  );
});

test('colour comes from the paint that is given, and does not disturb the columns', () => {
  const paint = { ...plain, bold: (t: string) => `<b>${t}</b>`, green: (t: string) => `<g>${t}</g>` };
  const table = tableOf({ ...row, endPoints: ['x'] });
  expect(printText(table, { columns: ['name', 'trainable'], paint })).toBe(`\
<b>  name   trainable</b>
------------------
<g>* x      1,234,567</g>
------------------
<b>  total  1,234,567</b>

* end point
`);
});

test('a formula that would fill the screen is cut in text, and whole elsewhere', () => {
  const { graph } = compile(`
inception: 1
name: net
inputs: { image: [N, Height, Width, 3] }
network:
  - conv: { filters: 4, kernel: 3, stride: 2, padding: valid }
    name: c
`);
  if (graph === undefined) throw new Error('the network has errors');
  // 3·3·3·4 multiply-adds at each of the places of the map.
  const whole = '108*((Height - 1) // 2)*((Width - 1) // 2)';
  const [, , , step, , total, , , note] = shapeTable(graph, { columns: ['name', 'macs'] }).split('\n');
  const cut = '108*((Height - 1) // 2)*((Width - 1) //…';
  expect(step).toBe(`* c      ${cut}`);
  expect(total).toBe(`  total  ${cut}`);
  expect(note).toBe('  formulas that end in … are longer; markdown, csv and json have them whole');
  expect(shapeTable(graph, { columns: ['macs'], format: 'csv' })).toContain(whole);
});
