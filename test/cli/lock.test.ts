import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

const withVariant = `${smallSpec}variants: { wide: { classes: 20 } }\n`;

function locked(): string {
  const cwd = folderWith({ 'net.yaml': withVariant });
  expect(runCli(['lock', 'net.yaml'], { cwd })).toEqual({
    status: 0,
    out: '',
    err: 'inception.lock.json: 1 spec locked\n',
  });
  return cwd;
}

/** The findings of `lint --locked` alone. */
function findings(cwd: string) {
  const { status, out } = runCli(['lint', 'net.yaml', '--locked', '-f', 'json'], { cwd });
  const all: readonly { code: string; message: string }[] = JSON.parse(out).diagnostics;
  return { status, found: all.filter(({ code }) => code.startsWith('INC91')) };
}

test('an entry for each form, sorted', () => {
  const lock = JSON.parse(readFileSync(join(locked(), 'inception.lock.json'), 'utf8'));
  expect(Object.keys(lock.specs['net.yaml'])).toEqual(['(default)', 'wide']);
  expect(lock.specs['net.yaml']['(default)']).toEqual({
    inputOrder: ['image'],
    outputOrder: ['logits'],
    meanings: {},
    labels: {},
    computation: expect.stringMatching(/^[0-9a-f]{16}$/),
    parameters: 314,
    macs: '3536',
    inputs: { image: 'float32 [N, 9, 9, 3]' },
    outputs: { logits: 'float32 [N, 10]' },
    endPoints: { conv_1: 'float32 [N, 4, 4, 8]', logits: 'float32 [N, 10]' },
    weights: {
      'conv_1/bias': '[8]',
      'conv_1/kernel': '[3, 3, 3, 8]',
      'logits/bias': '[10]',
      'logits/kernel': '[8, 10]',
    },
  });
  // 8·20 + 20 + 224
  expect(lock.specs['net.yaml'].wide.parameters).toBe(404);
});

test('nothing is found where nothing drifted, and nothing is written', () => {
  const cwd = locked();
  const before = readFileSync(join(cwd, 'inception.lock.json'), 'utf8');
  expect(findings(cwd)).toEqual({ status: 0, found: [] });
  writeFileSync(join(cwd, 'net.yaml'), withVariant.replace('classes: 10', 'classes: 11'));
  expect(findings(cwd).status).toBe(1);
  expect(readFileSync(join(cwd, 'inception.lock.json'), 'utf8')).toBe(before);
});

test('each drift is a finding at its place', () => {
  const cwd = locked();
  writeFileSync(join(cwd, 'net.yaml'), withVariant.replace('classes: 10', 'classes: 11'));
  expect(
    findings(cwd)
      .found.map(({ message }) => message)
      .sort(),
  ).toEqual([
    'end point `logits` of the default form is locked as float32 [N, 10] and is float32 [N, 11]',
    'output `logits` of the default form is locked as float32 [N, 10] and is float32 [N, 11]',
    'the number of multiply-adds of the default form is locked as 3536 and is 3544',
    'the number of parameters of the default form is locked as 314 and is 323',
    'weight `logits/bias` of the default form is locked as [10] and is [11]',
    'weight `logits/kernel` of the default form is locked as [8, 10] and is [8, 11]',
  ]);
  // The step of the weight, on line 12.
  const { out } = runCli(['lint', 'net.yaml', '--locked', '-f', 'github'], { cwd });
  expect(out).toMatch(/file=net\.yaml,line=12.*INC910/);
});

test('entries that are missing or left over', () => {
  const cwd = locked();
  writeFileSync(join(cwd, 'net.yaml'), withVariant.replace('wide:', 'broad:'));
  expect(
    findings(cwd)
      .found.map(({ code }) => code)
      .sort(),
  ).toEqual(['INC911', 'INC912']);
  renameSync(join(cwd, 'net.yaml'), join(cwd, 'other.yaml'));
  const { status, out } = runCli(['lint', 'other.yaml', '--locked'], { cwd });
  expect(status).toBe(1);
  expect(out).toContain('the lock file has an entry for net.yaml, which does not exist any more');
  runCli(['lock', 'other.yaml'], { cwd });
  const lock = JSON.parse(readFileSync(join(cwd, 'inception.lock.json'), 'utf8'));
  expect(Object.keys(lock.specs)).toEqual(['other.yaml']);
});

test('without a lock file there is nothing to compare with', () => {
  const cwd = folderWith({ 'net.yaml': smallSpec });
  const { status, err } = runCli(['lint', 'net.yaml', '--locked'], { cwd });
  expect(err).toContain('error: there is no inception.lock.json; `inception-cli lock` writes it');
  expect(status).toBe(2);
});
