import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli } from './runCli.ts';

const spec = `\
inception: 1
name: net
inputs:
  image: { shape: [N, 4, 4, 3], range: [0, 1] }
network:
  - conv: { filters: 4, kernel: 3 }
    name: features
  - relu
  - batch_norm
  - global_avg_pool
  - dense: 2
    name: logits
outputs:
  logits: { from: logits, labels: [cat, dog] }
  features: features
`;

/** What `lint --locked` says of the lock after a spec became another. */
function driftsAfter(change: (text: string) => string, lock?: (text: string) => string) {
  const cwd = folderWith({ 'net.yaml': spec });
  expect(runCli(['lock', 'net.yaml'], { cwd }).status).toBe(0);
  const changed = change(spec);
  writeFileSync(join(cwd, 'net.yaml'), changed);
  const file = join(cwd, 'inception.lock.json');
  if (lock !== undefined) writeFileSync(file, lock(readFileSync(file, 'utf8')));
  const { out } = runCli(['lint', 'net.yaml', '--locked', '-f', 'json'], { cwd });
  const all: readonly { code: string; message: string; range?: { startLine: number } }[] =
    JSON.parse(out).diagnostics;
  return all
    .filter(({ code }) => code.startsWith('INC91'))
    .map(({ code, message, range }) => [code, message, range?.startLine]);
}

test('the order of outputs', () => {
  const swap = (text: string) => text.replace(/( {2}logits: \{.*\n)(.*\n)/, '$2$1');
  expect(driftsAfter(swap)).toEqual([
    [
      'INC910',
      'the order of the outputs of the default form is locked as logits, features and is features, logits',
      1,
    ],
  ]);
});

test('the range of an input and the labels of an output, where they are', () => {
  const change = (text: string) => text.replace('[0, 1]', '[-1, 1]').replace('dog', 'cow');
  expect(driftsAfter(change)).toEqual([
    ['INC910', 'range of input `image` of the default form is locked as [0, 1] and is [-1, 1]', 4],
    [
      'INC910',
      'labels of output `logits` of the default form is locked as 2 names, 1 is dog and is 2 names, 1 is cow',
      11,
    ],
  ]);
});

test('the dtype of an input', () => {
  const cwd = folderWith({
    'net.yaml':
      'inception: 1\nname: a\ninputs: { x: { shape: [N, 4], dtype: int32 } }\nnetwork:\n  - identity\n',
  });
  runCli(['lock', 'net.yaml'], { cwd });
  const path = join(cwd, 'net.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('int32', 'float32'));
  const { out } = runCli(['lint', 'net.yaml', '--locked', '-f', 'compact'], { cwd });
  expect(out).toContain('input `x` of the default form is locked as int32 [N, 4] and is float32 [N, 4]');
});

test.each([
  ['another activation', (text: string) => text.replace('- relu', '- gelu')],
  ['another epsilon', (text: string) => text.replace('- batch_norm', '- batch_norm: { epsilon: 0.01 }')],
])('%s changes no shape, and is found', (_, change) => {
  expect(driftsAfter(change)).toEqual([
    [
      'INC913',
      'the layers of the default form do something else than what is locked, with the same shapes and weights',
      1,
    ],
  ]);
});

test('an attribute that is written down as it was is no drift', () => {
  // 0.001 is what batch_norm has where nothing is said, as in Keras.
  expect(driftsAfter((text) => text.replace('- batch_norm', '- batch_norm: { epsilon: 0.001 }'))).toEqual([]);
});

test('what an older lock file does not say is not compared', () => {
  const older = (text: string) => {
    const data = JSON.parse(text);
    for (const part of ['inputOrder', 'outputOrder', 'meanings', 'labels', 'computation'])
      delete data.specs['net.yaml']['(default)'][part];
    return JSON.stringify(data);
  };
  expect(driftsAfter((text) => text.replace('[0, 1]', '[-1, 1]').replace('dog', 'cow'), older)).toEqual([]);
});
