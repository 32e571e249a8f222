import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimRepairs } from '../../src/analysis/claimRepairs.ts';
import { compile } from '../../src/compile.ts';

function repairsOf(text: string) {
  const { graph, diagnostics } = compile(text);
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join());
  return claimRepairs(graph);
}

// By hand: 3x3/2 `same` makes 149 of 297 and 298, `valid` of 299 and 300; 147 becomes 73 and 71 becomes 35 with `valid` only.
test("the listing's claims hold with exactly four combinations, and each compiles without a failed claim", () => {
  const text = readFileSync(new URL('../fixtures/seed_stem_docstring.yaml', import.meta.url), 'utf8');
  const reductions = ['mixed_1', 'mixed_3'].flatMap((m) => [
    [`${m}/branch_0/branch_0_mp`, 'valid'],
    [`${m}/branch_1/branch_1_conv`, 'valid'],
  ]);
  const found = repairsOf(text)?.repairs.map((r) => ({ sizes: r.sizes, paddings: [...r.paddings] }));
  expect(found).toEqual([
    { sizes: [297, 298], paddings: reductions },
    { sizes: [299, 300], paddings: [['conv_1', 'valid'], ...reductions] },
  ]);
  for (const { sizes, paddings } of found ?? [])
    for (const size of sizes) {
      const reduced = text
        .replaceAll('299, 299', `${size}, ${size}`)
        .replaceAll('stride: 2 }', 'stride: 2, padding: valid }');
      const first = paddings.some(([name]) => name === 'conv_1') ? 'valid' : 'same';
      const edited = reduced.replace('padding: valid', `padding: ${first}`);
      expect(compile(edited).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    }
});

test('says at which claim nothing was found', () => {
  const text =
    'inception: 1\nname: small\ninputs: { image: [N, 8, 8, 3] }\nnetwork:\n  - conv: { filters: 4, kernel: 3, padding: valid }\n    name: a\n    expect: [N, 8, 8, 5]\n';
  expect(repairsOf(text)).toEqual({ repairs: [], stuckAt: 'a', greatestSize: 80 });
});

// Five poolings 3x3/1: `same` keeps the size, so 6 comes of 6; `valid` takes 2 off, so one of the five makes 6 of 8.
test('lists each of several windows since the last claim', () => {
  const step = (i: number) => `  - max_pool: { kernel: 3, stride: 1, padding: same }\n    name: p${i}\n`;
  const steps = [1, 2, 3, 4, 5].map(step).join('');
  const text = `inception: 1\nname: small\ninputs: { image: [N, 8, 8, 3] }\nnetwork:\n${steps}    expect: [N, 6, 6, 3]\n`;
  expect(repairsOf(text)?.repairs.map((r) => [...r.paddings.keys(), ...r.sizes])).toEqual([
    [6],
    ['p5', 8],
    ['p4', 8],
    ['p3', 8],
    ['p2', 8],
    ['p1', 8],
  ]);
});

// 10 ways to the first claim (size 6, or one of nine poolings), and with each 9 to the second: 90.
test('says that there are more combinations than it follows', () => {
  const nine = (from: string, size: number) =>
    `${[1, 2, 3, 4, 5, 6, 7, 8, 9]
      .map((i) => `  - max_pool: { kernel: 3, stride: 1, padding: same }\n    name: ${from}${i}\n`)
      .join('')}    expect: [N, ${size}, ${size}, 3]\n`;
  const text = `inception: 1\nname: small\ninputs: { image: [N, 8, 8, 3] }\nnetwork:\n${nine('a', 6)}${nine('b', 4)}`;
  expect(repairsOf(text)).toEqual({ repairs: [], stuckAt: 'b9', tooMany: 64, greatestSize: 80 });
});
