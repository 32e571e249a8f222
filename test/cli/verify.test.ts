import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

const root = dirname(dirname(bin));
const specs = { 'net.yaml': smallSpec, 'claim.yaml': wrongClaim };

/** Installs a package in a project, which is found before the real one; `real` in its code is that one's name. */
function install(project: string, name: string, code: string): void {
  const folder = join(project, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '9.9.9', main: 'index.cjs' }));
  const real = JSON.stringify(join(root, 'node_modules', name));
  writeFileSync(join(folder, 'index.cjs'), `const real = ${real};\n${code}`);
}

/** onnxruntime, but for a quarter that is added to one element of a tensor. */
const skewed = `
const ort = require(real);
const create = async (path) => {
  const session = await ort.InferenceSession.create(path);
  const { inputNames, outputNames } = session;
  const run = async (feeds) => {
    const results = await session.run(feeds);
    // [1, 0, 2, 3] of [2, 4, 4, 8].
    results.conv_1.data[1 * 128 + 0 * 32 + 2 * 8 + 3] += 0.25;
    results.logits.data[0] += 0.25;
    return results;
  };
  return { inputNames, outputNames, run, release: () => session.release() };
};
module.exports = { ...ort, InferenceSession: { create } };
`;

/** What stands in a temporary folder, but for what newer versions of Node keep there themselves. */
function leftIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== 'node-compile-cache');
}

test('a network whose targets agree', () => {
  const { status, out, err } = runCli(['verify', 'net.yaml'], { cwd: folderWith(specs) });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^end point +shape +tf\.js +difference +relative$/);
  expect(lines[2]).toMatch(/^conv_1 +\[2, 4, 4, 8\] +layers +\S+ +\d\.\de-[78]$/);
  expect(lines[3]).toMatch(/^logits +\[2, 10\] +layers +\S+ +\d\.\de-[78]$/);
  expect(lines.at(-1)).toMatch(
    /^small: 2 end points agree within 0\.0001 \(seed 0, 1 sample, N = 2; onnxruntime-node 1\S+, tf\.js 4\S+ on wasm\)$/,
  );
});

test('--format json has the same as data', () => {
  const args = ['verify', 'net.yaml', '--format', 'json', '--samples', '3', '--seed', '5'];
  const { status, out } = runCli([...args, '--tfjs-format', 'both'], { cwd: folderWith(specs) });
  expect(status).toBe(0);
  const data = JSON.parse(out);
  expect(data).toMatchObject({
    formatVersion: 1,
    network: 'small',
    verified: true,
    seed: 5,
    samples: 3,
    tolerance: 0.0001,
    sizes: { N: 2 },
    failures: [],
  });
  expect(data.runtimes.map(({ name }: { name: string }) => name)).toEqual(['onnxruntime-node', 'tf.js']);
  expect(data.endPoints.map((e: { name: string; format: string }) => `${e.name} ${e.format}`)).toEqual([
    'conv_1 layers',
    'conv_1 graph',
    'logits layers',
    'logits graph',
  ]);
});

test('--input binds symbols', () => {
  const { out } = runCli(['verify', 'net.yaml', '--input', 'image=3,11,9,3'], { cwd: folderWith(specs) });
  expect(out).toMatch(/conv_1 +\[3, 5, 4, 8\]/);
  expect(out).toContain('(seed 0, 1 sample; ');
});

test('the first end point of the network that differs is named, with both values', () => {
  const cwd = folderWith(specs);
  install(cwd, 'onnxruntime-node', skewed);
  const { status, out } = runCli(['verify', 'net.yaml'], { cwd });
  expect(status).toBe(1);
  const said =
    /^conv_1 is the first that differs: at \[1, 0, 2, 3\] of sample 1 onnxruntime gives (\S+), tf\.js layers (\S+)$/m;
  const [, onnx, tfjs] = said.exec(out) ?? [];
  expect(Number(onnx) - Number(tfjs)).toBeCloseTo(0.25, 5);
  expect(out).toMatch(/^conv_1 .* differs$/m);
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^small: not verified, 2 of 2 end points differ \(/);
});

