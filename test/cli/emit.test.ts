import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

/** A weight of 64·64 float32, 16,384 bytes. */
const wide = `inception: 1
name: wide
inputs: { x: [N, 64] }
network:
  - dense: 64
`;

const specs = { 'net.yaml': smallSpec, 'claim.yaml': wrongClaim };

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** The line that says that a file was written, with what is true of the file. */
function wrote(cwd: string, path: string): string {
  const bytes = statSync(join(cwd, path)).size.toLocaleString('en-US');
  return `wrote ${path}  ${bytes} bytes  sha256 ${sha256(join(cwd, path))}\n`;
}

test('onnx: a file, and what was written on standard error', () => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', 'out/net.onnx'], { cwd });
  expect(run).toEqual({ status: 0, out: '', err: wrote(cwd, 'out/net.onnx') });
  expect(readdirSync(join(cwd, 'out'))).toEqual(['net.onnx']);
});

test('onnx: in a folder the file has the name of the network', () => {
  const cwd = folderWith(specs);
  expect(runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', 'new/'], { cwd }).status).toBe(0);
  expect(readdirSync(join(cwd, 'new'))).toEqual(['small.onnx']);
  expect(runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', '.'], { cwd }).status).toBe(0);
  expect(readdirSync(cwd)).toContain('small.onnx');
});

test('onnx: another ending is refused', () => {
  expect(
    runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', 'net.pb'], { cwd: folderWith(specs) }),
  ).toEqual({
    status: 2,
    out: '',
    err: 'error: --output net.pb: name a file that ends in .onnx, or a folder with a slash at its end\n',
  });
});

test('tfjs: a folder with model.json and its weights', () => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', '--target', 'tfjs', '-o', 'model'], { cwd });
  expect(run).toEqual({
    status: 0,
    out: '',
    err: wrote(cwd, 'model/model.json') + wrote(cwd, 'model/group1-shard1of1.bin'),
  });
  expect(readdirSync(cwd).sort()).toEqual(['claim.yaml', 'model', 'net.yaml']);
});

test('tfjs: --shard-bytes cuts the weights', () => {
  const cwd = folderWith(specs);
  runCli(['emit', 'net.yaml', '--target', 'tfjs', '-o', 'model', '--shard-bytes', '1000'], { cwd });
  expect(readdirSync(join(cwd, 'model')).sort()).toEqual([
    'group1-shard1of2.bin',
    'group1-shard2of2.bin',
    'model.json',
  ]);
});

test('the same command gives the same bytes, another seed others', () => {
  const cwd = folderWith(specs);
  const emit = (output: string, ...more: readonly string[]) => {
    runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', output, ...more], { cwd });
    return sha256(join(cwd, output));
  };
  const first = emit('a/net.onnx');
  expect(emit('b/net.onnx')).toBe(first);
  expect(emit('c/net.onnx', '--seed', '1')).not.toBe(first);
});

test.each([
  ['net.txt', '  name '],
  ['net.md', '| name |'],
  ['net.csv', 'name,op'],
  ['net.json', '{\n  "formatVersion": 1'],
])('shapes: %s has the form of its ending', (output, beginning) => {
  const cwd = folderWith(specs);
  expect(runCli(['emit', 'net.yaml', '--target', 'shapes', '-o', output], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, output), 'utf8').slice(0, beginning.length)).toBe(beginning);
});

test('shapes: - is standard output', () => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', '--target', 'shapes', '-o', '-', '--format', 'csv'], { cwd });
  expect(run).toEqual(runCli(['infer-shapes', 'net.yaml', '--format', 'csv'], { cwd }));
});

test('models do not go to standard output', () => {
  const cwd = folderWith(specs);
  expect(runCli(['emit', 'net.yaml', '--target', 'tfjs', '-o', '-'], { cwd })).toMatchObject({
    status: 2,
    err: 'error: --output -: only --target shapes can be written to standard output\n',
  });
});

test('a spec with errors is not emitted', () => {
  const cwd = folderWith(specs);
  const { status, out, err } = runCli(['emit', 'claim.yaml', '--target', 'onnx', '-o', 'x.onnx'], { cwd });
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toMatch(/^error\[INC301\] [\s\S]*\n1 error\nnothing was written\n$/);
  expect(readdirSync(cwd).sort()).toEqual(['claim.yaml', 'net.yaml']);
});

test('what the target refuses ends with 1', () => {
  const cwd = folderWith(specs);
  const { status, err } = runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--opset', '99'], {
    cwd,
  });
  expect(status).toBe(1);
  expect(err).toBe(
    'error[INC403] the ONNX target does not know opset 99; it knows 13 to 24\n\n1 error\nnothing was written\n',
  );
});

test('an option of another target is refused', () => {
  const cwd = folderWith(specs);
  expect(runCli(['emit', 'net.yaml', '-t', 'tfjs', '-o', 'model', '--opset', '17'], { cwd })).toMatchObject({
    status: 2,
    err: 'error: --opset is not an option of --target tfjs\n',
  });
  expect(
    runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--shard-bytes', '9'], { cwd }),
  ).toMatchObject({
    status: 2,
    err: 'error: --shard-bytes is not an option of --target onnx\n',
  });
});

