import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

const cwd = folderWith({ 'net.yaml': smallSpec, 'claim.yaml': wrongClaim, 'syntax.yaml': 'a: [1\nb: 2\n' });
const table = `\
  name             op                output        parameters   MACs
--------------------------------------------------------------------
  image            input             [N, 9, 9, 3]           0      0
* conv_1           conv 3x3/2 valid  [N, 4, 4, 8]         224  3,456
  global_avg_pool  global_avg_pool   [N, 8]                 0      0
* logits           dense 10          [N, 10]               90     80
--------------------------------------------------------------------
  total            3 steps                                314  3,536

* end point
  314 trainable + 0 non-trainable parameters
`;

test('the table goes to standard output, and nothing to standard error', () => {
  expect(runCli(['infer-shapes', 'net.yaml'], { cwd })).toEqual({ status: 0, out: table, err: '' });
});

test('a failed claim is said on standard error; the table is printed all the same, and the status is 1', () => {
  const { status, out, err } = runCli(['infer-shapes', 'claim.yaml'], { cwd });
  expect({ status, out }).toEqual({ status: 1, out: table });
  expect(err).toContain(
    'error[INC301] conv_1 is [N, 4, 4, 8], not [N, 5, 4, 8] as claimed\n  claim.yaml:10:13\n',
  );
  expect(err).toMatch(/\n\n1 error\n$/);
});

test('text that is not YAML ends with 2', () => {
  const { status, out, err } = runCli(['infer-shapes', 'syntax.yaml'], { cwd });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain('error[INC004] not valid YAML: ');
  expect(err).toContain('  syntax.yaml:2:1\n   1 | a: [1\n   2 | b: 2\n     | ^\n');
});

test('a shape that does not fit ends with 1, without a table', () => {
  const { status, out, err } = runCli(['infer-shapes', 'net.yaml', '--input', 'image=1,2,2,3'], { cwd });
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toContain('error[INC');
});

test('an input is bound by --input, also to symbols', () => {
  const { out } = runCli(
    ['infer-shapes', 'net.yaml', '--input', 'image=2,9,W,3', '--columns', 'name,output'],
    {
      cwd: folderWith({ 'net.yaml': smallSpec.replace('    expect: [N, 4, 4, 8]\n', '') }),
    },
  );
  expect(out).toContain('* conv_1           [2, 4, (W - 1) // 2, 8]\n');
});

test('params are set by --set', () => {
  const { status, out } = runCli(['infer-shapes', 'net.yaml', '--set', 'classes=7', '--format', 'csv'], {
    cwd,
  });
  expect(status).toBe(0);
  expect(out).toContain('logits,dense 7,"[N, 7]",63,0,56,logits,\r\n');
});

test('--until builds up to an end point', () => {
  const { out } = runCli(['infer-shapes', 'net.yaml', '--until', 'conv_1', '--format', 'csv'], { cwd });
  expect(out.split('\r\n').map((line) => line.split(',')[0])).toEqual(['name', 'image', 'conv_1', '']);
});

test('json is one document on standard output', () => {
  const { status, out } = runCli(['infer-shapes', 'net.yaml', '--format', 'json'], { cwd });
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    formatVersion: 1,
    name: 'small',
    totals: { parameters: { trainable: 314, nonTrainable: 0 }, macs: 3536, nodes: 3 },
  });
});

test('--convention counts the cost in a column of its own, per block and in all', () => {
  const { out } = runCli(['infer-shapes', 'net.yaml', '--convention', 'flops'], { cwd });
  expect(out).toContain('name             op                output        parameters  FLOPs\n');
  // 2·3,456 and 128 biases; the mean reads 128 numbers; 2·80 and 10 biases
  expect(out).toContain('conv 3x3/2 valid  [N, 4, 4, 8]         224  7,040\n');
  expect(out).toContain('global_avg_pool   [N, 8]                 0    128\n');
  expect(out).toContain('total            3 steps                                314  7,338\n');
  const csv = runCli(['infer-shapes', 'net.yaml', '--convention', 'flops', '-f', 'csv'], { cwd }).out;
  expect(csv).toContain('non_trainable,macs,cost,end_point');
  expect(csv).toContain('logits,dense 10,"[N, 10]",90,0,80,170,logits,');
});

test('json has the cost of each node and of all where a convention is asked for', () => {
  const { out } = runCli(['infer-shapes', 'net.yaml', '--format', 'json', '--convention', 'fvcore'], { cwd });
  const { nodes, totals } = JSON.parse(out);
  expect(nodes.map((n: { cost: number }) => n.cost)).toEqual([3456, 128, 80]);
  expect(totals).toMatchObject({ macs: 3536, convention: 'fvcore', cost: 3664 });
});

test('an unknown convention is a usage error that names them', () => {
  const { status, err } = runCli(['infer-shapes', 'net.yaml', '--convention', 'ptflops'], { cwd });
  expect(status).toBe(2);
  expect(err).toContain('macs, flops, torchinfo, fvcore, keras');
});

test('json has neither columns nor depth', () => {
  expect(runCli(['infer-shapes', 'net.yaml', '--format', 'json', '--depth', '1'], { cwd })).toEqual({
    status: 2,
    out: '',
    err: 'error: --columns and --depth do not go with --format json, which has every node\n',
  });
});

test('the same spec gives the same bytes', () => {
  const once = runCli(['infer-shapes', 'net.yaml', '--format', 'json'], { cwd });
  expect(runCli(['infer-shapes', 'net.yaml', '--format', 'json'], { cwd })).toEqual(once);
});