test('the same as data, and --tolerance lets it pass', () => {
  const cwd = folderWith(specs);
  install(cwd, 'onnxruntime-node', skewed);
  const { status, out } = runCli(['verify', 'net.yaml', '--format', 'json'], { cwd });
  expect(status).toBe(1);
  const { verified, firstDifference } = JSON.parse(out);
  expect(verified).toBe(false);
  expect(firstDifference).toMatchObject({
    name: 'conv_1',
    format: 'layers',
    apart: { sample: 0, index: [1, 0, 2, 3] },
  });
  expect(runCli(['verify', 'net.yaml', '--tolerance', '10'], { cwd }).status).toBe(0);
});

test('a tf.js that never ends is ended by the limit', () => {
  const cwd = folderWith(specs);
  install(
    cwd,
    '@tensorflow/tfjs',
    'const tf = require(real); module.exports = { ...tf, loadLayersModel: () => { for (;;); } };',
  );
  const begun = performance.now();
  const { status, out } = runCli(['verify', 'net.yaml', '--time-limit', '4'], { cwd });
  expect(status).toBe(1);
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(out).toMatch(
    /^tf\.js layers did not run the model: it did not end within 4 s\nsmall: not verified, nothing was compared \(/,
  );
});

test('a model that the runtime refuses', () => {
  const cwd = folderWith(specs);
  install(
    cwd,
    'onnxruntime-node',
    "module.exports = { InferenceSession: { create: async () => { throw new Error('no such operator'); } } };",
  );
  const { status, out } = runCli(['verify', 'net.yaml'], { cwd });
  expect(status).toBe(1);
  expect(out).toMatch(/^onnxruntime did not run the model: no such operator\nsmall: not verified/);
});

/** The program without what is installed beside it. */
function alone(): string {
  const folder = folderWith({ 'package.json': '{ "type": "module" }', ...specs });
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'dist', 'bundle'), join(folder, 'dist', 'bundle'), { recursive: true });
  return folder;
}

test('runtimes that are missing are named', () => {
  const cwd = alone();
  const program = join(cwd, 'bin', 'inception-cli.js');
  expect(runCli(['verify', 'net.yaml'], { cwd, program })).toEqual({
    status: 2,
    out: '',
    err: 'error: verify runs the models in runtimes that are not installed here: onnxruntime-node and @tensorflow/tfjs; npm install --save-dev onnxruntime-node @tensorflow/tfjs\n',
  });
  install(cwd, 'onnxruntime-node', '');
  const { err } = runCli(['verify', 'net.yaml'], { cwd, program });
  expect(err).toBe(
    'error: verify runs the models in runtimes that are not installed here: @tensorflow/tfjs; npm install --save-dev @tensorflow/tfjs\n',
  );
});

test('without the wasm backend tf.js runs on cpu', () => {
  const cwd = folderWith(specs);
  install(cwd, '@tensorflow/tfjs', 'module.exports = require(real);');
  const { status, out } = runCli(['verify', 'net.yaml'], { cwd });
  expect(status).toBe(0);
  expect(out).toMatch(/tf\.js 4\S+ on cpu\)$/m);
});

test('a runtime that does not start is no finding about the spec', () => {
  const cwd = folderWith(specs);
  install(cwd, 'onnxruntime-node', "throw new Error('built for another machine');");
  const { status, out, err } = runCli(['verify', 'net.yaml'], { cwd });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(
    /^error: onnxruntime-node is installed and does not start: [\s\S]*built for another machine/,
  );
});