test('a file that exists is replaced only by --force', () => {
  const cwd = folderWith({ ...specs, 'x.onnx': 'old' });
  const args = ['emit', 'net.yaml', '--target', 'onnx', '-o', 'x.onnx'];
  expect(runCli(args, { cwd })).toEqual({
    status: 2,
    out: '',
    err: 'error: x.onnx exists; --force replaces it\n',
  });
  expect(readFileSync(join(cwd, 'x.onnx'), 'utf8')).toBe('old');
  expect(runCli([...args, '--force'], { cwd })).toEqual({ status: 0, out: '', err: wrote(cwd, 'x.onnx') });
  expect(readdirSync(cwd).sort()).toEqual(['claim.yaml', 'net.yaml', 'x.onnx']);
});

test('tfjs: a folder with something in it is written into only by --force, which leaves the rest', () => {
  const cwd = folderWith(specs);
  mkdirSync(join(cwd, 'model'));
  writeFileSync(join(cwd, 'model', 'notes.txt'), 'mine');
  const args = ['emit', 'net.yaml', '--target', 'tfjs', '-o', 'model'];
  expect(runCli(args, { cwd })).toMatchObject({
    status: 2,
    err: 'error: the folder model is not empty; --force writes into it\n',
  });
  expect(runCli([...args, '--force'], { cwd }).status).toBe(0);
  expect(readdirSync(join(cwd, 'model')).sort()).toEqual(['group1-shard1of1.bin', 'model.json', 'notes.txt']);
});

test('a folder is never replaced by a file', () => {
  const cwd = folderWith(specs);
  mkdirSync(join(cwd, 'x.onnx'));
  const args = ['emit', 'net.yaml', '--target', 'onnx', '-o', 'x.onnx', '--force'];
  expect(runCli(args, { cwd })).toMatchObject({ status: 2, err: 'error: x.onnx is a folder\n' });
});

test('a place that cannot be written to', () => {
  const cwd = folderWith(specs);
  expect(runCli(['emit', 'net.yaml', '--target', 'onnx', '-o', 'net.yaml/x.onnx'], { cwd })).toMatchObject({
    status: 2,
    err: 'error: cannot write to net.yaml: a part of its path is not a folder; nothing was changed\n',
  });
});

test('--dry-run says what would be written, and writes nothing', () => {
  const cwd = folderWith(specs);
  const args = ['emit', 'net.yaml', '--target', 'tfjs', '-o', 'model', '--dry-run', '--weights', 'none'];
  const { status, out, err } = runCli(args, { cwd });
  expect({ status, out }).toEqual({ status: 0, out: '' });
  expect(err).toMatch(/^would write model\/model\.json {2}[\d,]+ bytes\n$/);
  expect(readdirSync(cwd).sort()).toEqual(['claim.yaml', 'net.yaml']);
});

test('onnx: --external-data writes two files, which a dry run names', () => {
  const cwd = folderWith({ 'wide.yaml': wide });
  const args = ['emit', 'wide.yaml', '--target', 'onnx', '-o', 'wide.onnx', '--external-data'];
  const dry = runCli([...args, '--dry-run'], { cwd });
  expect(dry.err).toMatch(
    /^would write wide\.onnx {2}[\d,]+ bytes\nwould write wide\.onnx\.data {2}16,384 bytes\n$/,
  );
  expect(readdirSync(cwd)).toEqual(['wide.yaml']);
  const run = runCli(args, { cwd });
  expect(run).toEqual({ status: 0, out: '', err: wrote(cwd, 'wide.onnx') + wrote(cwd, 'wide.onnx.data') });
});

test('onnx: the second file is not replaced without --force either', () => {
  const cwd = folderWith({ 'wide.yaml': wide, 'wide.onnx.data': 'old' });
  const args = ['emit', 'wide.yaml', '--target', 'onnx', '-o', 'wide.onnx', '--external-data'];
  expect(runCli(args, { cwd })).toEqual({
    status: 2,
    out: '',
    err: 'error: wide.onnx.data exists; --force replaces it\n',
  });
  expect(readdirSync(cwd).sort()).toEqual(['wide.onnx.data', 'wide.yaml']);
  expect(readFileSync(join(cwd, 'wide.onnx.data'), 'utf8')).toBe('old');
});

test('what a target cannot say of a repeated step is said once, and of each input', () => {
  const spec = `inception: 1
name: net
inputs: { a: [N], b: [N] }
network:
  - unsqueeze: 1
    from: a
  - cumulative_sum: { axis: 1 }
    repeat: 6
    name: sum_$i
  - add: [_, b]
`;
  const cwd = folderWith({ 'net.yaml': spec });
  const { status, err } = runCli(['emit', 'net.yaml', '--target', 'tfjs', '-o', 'model'], { cwd });
  expect(status).toBe(1);
  const said = err.split('\n').filter((line) => /^error|so also/.test(line));
  expect(said).toEqual([
    expect.stringMatching(/^error\[INC401\] .*`input` at a: /),
    expect.stringMatching(/^error\[INC401\] .*`input` at b: /),
    expect.stringMatching(/^error\[INC401\] .*`cumulative_sum` at sum_0: /),
    '   = so also sum_1, sum_2, sum_3 and 2 more',
    expect.stringMatching(/^error\[INC401\] .*`add` at add: /),
  ]);
});
