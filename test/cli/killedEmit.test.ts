import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, folderWith, runCli, smallSpec } from './runCli.ts';

/** 256 MB of weights: emitting them takes long enough to be stopped. */
const largeSpec = `\
inception: 1
name: large
inputs: { x: [N, 8000] }
network:
  - dense: 8000
`;

/** Every form of output that takes time, and the files that an earlier run left there. */
const forms = [
  ['onnx', ['-t', 'onnx', '-o', 'out/m.onnx'], ['out/m.onnx']],
  [
    'onnx, external data',
    ['-t', 'onnx', '--external-data', '-o', 'out/m.onnx'],
    ['out/m.onnx', 'out/m.onnx.data'],
  ],
  ['tfjs', ['-t', 'tfjs', '-o', 'out'], ['out/model.json', 'out/group1-shard1of62.bin']],
  ['safetensors', ['-t', 'safetensors', '-o', 'out/w.safetensors'], ['out/w.safetensors']],
] as const;

/** A folder with both specs, and old files. */
function prepared(old: readonly string[]): string {
  const cwd = folderWith({ 'large.yaml': largeSpec, 'small.yaml': smallSpec });
  for (const path of old) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), 'old');
  }
  return cwd;
}

/** All files below a folder. */
function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => statSync(join(folder, path)).isFile()).sort();
}

/** The temporary folders, which a killed process cannot remove. */
const temporary = /(^|\/)\.inception-cli\.[^/]+\.\d+\.tmp(\/|$)/;

/** Whether some bytes of the new output are on the disk. */
function isWriting(cwd: string): boolean {
  try {
    return filesIn(cwd).some((path) => temporary.test(path) && statSync(join(cwd, path)).size > 2 ** 20);
  } catch {
    return false; // A file went away between two looks.
  }
}

