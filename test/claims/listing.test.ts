import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { claims, pairs } from './support.ts';

/** The table of the listing's docstring, and the network that its code builds. */
const table = readFileSync('test/fixtures/tables/seed_stem.txt', 'utf8');
const fixture = readFileSync('test/fixtures/seed_stem_docstring.yaml', 'utf8');
const bare = withoutClaims(fixture);

function withoutClaims(spec: string): string {
  return spec.replace(/^ +expect: \[.*\n/gm, '');
}

test('each row is beside its step; the fourth and fifth convolution have none', () => {
  const claimed = claims(bare, table);
  // By hand: the docstring's rows in order; lines of the fixture.
  expect(pairs(claimed)).toEqual([
    [3, '-', ''],
    [4, 'conv_1', '[N, 149, 149, 32]'],
    [5, 'conv_2', '[N, 147, 147, 32]'],
    [6, 'conv_3', '[N, 147, 147, 64]'],
    [7, '-', ''],
    [8, '-', ''],
    [10, 'mixed_1/branch_0/branch_0_mp', '[N, 73, 73, 64]'],
    [12, 'mixed_1/branch_1/branch_1_conv', '[N, 73, 73, 96]'],
    [14, 'mixed_1', '[N, 73, 73, 160]'],
    [16, 'mixed_2/branch_0/branch_0_conv1', '[N, 73, 73, 64]'],
    [17, 'mixed_2/branch_0/branch_0_conv2', '[N, 71, 71, 96]'],
    [19, 'mixed_2/branch_1/branch_1_conv1', '[N, 73, 73, 64]'],
    [20, 'mixed_2/branch_1/branch_1_conv2', '[N, 73, 73, 64]'],
    [21, 'mixed_2/branch_1/branch_1_conv3', '[N, 73, 73, 64]'],
    [22, 'mixed_2/branch_1/branch_1_conv4', '[N, 71, 71, 96]'],
    [24, 'mixed_2', '[N, 71, 71, 192]'],
    [26, 'mixed_3/branch_0/branch_0_mp', '[N, 35, 35, 192]'],
    [28, 'mixed_3/branch_1/branch_1_conv', '[N, 35, 35, 192]'],
    [30, 'mixed_3', '[N, 35, 35, 384]'],
  ]);
  expect(claimed.left.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'it is the input, which is otherwise here: `image` is [N, 299, 299, 3]'],
    [7, 'no step is left for it: other rows are about `conv_2` (line 5)'],
    [8, 'no step is left for it: other rows are about `conv_3` (line 6)'],
  ]);
});

test('the spec is written as the fixture was by hand', () => {
  expect(claims(bare, table).text).toBe(fixture);
});

test('what it then reports are the sixteen claims of the docstring that are false', () => {
  const { diagnostics } = compile(claims(bare, table).text);
  expect(diagnostics.map(({ code }) => code)).toEqual(Array.from({ length: 16 }, () => 'INC301'));
});

test('claims that are there are left: the released spec of the listing says what the code gives', () => {
  const spec = readFileSync('specs/seed_stem_listing.yaml', 'utf8');
  const claimed = claims(spec, table);
  expect(claimed.text).toBe(spec);
  expect(claimed.matched.map(({ state }) => state)).toEqual(Array.from({ length: 16 }, () => 'differs'));
  expect(claimed.matched[0]).toEqual({
    line: 4,
    row: '3x3 conv / s2 149 x 149 x 32',
    step: 'conv_1',
    claim: '[N, 149, 149, 32]',
    state: 'differs',
    present: '[N, 150, 150, 32]',
  });
  expect(claims(fixture, table).matched.every(({ state }) => state === 'stands')).toBe(true);
});
