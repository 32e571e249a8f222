import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

const broken = smallSpec.replace('kernel: 3', 'kernel: 30');
const cwd = folderWith({ 'net.yaml': smallSpec, 'claim.yaml': wrongClaim, 'broken.yaml': broken });

test('draw prints the picture, and says nothing else', () => {
  const { status, out, err } = runCli(['draw', 'net.yaml', '--theme', 'dark'], { cwd });
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>\n$/s);
  // conv_1 has 8 filters and a stride of 2: half of 9, rounded down, without padding.
  expect(out).toContain('>conv 3×3/2 valid, 8<');
  expect(out).toContain('>4×4×8<');
});

test('draw takes the options that say how a spec is built', () => {
  expect(runCli(['draw', 'net.yaml', '--set', 'classes=3'], { cwd }).out).toContain('>dense, 3<');
  expect(runCli(['draw', 'net.yaml', '--until', 'conv_1'], { cwd }).out).not.toContain('dense');
  expect(runCli(['draw', 'net.yaml', '--input', 'image=2,17,17,3'], { cwd }).out).toContain('>2×8×8×8<');
});

test('draw writes a file once, and replaces it with --force only', () => {
  expect(runCli(['draw', 'net.yaml', '-o', 'out.svg'], { cwd }).err).toMatch(
    /^wrote out\.svg {2}[\d,]+ bytes/,
  );
  const before = readFileSync(join(cwd, 'out.svg'), 'utf8');
  const again = runCli(['draw', 'net.yaml', '-o', 'out.svg'], { cwd });
  expect([again.status, again.err]).toEqual([2, 'error: out.svg exists; --force replaces it\n']);
  expect(runCli(['draw', 'net.yaml', '-o', 'out.svg', '--force'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'out.svg'), 'utf8')).toBe(before);
});

test('a network with a claim that fails is drawn, and the status says so; one without shapes is not', () => {
  const claimed = runCli(['draw', 'claim.yaml'], { cwd });
  expect([claimed.status, claimed.out.startsWith('<svg'), /1 error/.test(claimed.err)]).toEqual([
    1,
    true,
    true,
  ]);
  const { status, out, err } = runCli(['draw', 'broken.yaml'], { cwd });
  expect([status, out]).toEqual([1, '']);
  expect(err).toMatch(/nothing was drawn\n$/);
  expect(runCli(['view', 'broken.yaml'], { cwd }).err).toMatch(/nothing was written\n$/);
});

test('what view cannot do is said', () => {
  const err = (...args: readonly string[]) => runCli(['view', ...args], { cwd, input: smallSpec }).err;
  expect(err('-', '--serve')).toBe('error: --serve watches a file; standard input cannot be watched\n');
  expect(err('net.yaml', '--fold', 'conv')).toMatch(/^error: there is no block `conv` in the network/);
});
