import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stageNameHere } from '../../src/cli/staleStages.ts';
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

/** The temporary folder of a process of this machine. */
function stageOf(pid: number | undefined): string {
  return stageNameHere().replace(`.${process.pid}.tmp`, `.${pid}.tmp`);
}

/** The number of a process that has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

/** What a process leaves that is killed while it replaces files: those that are staged, set aside and in place. */
function killedIn(
  folder: string,
  { staged, aside, list }: Readonly<Record<'staged' | 'aside' | 'list', readonly string[]>>,
): void {
  const stage = join(folder, stageOf(endedPid()));
  for (const [part, paths] of [
    ['new', staged],
    ['old', aside],
  ] as const) {
    mkdirSync(join(stage, part), { recursive: true });
    for (const path of paths) writeFileSync(join(stage, part, path), part);
  }
  writeFileSync(join(stage, 'replacing.json'), JSON.stringify(list));
}

function contents(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

describe('what a killed process left in the folder', () => {
  const list = ['model', 'data'];

  test('before it replaced anything is removed', async () => {
    const folder = folderWith({ model: 'old', data: 'old' });
    mkdirSync(join(folder, stageOf(endedPid())));
    await writeFiles(folder, [file('other')]);
    expect(contents(folder)).toEqual({ model: 'old', data: 'old', other: '' });
  });

  test.each([
    ['the first file set aside', { data: 'old' }, { staged: list, aside: ['model'], list }],
    ['both set aside', {}, { staged: list, aside: list, list }],
    ['the new data in place', { data: 'new' }, { staged: ['model'], aside: list, list }],
  ])('%s: the old pair comes back', async (_, inPlace, left) => {
    const folder = folderWith(inPlace);
    killedIn(folder, left);
    await writeFiles(folder, [file('other')]);
    expect(contents(folder)).toEqual({ model: 'old', data: 'old', other: '' });
  });

  test('new data that replaced none goes away', async () => {
    const folder = folderWith({ data: 'new' });
    killedIn(folder, { staged: ['model'], aside: ['model'], list });
    await writeFiles(folder, [file('other')]);
    expect(contents(folder)).toEqual({ model: 'old', other: '' });
  });

  test('with all in place is removed', async () => {
    const folder = folderWith({ model: 'new', data: 'new' });
    killedIn(folder, { staged: [], aside: list, list });
    await writeFiles(folder, [file('other')]);
    expect(contents(folder)).toEqual({ model: 'new', data: 'new', other: '' });
  });

  test('a list that reaches out of the folder is not followed', async () => {
    const parent = folderWith({ outside: 'mine' });
    const folder = join(parent, 'a');
    mkdirSync(folder);
    killedIn(folder, { staged: ['model'], aside: ['model'], list: ['model', '../outside'] });
    await writeFiles(folder, [file('other')]);
    expect(readFileSync(join(parent, 'outside'), 'utf8')).toBe('mine');
    expect(contents(folder)).toEqual({ other: '' });
  });

  test('the folder of a process that runs, or of another machine, is not touched', async () => {
    const folder = folderWith();
    const others = [stageOf(process.ppid), `.inception-cli.elsewhere_${Date.now()}.1.tmp`];
    for (const other of others) mkdirSync(join(folder, other));
    await writeFiles(folder, [file('x')]);
    expect(readdirSync(folder).sort()).toEqual([...others, 'x'].sort());
  });
});