test('whole numbers and truths are fed, and must be equal', () => {
  const spec = `inception: 1
name: flags
inputs:
  ids: { shape: [N, S], dtype: int32 }
  keep: { shape: [N, S], dtype: bool }
network:
  - logical_not: {}
    from: keep
    name: dropped
  - cast: int32
    name: ones
  - add: [ones, ids]
    name: shifted
  - embedding: { rows: 7, width: 4 }
    from: ids
    name: vectors
outputs: { shifted: shifted, dropped: dropped, vectors: vectors }
`;
  const { status, out, err } = runCli(['verify', 'flags.yaml'], { cwd: folderWith({ 'flags.yaml': spec }) });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^dropped +\[2, 5\] +graph +0 +0$/m);
  expect(out).toMatch(/^shifted +\[2, 5\] +graph +0 +0$/m);
  expect(out).toContain('N = 2, S = 5;');
});

test('end points whose names are numbers are not mixed up', () => {
  const spec = `inception: 1
name: numbered
inputs: { x: [N, 4] }
network:
  - dense: 3
    name: "1"
  - dense: 3
    name: "2"
`;
  const cwd = folderWith({ 'numbered.yaml': spec });
  const { status, out } = runCli(['verify', 'numbered.yaml', '--tfjs-format', 'both'], { cwd });
  expect(out).toMatch(/^1 +\[2, 3\] +layers .*\n1 +\[2, 3\] +graph .*\n2 +\[2, 3\] +layers /m);
  expect(status).toBe(0);
});

test('a spec with errors is not run', () => {
  const { status, out, err } = runCli(['verify', 'claim.yaml'], { cwd: folderWith(specs) });
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toMatch(/^error\[INC301\] [\s\S]*\n1 error\nnothing was compared\n$/);
});

/** Of the layers of tf.js none normalises over neighbouring channels. */
const normalised = smallSpec.replace(
  '  - global_avg_pool',
  '  - lrn: { size: 5, divide_by_size: true }\n  - global_avg_pool',
);

test('the graph format is taken where the layers format has no words for a network, unless that was asked for', () => {
  const cwd = folderWith({ 'net.yaml': normalised });
  const { status, out } = runCli(['verify', 'net.yaml'], { cwd });
  expect(status).toBe(0);
  expect(out).toMatch(/^conv_1 .* graph /m);
  const asked = runCli(['verify', 'net.yaml', '--tfjs-format', 'layers'], { cwd });
  expect(asked).toMatchObject({ status: 1, out: '' });
  expect(asked.err).toMatch(/^error\[INC401\] [\s\S]*\nnothing was compared\n$/);
});

test.each([
  ['--tolerance', '-1', 'it must be a number of at least 0, as 1e-4.'],
  ['--samples', '0', 'it must be at least 1.'],
])('%s %s is refused', (option, value, reason) => {
  const { status, err } = runCli(['verify', 'net.yaml', option, value], { cwd: folderWith(specs) });
  expect(status).toBe(2);
  expect(err).toContain(reason);
});

test('nothing is left in the working folder and in the temporary one', () => {
  const [cwd, temporary] = [folderWith(specs), folderWith()];
  expect(runCli(['verify', 'net.yaml'], { cwd, env: { TMPDIR: temporary, TEMP: temporary } }).status).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual(['claim.yaml', 'net.yaml']);
  expect(leftIn(temporary)).toEqual([]);
});

test('a termination ends the runtime and leaves nothing', async () => {
  const [cwd, temporary] = [folderWith(specs), folderWith()];
  const marker = join(cwd, 'looping');
  const loop = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, String(process.pid)); for (;;);`;
  install(
    cwd,
    '@tensorflow/tfjs',
    `module.exports = { ...require(real), loadLayersModel: () => { ${loop} } };`,
  );
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary };
  const child = spawn(process.execPath, [bin, 'verify', 'net.yaml'], { cwd, env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await expect
    .poll(() => existsSync(marker) && readFileSync(marker, 'utf8'), { timeout: 30_000 })
    .toMatch(/^\d+$/);
  child.kill('SIGTERM');
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(leftIn(temporary)).toEqual([]);
  const runtime = Number(readFileSync(marker, 'utf8'));
  await expect.poll(() => isRunning(runtime), { timeout: 10_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
