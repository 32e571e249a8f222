import { expect, test } from 'vitest';
import { printHtml } from '../../../src/emitters/table/printHtml.ts';
import { printLatex } from '../../../src/emitters/table/printLatex.ts';
import type { Row, Table } from '../../../src/emitters/table/rows.ts';
import { shapeTable } from '../../../src/emitters/table/shapeTable.ts';
import { smallGraph } from './smallGraph.ts';

test('LaTeX is a tabular with the rules of booktabs, numbers to the right', () => {
  expect(shapeTable(smallGraph(), { format: 'latex', depth: 1 })).toBe(String.raw`% \usepackage{booktabs}
% \caption{small}
\begin{tabular}{lllrrl}
\toprule
name & op & output & parameters & MACs & note \\
\midrule
image & input & [N, 9, 9, 3] & 0 & 0 &  \\
conv\_1 & conv 3x3/2 valid, batch\_norm, relu & [N, 4, 4, 8] & 248 & 3,456 & as in the paper \\
\textbf{mixed} & 3 steps & [N, 2, 2, 12] & 228 & 896 &  \\
pool & global\_avg\_pool & [N, 12] & 0 & 0 &  \\
\textbf{logits} & dense 10 & [N, 10] & 130 & 120 &  \\
\midrule
\textbf{total} & \textbf{6 steps} &  & \textbf{606} & \textbf{4,472} &  \\
\bottomrule
\end{tabular}
`);
});

test('HTML is a table without a page, numbers to the right', () => {
  const right = ' style="text-align: right"';
  expect(shapeTable(smallGraph(), { format: 'html', depth: 1, columns: ['name', 'macs'] })).toBe(`\
<table>
<caption>small</caption>
<thead>
<tr><th scope="col">name</th><th scope="col"${right}>MACs</th></tr>
</thead>
<tbody>
<tr><td>image</td><td${right}>0</td></tr>
<tr><td>conv_1</td><td${right}>3,456</td></tr>
<tr><td><strong>mixed</strong></td><td${right}>896</td></tr>
<tr><td>pool</td><td${right}>0</td></tr>
<tr><td><strong>logits</strong></td><td${right}>120</td></tr>
</tbody>
<tfoot>
<tr><td><strong>total</strong></td><td${right}><strong>4,472</strong></td></tr>
</tfoot>
</table>
`);
});

function tableOf(note: string): Table {
  const row: Row = {
    name: 'x',
    op: 'relu',
    outputs: [{ dtype: 'float32', shape: [1, 2] }],
    trainable: 0,
    nonTrainable: 0,
    macs: 0,
    cost: 0,
    measures: {},
    endPoints: [],
    note,
  };
  return {
    rows: [row],
    total: { ...row, name: 'total', note: '', outputs: [] },
    needs: ['H ≥ 75, because of a_b'],
  };
}

test('no character of a text acts on LaTeX', () => {
  const text = printLatex(tableOf('50% of a_b & {c} # $d ~ ^ \\ <e> | -- 3×3'), {
    columns: ['note', 'name'],
    name: 'a_b%',
  });
  expect(text.split('\n')[1]).toBe(String.raw`% \caption{a\_b\%}`);
  expect(text.split('\n')[6]).toBe(
    String.raw`50\% of a\_b \& \{c\} \# \$d \textasciitilde{} \textasciicircum{} \textbackslash{} ` +
      String.raw`\textless{}e\textgreater{} \textbar{} -{}- 3$\times$3 & x \\`,
  );
  expect(text).toMatch(/\\end\{tabular\}\n% H ≥ 75, because of a_b\n$/);
});

test('a bracket or a star that begins a row is no argument of what stands before it', () => {
  const row = (text: string) => text.split('\n')[6];
  expect(row(printLatex(tableOf(''), { columns: ['output', 'name'], name: 'n' }))).toBe('{}[1, 2] & x \\\\');
  expect(row(printLatex(tableOf('*'), { columns: ['note'], name: 'n' }))).toBe('{}* \\\\');
});

test('no character of a text acts on HTML', () => {
  const text = printHtml(tableOf('<b> & "c"'), { columns: ['note'], name: '<net>' });
  expect(text).toContain('<caption>&lt;net&gt;</caption>');
  expect(text).toContain('<td>&lt;b&gt; &amp; &quot;c&quot;</td>');
  expect(text).toContain('</table>\n<p>H ≥ 75, because of a_b</p>\n');
});
