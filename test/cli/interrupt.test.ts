import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from './runCli.ts';

const program = fileURLToPath(new URL('slowWrite.mjs', import.meta.url));

/** Starts a slow writing into `folder` and stops it by a signal once it has begun. */
async function interrupted(folder: string, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill(signal);
  const [status, endedBy] = await once(child, 'exit');
  return { status, endedBy };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s while writing leaves nothing of a new folder',
  async (signal) => {
    const parent = folderWith();
    expect(await interrupted(join(parent, 'model'), signal)).toEqual({ status: null, endedBy: signal });
    expect(readdirSync(parent)).toEqual([]);
  },
);

test('Ctrl-C while writing leaves the old files as they were', async () => {
  const folder = folderWith({ x: 'old' });
  await interrupted(folder, 'SIGINT');
  expect(readdirSync(folder)).toEqual(['x']);
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('old');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s takes a line of progress off the terminal', async (signal) => {
  const line = fileURLToPath(new URL('clearedLine.mjs', import.meta.url));
  const child = spawn(process.execPath, [line], { stdio: ['ignore', 'pipe', 'inherit'] });
  let shown = '';
  child.stdout.on('data', (bytes) => {
    shown += bytes;
  });
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await once(child, 'close')).toEqual([null, signal]);
  expect(shown).toBe('\r\u001b[K  writing 2.0 of 4.0 MB, 1.0 MB/s, 2 s left\r\u001b[K');
});
