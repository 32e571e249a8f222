import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { opNames, opOf } from '../../src/ops/registry.ts';
import { runCli } from './runCli.ts';

test('the list has every op with what it reads, its targets and its summary', () => {
  const { status, out } = runCli(['ops']);
  expect(status).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual([...opNames]);
  for (const [i, op] of opNames.entries()) expect(lines[i]?.endsWith(opOf(op).summary)).toBe(true);
  // No layer of tf.js multiplies two values as attention does (docs/ops/attention.md).
  expect(lines.find((line) => line.startsWith('attention '))).toMatch(
    /^attention +q k v mask\? bias\? past_key\? past_value\? +tfjs_graph onnx +The core/,
  );
  expect(lines.find((line) => line.startsWith('concat '))).toMatch(
    /^concat +1 or more +tfjs tfjs_graph onnx /,
  );
});

test('the page of an op is that of the manual, without its last line', () => {
  const { status, out } = runCli(['ops', 'conv']);
  expect(status).toBe(0);
  expect(readFileSync('docs/ops/conv.md', 'utf8').startsWith(out)).toBe(true);
  expect(out).toContain('| `stride` | whole number ≥ 1, or list of 1 to 3 (whole number ≥ 1) | `1` |');
});

test('as JSON', () => {
  const list = JSON.parse(runCli(['ops', '--format', 'json']).out);
  expect(list).toMatchObject({ formatVersion: 1 });
  expect(list.ops.map(({ name }: { name: string }) => name)).toEqual([...opNames]);
  const { op } = JSON.parse(runCli(['ops', 'dropout', '--format', 'json']).out);
  expect(op).toMatchObject({ name: 'dropout', inputs: ['x'], targets: ['tfjs', 'tfjs_graph', 'onnx'] });
  expect(op.attributes).toEqual([
    {
      name: 'rate',
      values: expect.stringMatching(/^number/),
      required: true,
      description: expect.any(String),
    },
  ]);
  expect(op.examples[0].spec).toMatch(/^inception: 1\n/);
});

test.each([
  ['convv', 'conv'],
  ['MaxPooling2D', 'max_pool'],
])('of %s, which is none, it says what may be meant', (name, meant) => {
  const { status, out, err } = runCli(['ops', name]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain(`did you mean \`${meant}\`?`);
});
