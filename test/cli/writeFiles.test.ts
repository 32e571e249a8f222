import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../src/cli/writeFiles.ts';
import type { OutputFile } from '../../src/index.ts';
import { folderWith } from './runCli.ts';

function file(path: string, ...chunks: readonly string[]): OutputFile {
  const bytes = chunks.map((c) => Buffer.from(c));
  return { path, content: { byteLength: Buffer.concat(bytes).length, chunks: () => bytes } };
}

/** A file whose bytes end in an error. */
function failing(path: string): OutputFile {
  return {
    path,
    content: {
      byteLength: 6,
      *chunks() {
        yield Buffer.from('abc');
        throw new Error('no more bytes');
      },
    },
  };
}

test('files are written with their sizes and hashes', async () => {
  const folder = join(folderWith(), 'a', 'b');
  expect(await writeFiles(folder, [file('x', 'ab', 'c'), file('deep/y')])).toEqual([
    {
      path: join(folder, 'x'),
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
    {
      path: join(folder, 'deep/y'),
      bytes: 0,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  ]);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('abc');
  expect(readdirSync(join(folder, '..'))).toEqual(['b']);
});

test('a chunk may be a view of a buffer that is used again', async () => {
  const folder = folderWith();
  const buffer = Buffer.alloc(2);
  const content = {
    byteLength: 4,
    *chunks() {
      yield buffer.fill('a');
      yield buffer.fill('b');
    },
  };
  await writeFiles(folder, [{ path: 'x', content }]);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('aabb');
});

test('progress is told of every byte', async () => {
  const added: number[] = [];
  await writeFiles(folderWith(), [file('x', 'ab', 'c')], (bytes) => added.push(bytes));
  expect(added).toEqual([2, 1]);
});

test('after a failure nothing is left of a new folder, nor of those made on the way to it', async () => {
  const parent = folderWith();
  await expect(writeFiles(join(parent, 'a', 'b'), [file('x', 'abc'), failing('y')])).rejects.toThrow(
    'no more bytes',
  );
  expect(readdirSync(parent)).toEqual([]);
});

test('after a failure the old files are as they were', async () => {
  const folder = folderWith({ x: 'old' });
  await expect(writeFiles(folder, [file('x', 'new'), failing('y')])).rejects.toThrow('no more bytes');
  expect(readdirSync(folder)).toEqual(['x']);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('old');
});

test('where one file cannot be put in its place, none is', async () => {
  const folder = folderWith({ x: 'old', notAFolder: '' });
  await expect(writeFiles(folder, [file('x', 'new'), file('notAFolder/y', 'new')])).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(['notAFolder', 'x']);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('old');
});

test('files beside the written ones stay', async () => {
  const folder = folderWith({ x: 'old', other: 'mine' });
  await writeFiles(folder, [file('x', 'new')]);
  expect(readdirSync(folder).sort()).toEqual(['other', 'x']);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('new');
});

test('bytes that are fewer than announced are our fault', async () => {
  const parent = folderWith();
  const short = { path: 'x', content: { byteLength: 4, chunks: () => [Buffer.from('abc')] } };
  await expect(writeFiles(join(parent, 'a'), [short])).rejects.toThrow(
    'was announced with 4 bytes, but has 3',
  );
  expect(readdirSync(parent)).toEqual([]);
});

test('a folder that is in the way of the temporary one is not touched', async () => {
  const parent = folderWith();
  const temporary = join(parent, `a.${process.pid}.tmp`);
  mkdirSync(temporary);
  writeFileSync(join(temporary, 'mine'), '');
  await expect(writeFiles(join(parent, 'a'), [file('x', 'new')])).rejects.toThrow('EEXIST');
  expect(readdirSync(temporary)).toEqual(['mine']);
});
