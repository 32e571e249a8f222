import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeText } from '../../src/cli/writeText.ts';
import { folderWith } from './runCli.ts';

test('folders that are missing are made, and nothing else is left in them', () => {
  const folder = folderWith();
  expect(writeText(join(folder, 'a', 'b', 'report.txt'), 'new')).toBeUndefined();
  expect(readFileSync(join(folder, 'a', 'b', 'report.txt'), 'utf8')).toBe('new');
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['report.txt']);
});

test('a link stays one, and the file behind it keeps its permissions', () => {
  const folder = folderWith({ file: 'old' });
  chmodSync(join(folder, 'file'), 0o640);
  symlinkSync('file', join(folder, 'link'));
  expect(writeText(join(folder, 'link'), 'new')).toBeUndefined();
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'file')).mode & 0o777).toBe(0o640);
});

test('a folder is not replaced', () => {
  const folder = folderWith();
  mkdirSync(join(folder, 'out'));
  expect(writeText(join(folder, 'out'), 'new')).toBe(
    `cannot write ${join(folder, 'out')}: it is a directory`,
  );
  expect(readdirSync(folder)).toEqual(['out']);
});

test.skipIf(process.platform === 'win32')(
  'a pipe takes the text and stays a pipe, as /dev/stdout does',
  () => {
    const pipe = join(folderWith(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const fd = openSync(pipe, constants.O_RDWR);
    expect(writeText(pipe, 'new')).toBeUndefined();
    const bytes = Buffer.alloc(8);
    expect(bytes.toString('utf8', 0, readSync(fd, bytes))).toBe('new');
    closeSync(fd);
    expect(statSync(pipe).isFIFO()).toBe(true);
  },
);
