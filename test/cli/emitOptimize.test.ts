import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeModel, nodeLines } from '../emitters/onnx/decodeModel.ts';
import { folderWith, runCli } from './runCli.ts';

const net = `inception: 1
name: net
inputs: { x: [N, 6, 5, 2] }
network:
  - conv: { filters: 3, kernel: 1, bias: false }
    name: raw
  - batch_norm
  - dropout: 0.5
    name: features
  - conv: { filters: 2, kernel: 1, activation: tanh }
    name: y
`;

const specs = { 'net.yaml': net };

test('emit --optimize: what was done, then what was written; the model holds it', () => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'net.onnx', '--layout', 'nchw', '--optimize'], {
    cwd,
  });
  expect([run.status, run.out]).toEqual([0, '']);
  expect(run.err.split('\n').slice(0, 3)).toEqual([
    'no-ops removed: 1',
    'batch norms folded: 1',
    'end points gone: 1 (raw)',
  ]);
  expect(run.err).toMatch(/\nwrote net\.onnx {2}/);
  const { graph } = decodeModel(readFileSync(join(cwd, 'net.onnx')));
  const window = 'kernel_shape=1,1,strides=1,1,pads=0,0,0,0,dilations=1,1,group=1';
  expect(nodeLines(graph)).toEqual([
    `x raw/kernel raw/bias -> Conv(${window}) -> features`,
    `features y/kernel y/bias -> Conv(${window}) -> y/conv`,
    'y/conv -> Tanh() -> y',
  ]);
});

test('emit --optimize --dry-run: the same is said, and what would be written', () => {
  const run = runCli(['emit', 'net.yaml', '-t', 'tfjs', '-o', 'net', '--optimize', '--dry-run'], {
    cwd: folderWith(specs),
  });
  expect(run.status).toBe(0);
  expect(run.err.split('\n').map((line) => line.split('  ')[0])).toEqual([
    'no-ops removed: 1',
    'batch norms folded: 1',
    'activations fused: 1',
    'end points gone: 1 (raw)',
    'would write net/model.json',
    'would write net/group1-shard1of1.bin',
    '',
  ]);
});

test('batch norms stay where the model has no weights, and before an output', () => {
  const cwd = folderWith(specs);
  const said = (...args: string[]) =>
    runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'n.onnx', '--optimize', '-n', ...args], {
      cwd,
    }).err.split('  ')[0];
  expect(said('--weights', 'none')).toBe('no-ops removed: 1\nwould write n.onnx');
  expect(said('--end-points')).toBe('no-ops removed: 1\nwould write n.onnx');
});

test('where there is nothing to do nothing is said', () => {
  const spec = 'inception: 1\nname: n\ninputs: { x: [N, 3] }\nnetwork:\n  - dense: 2\n';
  const run = runCli(['emit', '-', '-t', 'onnx', '-o', 'n.onnx', '--optimize', '-n'], { input: spec });
  expect(run.err).toMatch(/^would write n\.onnx {2}\d+ bytes\n$/);
});

test.each(['safetensors', 'shapes'])(
  '--target %s refuses it: the weights and the table are of the spec',
  (target) => {
    const run = runCli(['emit', 'net.yaml', '-t', target, '-o', `n.${target}`, '--optimize'], {
      cwd: folderWith(specs),
    });
    expect(run).toEqual({
      status: 2,
      out: '',
      err: `error: --optimize is not an option of --target ${target}\n`,
    });
  },
);

test('verify --optimize compares the end points that are left', () => {
  const run = runCli(['verify', 'net.yaml', '--optimize', '--tfjs-format', 'both', '--format', 'json'], {
    cwd: folderWith(specs),
  });
  expect([run.status, run.err]).toEqual([0, '']);
  const { endPoints } = JSON.parse(run.out) as { endPoints: { name: string; format: string }[] };
  expect(endPoints.map(({ name, format }) => `${name} ${format}`)).toEqual([
    'features layers',
    'features graph',
    'y layers',
    'y graph',
  ]);
});
