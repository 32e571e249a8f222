import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/lineDiff.ts';
import { plain } from '../../src/index.ts';
import { folderWith } from './runCli.ts';

test('equal texts have no difference', () => {
  expect(unifiedDiff('a', ['x\n', 'x\n'], plain)).toBe('');
});

// As `diff -u` prints them.
test.each([
  ['a line at the end', 'a\n', 'a\nb\n', '@@ -1 +1,2 @@\n a\n+b\n'],
  ['everything new', '', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
  ['everything gone', 'a\nb\n', '', '@@ -1,2 +0,0 @@\n-a\n-b\n'],
  ['a line end', 'a', 'a\n', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n'],
  ['a line between', 'a\nb\nc\n', 'a\nx\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n'],
])('%s', (_, before, after, hunk) => {
  expect(unifiedDiff('f', [before, after], plain)).toBe(`--- f\n+++ f\n${hunk}`);
});

test('changes far apart are hunks of their own, near ones are one', () => {
  const numbers = Array.from({ length: 30 }, (_, i) => `${i}\n`);
  const changed = (...at: number[]) =>
    numbers.map((line, i) => (at.includes(i) ? `x${line}` : line)).join('');
  const hunks = (...at: number[]) =>
    unifiedDiff('f', [numbers.join(''), changed(...at)], plain).match(/^@@.*@@$/gm);
  expect(hunks(3, 20)).toEqual(['@@ -1,7 +1,7 @@', '@@ -18,7 +18,7 @@']);
  expect(hunks(3, 10)).toEqual(['@@ -1,14 +1,14 @@']);
  expect(hunks(3, 11)).toEqual(['@@ -1,7 +1,7 @@', '@@ -9,7 +9,7 @@']);
});

const texts = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { minLength: 1, maxLength: 30 })
  .map((l) => l.join(''));

test('git applies what is printed', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const cwd = folderWith({ f: before });
      const input = unifiedDiff('f', [before, after], plain);
      if (input === '') return;
      const { status, stderr } = spawnSync(
        'git',
        ['apply', '-p0', '--no-index', '--unidiff-zero', '--whitespace=nowarn', '-'],
        {
          cwd,
          input,
        },
      );
      expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
      const shown = spawnSync('cat', ['f'], { cwd }).stdout.toString();
      expect(shown).toBe(after);
    }),
    { numRuns: 10 },
  );
});
