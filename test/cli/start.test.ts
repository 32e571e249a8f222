import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, folderWith, smallSpec } from './runCli.ts';

const root = dirname(dirname(bin));

/** A copy of what is installed, to be damaged. */
function installed(): { folder: string; caches: readonly string[] } {
  const folder = folderWith({ 'package.json': '{ "type": "module" }', 'net.yaml': smallSpec });
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'dist', 'bundle'), join(folder, 'dist', 'bundle'), { recursive: true });
  const bundle = join(folder, 'dist', 'bundle');
  const caches = readdirSync(bundle).filter((name) => name.endsWith('.cache'));
  return { folder, caches: caches.map((name) => join(bundle, name)) };
}

/** Runs the copy, with flags for node itself. */
function run(folder: string, ...flags: readonly string[]) {
  const args = [
    ...flags,
    join(folder, 'bin', 'inception-cli.js'),
    'infer-shapes',
    'net.yaml',
    '--format',
    'csv',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, lines: stdout.split('\r\n').length, stderr };
}

const good = { status: 0, lines: 6, stderr: '' };

test('the command line needs nothing but bin and dist/bundle', () => {
  const { folder, caches } = installed();
  expect(caches).toHaveLength(7);
  expect(run(folder)).toEqual(good);
});

test('it runs without its code cache', () => {
  const { folder, caches } = installed();
  for (const cache of caches) rmSync(cache);
  expect(run(folder)).toEqual(good);
});

test('a code cache that is none is rejected', () => {
  const { folder, caches } = installed();
  for (const cache of caches) writeFileSync(cache, 'no cache at all');
  expect(run(folder)).toEqual(good);
});

test('the code cache of another V8 is rejected', () => {
  // V8 compares its version and its flags alike.
  expect(run(installed().folder, '--no-opt', '--stack-size=900')).toEqual(good);
});
