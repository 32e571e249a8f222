import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

/** The same as `smallSpec`, with more blanks. */
const loose = smallSpec.replace('name: small', 'name:   small').replace('[N, 9, 9, 3]', '[N,9,9,3]');

function textOf(folder: string, name = 'net.yaml'): string {
  return readFileSync(join(folder, name), 'utf8');
}

test('a file is written in place; its permissions, and a link to it, stay', () => {
  const cwd = folderWith({ 'net.yaml': loose });
  chmodSync(join(cwd, 'net.yaml'), 0o640);
  symlinkSync('net.yaml', join(cwd, 'link.yaml'));
  expect(runCli(['format', 'link.yaml'], { cwd })).toEqual({
    status: 0,
    out: '',
    err: 'formatted link.yaml\n1 file formatted\n',
  });
  expect(textOf(cwd)).toBe(smallSpec);
  expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
  expect(statSync(join(cwd, 'net.yaml')).mode & 0o777).toBe(0o640);
  expect(readdirSync(cwd).sort()).toEqual(['link.yaml', 'net.yaml']);
});

test('a file that has the form is not touched', () => {
  const cwd = folderWith({ 'net.yaml': smallSpec });
  utimesSync(join(cwd, 'net.yaml'), 1_000, 1_000);
  expect(runCli(['format', '.'], { cwd })).toEqual({ status: 0, out: '', err: '1 file in canonical form\n' });
  expect(statSync(join(cwd, 'net.yaml')).mtimeMs).toBe(1_000_000);
});

test('of several files one is broken: the others are formatted', () => {
  const cwd = folderWith({ 'a.yaml': loose, 'b.yaml': 'inception: 1\nname: [\n', 'c.yaml': smallSpec });
  const { status, out, err } = runCli(['format', '.', 'none.yaml'], { cwd });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain('formatted a.yaml\n');
  expect(err).toContain('error[INC001] cannot read none.yaml: there is no such file or folder\n');
  expect(err).toContain('error[INC004] not valid YAML');
  expect(err).toContain('\n2 errors\n1 file formatted, 1 unchanged\n');
  expect(textOf(cwd, 'a.yaml')).toBe(smallSpec);
  expect(textOf(cwd, 'b.yaml')).toBe('inception: 1\nname: [\n');
});

test('--check lists what would change, one file to a line, and writes nothing', () => {
  const cwd = folderWith({ 'a.yaml': loose, 'b.yaml': smallSpec });
  mkdirSync(join(cwd, 'lib'));
  writeFileSync(join(cwd, 'lib', 'c.yaml'), loose);
  expect(runCli(['format', '--check', '**/*.yaml'], { cwd })).toEqual({
    status: 1,
    out: 'a.yaml\nlib/c.yaml\n',
    err: '2 files would be formatted, 1 unchanged\n',
  });
  expect(textOf(cwd, 'a.yaml')).toBe(loose);
  expect(runCli(['format', '--check', 'b.yaml'], { cwd })).toEqual({
    status: 0,
    out: '',
    err: '1 file in canonical form\n',
  });
  expect(runCli(['format', '--check', 'a.yaml', 'none.yaml'], { cwd }).status).toBe(2);
});

test('--diff prints a difference that patch applies, and writes nothing', () => {
  const cwd = folderWith({ 'net.yaml': loose.trimEnd() });
  const { status, out, err } = runCli(['format', '--diff', 'net.yaml'], { cwd });
  expect({ status, err }).toEqual({ status: 0, err: '1 file would be formatted\n' });
  expect(out).toBe(`\
--- net.yaml
+++ net.yaml
@@ -1,7 +1,7 @@
 inception: 1
-name:   small
+name: small
 inputs:
-  image: [N,9,9,3]
+  image: [N, 9, 9, 3]
 params:
   classes: 10
 network:
@@ -10,4 +10,4 @@
     expect: [N, 4, 4, 8]
   - global_avg_pool
   - dense: $classes
-    name: logits
\\ No newline at end of file
+    name: logits
`);
  expect(textOf(cwd)).toBe(loose.trimEnd());
  const patch = spawnSync('git', ['apply', '-p0', '--no-index', '-'], { cwd, input: out, encoding: 'utf8' });
  expect(patch).toMatchObject({ status: 0, stderr: '' });
  expect(textOf(cwd)).toBe(smallSpec);
});

test('--check and --diff: the difference, and status 1', () => {
  const cwd = folderWith({ 'net.yaml': loose });
  const { status, out } = runCli(['format', '--check', '--diff', 'net.yaml'], { cwd });
  expect(status).toBe(1);
  expect(out).toMatch(/^--- net\.yaml\n\+\+\+ net\.yaml\n@@ /);
});

test('standard input goes to standard output, changed or not', () => {
  expect(runCli(['format', '-'], { input: loose })).toEqual({
    status: 0,
    out: smallSpec,
    err: '1 file formatted\n',
  });
  expect(runCli(['format', '-'], { input: smallSpec }).out).toBe(smallSpec);
  expect(runCli(['format', '--check', '-', '--stdin-filename', 'x.yaml'], { input: loose })).toMatchObject({
    status: 1,
    out: 'x.yaml\n',
  });
  const json = runCli(['format', '-', '--stdin-filename', 'x.json'], { input: '{"inception":1}' });
  expect(json).toMatchObject({ status: 0, out: '{ "inception": 1 }\n' });
  expect(runCli(['format', '-'], { input: 'a: [' })).toMatchObject({ status: 2, out: '' });
});

test('a folder without specs, and no files at all', () => {
  const cwd = folderWith({ 'notes.yaml': 'a: 1\n' });
  expect(runCli(['format', '.'], { cwd })).toMatchObject({
    status: 2,
    err: expect.stringContaining('error[INC010] there is no spec in .\n'),
  });
  expect(runCli(['format'], { cwd })).toMatchObject({
    status: 2,
    err: expect.stringContaining("error: missing required argument 'files'\n"),
  });
});
