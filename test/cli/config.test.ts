import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

const base = `\
rules:
  INC720: error
  INC606: info
`;
const config = `\
extends: [./base.yaml, target:onnx]
rules:
  graph/unnamed-weights: error
  size/dense-share: [warn, { share: 0.9 }]
overrides:
  - files: ['sketches/**']
    rules: { INC801: off }
`;
const own = smallSpec.replace('network:', 'lint: { INC605: off }\nnetwork:');

function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({
    'base.yaml': base,
    'inception.config.yaml': config,
    'net.yaml': own,
    ...files,
  });
  mkdirSync(join(folder, 'sketches'));
  writeFileSync(join(folder, 'sketches', 'net.yaml'), smallSpec);
  return folder;
}

function configOf(...args: readonly string[]) {
  const { status, out, err } = runCli(['config', ...args, '--format', 'json'], { cwd: project() });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return JSON.parse(out);
}

interface Row {
  readonly code: string;
}

function ruleOf(code: string, ...args: readonly string[]) {
  return configOf(...args).rules.find((rule: Row) => rule.code === code);
}

test('the files, those that are built on first, and the sets', () => {
  expect(configOf('net.yaml')).toMatchObject({
    formatVersion: 1,
    spec: 'net.yaml',
    files: ['base.yaml', 'inception.config.yaml'],
    sets: ['recommended', 'target:onnx'],
  });
});

describe('level and origin of a rule', () => {
  test.each([
    [
      'of a file that is built on',
      'INC720',
      ['net.yaml'],
      'error',
      { kind: 'file', file: 'base.yaml', line: 2 },
    ],
    [
      'that two files set',
      'INC606',
      ['net.yaml'],
      'error',
      { kind: 'file', file: 'inception.config.yaml', line: 3 },
    ],
    ['of no file', 'INC801', ['net.yaml'], 'warning', { kind: 'set', set: 'recommended' }],
    [
      'of an override',
      'INC801',
      ['sketches/net.yaml'],
      'off',
      { kind: 'override', file: 'inception.config.yaml', line: 7, patterns: ['sketches/**'] },
    ],
    ['of an override, without a file', 'INC801', [], 'warning', { kind: 'set', set: 'recommended' }],
    ['of the command line', 'INC720', ['net.yaml', '--rule', 'INC720=off'], 'off', { kind: 'option' }],
    ['of the spec', 'INC605', ['net.yaml'], 'off', { kind: 'spec', file: 'net.yaml', line: 7 }],
    [
      'without configuration files',
      'INC720',
      ['net.yaml', '--no-config'],
      'warning',
      { kind: 'set', set: 'recommended' },
    ],
  ])('%s', (_, code, args, level, from) => {
    expect(ruleOf(code, ...args)).toMatchObject({ level, from });
  });
});

test('options are those of the file', () => {
  const { rules } = configOf('net.yaml');
  expect(rules.find(({ id }: { id: string }) => id === 'size/dense-share').options).toEqual({ share: 0.9 });
});

test('as text', () => {
  const { out } = runCli(['config', 'sketches/net.yaml'], { cwd: project() });
  expect(out.split('\n').slice(0, 3)).toEqual([
    'files: base.yaml, inception.config.yaml',
    'sets: recommended, target:onnx',
    '',
  ]);
  const line = (code: string) => out.split('\n').find((l) => l.startsWith(code));
  expect(line('INC801')).toMatch(/^INC801 {2}\S+ +off +inception\.config\.yaml:7 for sketches\/\*\*$/);
  expect(line('INC720')).toMatch(/^INC720 {2}norm\/bias-before-batch-norm +error +base\.yaml:2$/);
});

test.each([
  ['a rule that does not exist', 'rules: { INC72O: off }\n', /did you mean `INC720`/],
  ['a level that does not exist', 'rules:\n  INC720: loud\n', /inception\.config\.yaml:2:3/],
  [
    'a rule that does not exist, for other files',
    "overrides:\n  - files: ['x']\n    rules: { INC999: off }\n",
    /inception\.config\.yaml:3:14/,
  ],
  ['a key that does not exist', 'rule: {}\n', /inception\.config\.yaml:1:1/],
])('%s is reported at its place', (_, text, expected) => {
  const folder = project({ 'inception.config.yaml': text });
  const { status, out, err } = runCli(['config', 'net.yaml'], { cwd: folder });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(expected);
});

test('a spec that is missing is reported', () => {
  const { status, err } = runCli(['config', 'none.yaml'], { cwd: project() });
  expect(status).toBe(2);
  expect(err).toContain('none.yaml');
});
