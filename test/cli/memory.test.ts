import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

const cwd = folderWith({ 'net.yaml': smallSpec, 'claim.yaml': wrongClaim });

// x 9·9·3, conv_1 4·4·8, the mean 8, logits 10 numbers; 4 bytes each.
const answer = `\
weights       314 of float32, 1,256 bytes (1.2 KiB)
values        1,556 bytes (1.5 KiB) for each item of the batch, if all are kept
peak          1,484 bytes (1.4 KiB) while conv_1 runs, of which
              image                            972 bytes
              conv_1                           512 bytes
any order     at least 1,484 bytes (1.4 KiB)
best order    as written; no order takes less
`;

test('memory says what the weights and the values of one item take, and where most', () => {
  expect(runCli(['memory', 'net.yaml'], { cwd })).toEqual({ status: 0, out: answer, err: '' });
});

test('the order is printed, and weights are counted as they are stored', () => {
  const { out } = runCli(['memory', 'net.yaml', '--order', '--weights-dtype', 'float16'], { cwd });
  expect(out).toContain('314 of float16, 628 bytes');
  expect(out).toMatch(/no order takes less\n {14}conv_1\n {14}global_avg_pool\n {14}logits\n$/);
});

test('json has the same as numbers, also where a claim fails', () => {
  const { status, out } = runCli(['memory', 'claim.yaml', '--format', 'json'], { cwd });
  expect(status).toBe(1);
  expect(JSON.parse(out)).toEqual({
    formatVersion: 1,
    name: 'small',
    weights: [{ dtype: 'float32', numbers: 314, bytes: 1256 }],
    activations: 1556,
    peaks: [
      {
        node: 'conv_1',
        bytes: 1484,
        live: [
          { name: 'image', bytes: 972 },
          { name: 'conv_1', bytes: 512 },
        ],
      },
    ],
    lowerBound: [1484],
    best: { peak: 1484, proved: true, asWritten: true, order: ['conv_1', 'global_avg_pool', 'logits'] },
  });
});

test('the table has a column for it, summed in all', () => {
  const { out } = runCli(['infer-shapes', 'net.yaml', '--columns', 'name,memory'], { cwd });
  expect(out).toContain('* conv_1             512\n');
  expect(out).toContain('  total            1,556\n');
});