/** Emits and sends a signal in the middle of writing. */
async function stopped(cwd: string, args: readonly string[], signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [bin, 'emit', 'large.yaml', ...args], { cwd, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (child.exitCode === null && !isWriting(cwd)) await sleep(5);
  child.kill(signal);
  const [status, endedBy] = await ended;
  return { status, endedBy };
}

function expectOld(cwd: string, old: readonly string[]): void {
  for (const path of old) expect(readFileSync(join(cwd, path), 'utf8')).toBe('old');
}

const specs = ['large.yaml', 'small.yaml'];

describe.each(forms)('%s', (_, args, old) => {
  test('SIGTERM leaves nothing of a new output', async () => {
    const cwd = prepared([]);
    expect(await stopped(cwd, args, 'SIGTERM')).toEqual({ status: null, endedBy: 'SIGTERM' });
    expect(readdirSync(cwd).sort()).toEqual(specs);
  });

  test('Ctrl-C leaves an existing output as it was', async () => {
    const cwd = prepared(old);
    expect((await stopped(cwd, [...args, '--force'], 'SIGINT')).endedBy).toBe('SIGINT');
    expect(filesIn(cwd)).toEqual([...specs, ...old].sort());
    expectOld(cwd, old);
  });

  test('SIGKILL leaves an existing output as it was; the next run removes what else is left', async () => {
    const cwd = prepared(old);
    expect((await stopped(cwd, [...args, '--force'], 'SIGKILL')).endedBy).toBe('SIGKILL');
    expect(filesIn(cwd).filter((path) => !temporary.test(path))).toEqual([...specs, ...old].sort());
    expect(filesIn(cwd).some((path) => temporary.test(path))).toBe(true);
    expectOld(cwd, old);
    expect(runCli(['emit', 'small.yaml', ...args, '--force'], { cwd }).status).toBe(0);
    expect(filesIn(cwd).filter((path) => temporary.test(path))).toEqual([]);
  });
});

test('SIGKILL where there was no output: the next run removes what is left beside it', async () => {
  const cwd = prepared([]);
  await stopped(cwd, ['-t', 'tfjs', '-o', 'out'], 'SIGKILL');
  expect(readdirSync(cwd).filter((name) => temporary.test(name))).toHaveLength(1);
  expect(runCli(['emit', 'small.yaml', '-t', 'tfjs', '-o', 'out'], { cwd }).status).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual([...specs, 'out'].sort());
});

test('a file that grows beyond what is allowed: why, status 2, and all is as it was', () => {
  const [, args, old] = forms[1];
  const cwd = prepared(old);
  const command = [process.execPath, bin, 'emit', 'large.yaml', ...args, '--force'];
  const limited = ['-c', 'ulimit -f 1000; exec "$@"', 'bash', ...command];
  const { status, stderr } = spawnSync('bash', limited, { cwd, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'error: cannot write to out: the file would be larger than is allowed; nothing was changed\n',
  });
  expect(filesIn(cwd)).toEqual([...specs, ...old].sort());
  expectOld(cwd, old);
});

/** A disk of one megabyte; undefined where this user may not mount one. */
const disk = folderWith();
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', disk]).status === 0;

describe.skipIf(!mounted)('on a full disk (skipped where no small disk can be mounted)', () => {
  beforeAll(() => expect(existsSync(disk)).toBe(true));
  afterAll(() => execFileSync('umount', [disk]));

  test.each(forms)('%s: why, status 2, and all is as it was', (_, args, old) => {
    for (const path of old) {
      mkdirSync(dirname(join(disk, path)), { recursive: true });
      writeFileSync(join(disk, path), 'old');
    }
    const before = filesIn(disk);
    const cwd = prepared([]);
    const there = args.map((arg) => (arg.startsWith('out') ? join(disk, arg) : arg));
    expect(runCli(['emit', 'large.yaml', ...there, '--force'], { cwd })).toEqual({
      status: 2,
      out: '',
      err: `error: cannot write to ${join(disk, 'out')}: no space left on the device; nothing was changed\n`,
    });
    expect(filesIn(disk)).toEqual(before);
    expectOld(disk, old);
  });
});

describe('an output that cannot be', () => {
  const cases = [
    ['a file in place of a folder', 'small.yaml/m.onnx', 'a part of its path is not a folder'],
    ['a name that is too long', `${'x'.repeat(300)}.onnx`, 'the name is too long'],
  ] as const;

  test.each(cases)('%s', (_, output, reason) => {
    const cwd = prepared([]);
    const { status, err } = runCli(['emit', 'small.yaml', '-t', 'onnx', '-o', output], { cwd });
    expect(err).toBe(`error: cannot write to ${dirname(output)}: ${reason}; nothing was changed\n`);
    expect(status).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(specs);
  });

  test('a folder of the system in which nothing can be made', () => {
    const cwd = prepared([]);
    const { status, err } = runCli(['emit', 'small.yaml', '-t', 'onnx', '-o', '/proc/m.onnx'], { cwd });
    expect(status).toBe(2);
    expect(err).toMatch(/^error: cannot write to \/proc: .*; nothing was changed\n$/);
  });

  test.each([
    [
      'a folder called as the file',
      ['-t', 'onnx', '-o', 'm.onnx', '--force'],
      'm.onnx',
      'm.onnx is a folder',
    ],
    [
      'a folder called as the data',
      ['-t', 'onnx', '--external-data', '-o', 'm.onnx', '--force'],
      'm.onnx.data',
      'm.onnx.data is a folder',
    ],
    ['a folder for the table', ['-t', 'shapes', '-o', 't.md'], 't.md', 't.md is a folder'],
  ])('%s', (_, args, folder, reason) => {
    const cwd = prepared([]);
    mkdirSync(join(cwd, folder));
    const run = runCli(['emit', 'large.yaml', ...args], { cwd });
    expect(run).toEqual({ status: 2, out: '', err: `error: ${reason}\n` });
    expect(readdirSync(cwd).sort()).toEqual([...specs, folder].sort());
  });

  test('a file in place of the folder of a tf.js model', () => {
    const cwd = prepared([]);
    writeFileSync(join(cwd, 'out'), 'old');
    const run = runCli(['emit', 'small.yaml', '-t', 'tfjs', '-o', 'out', '--force'], { cwd });
    expect(run).toMatchObject({ status: 2, out: '' });
    expect(run.err).toBe(
      'error: cannot write to out: a part of its path is not a folder; nothing was changed\n',
    );
    expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe('old');
  });
});
