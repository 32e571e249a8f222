import { expect, test } from 'vitest';
import { chosen } from '../../src/cli/paint.ts';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

test.each([
  ['nothing said', undefined, {}, undefined],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, false],
  ['NO_COLOR, whatever its value', undefined, { NO_COLOR: '0' }, false],
  ['NO_COLOR, empty', undefined, { NO_COLOR: '' }, undefined],
  ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR, empty', undefined, { FORCE_COLOR: '' }, undefined],
  ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, false],
  ['FORCE_COLOR=false', undefined, { FORCE_COLOR: 'false' }, false],
  ['NO_COLOR wins over FORCE_COLOR', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['--color wins over NO_COLOR', true, { NO_COLOR: '1' }, true],
  ['--no-color wins over FORCE_COLOR', false, { FORCE_COLOR: '1' }, false],
])('%s', (_, flag, env, expected) => {
  expect(chosen(flag, env)).toBe(expected);
});

const cwd = folderWith({ 'net.yaml': smallSpec, 'claim.yaml': wrongClaim });
const colour = '\u001b[';

test.each([
  ['a pipe has no colour', [], {}, false],
  ['FORCE_COLOR colours a pipe', [], { FORCE_COLOR: '1' }, true],
  ['NO_COLOR wins over FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['--color wins over NO_COLOR', ['--color'], { NO_COLOR: '1' }, true],
  ['--no-color wins over FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
])('%s, on both streams', (_, flags, env, coloured) => {
  const { out, err } = runCli(['infer-shapes', 'claim.yaml', ...flags], { cwd, env });
  expect({ out: out.includes(colour), err: err.includes(colour) }).toEqual({ out: coloured, err: coloured });
});

test('what colour there is', () => {
  const { out, err } = runCli(['infer-shapes', 'claim.yaml', '--color', '--columns', 'name,output'], { cwd });
  expect(out).toContain('\n\u001b[32m* conv_1           [N, 4, 4, 8]\u001b[39m\n');
  expect(err).toContain('\u001b[1m\u001b[31merror[INC301]\u001b[39m\u001b[22m ');
  expect(err).toContain('\n  \u001b[34mclaim.yaml:10:13\u001b[39m\n');
});

test('data in other forms has no colour', () => {
  expect(runCli(['infer-shapes', 'net.yaml', '--color', '--format', 'csv'], { cwd }).out).not.toContain(
    escape,
  );
});
