import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { bin, folderWith, runCli, smallSpec } from './runCli.ts';

const cwd = folderWith({ 'net.yaml': smallSpec });

test.each(['--version', '-V'])('%s prints the version of package.json', (flag) => {
  expect(runCli([flag])).toEqual({ status: 0, out: `${packageJson.version}\n`, err: '' });
});

test('help names the commands and the exit statuses', () => {
  const { status, out, err } = runCli(['--help']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('  infer-shapes [options] <spec>  ');
  expect(out).toContain('  emit [options] <spec>  ');
  expect(out).toContain('  2  wrong command line, or a file that cannot be read, parsed or written\n');
});

test.each([['infer-shapes'], ['emit']])('help of %s has examples', (command) => {
  const { status, out } = runCli([command, '--help']);
  expect(status).toBe(0);
  expect(out).toContain(`\nExamples:\n  inception-cli ${command} specs/inception_v4.yaml`);
  expect(runCli(['help', command]).out).toBe(out);
});

test('without a command the help goes to standard error', () => {
  const { status, out, err } = runCli([]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain('Usage: inception-cli [options] [command]\n');
});

test.each([
  [
    'an unknown command',
    ['infershapes'],
    "error: unknown command 'infershapes'\n(Did you mean infer-shapes?)\n",
  ],
  [
    'an unknown option',
    ['infer-shapes', 'net.yaml', '--colums', 'name'],
    "error: unknown option '--colums'\n(Did you mean --columns?)\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'a missing spec',
    ['infer-shapes'],
    "error: missing required argument 'spec'\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'a second spec',
    ['infer-shapes', 'net.yaml', 'b.yaml'],
    "error: too many arguments for 'infer-shapes'. Expected 1 argument but got 2.\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'an unknown format',
    ['infer-shapes', 'net.yaml', '--format', 'xml'],
    "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are table, markdown, latex, html, csv, json.\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'an unknown column',
    ['infer-shapes', 'net.yaml', '--columns', 'name,size'],
    "error: option '--columns <names>' argument 'name,size' is invalid. there is no column 'size'; there are name, op, output, dtype, parameters, trainable, non_trainable, macs, cost, memory, receptive_field, stride, offset, end_point, note.\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'a depth of 0',
    ['infer-shapes', 'net.yaml', '--depth', '0'],
    "error: option '--depth <parts>' argument '0' is invalid. it must be at least 1.\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'a seed that is no whole number',
    ['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--seed', '1.5'],
    "error: option '--seed <number>' argument '1.5' is invalid. it must be a whole number.\n(inception-cli emit --help shows all options)\n",
  ],
  [
    'an input without a shape',
    ['infer-shapes', 'net.yaml', '--input', 'image'],
    "error: option '--input <name=shape>' argument 'image' is invalid. an input is given as name=1,299,299,3.\n(inception-cli infer-shapes --help shows all options)\n",
  ],
  [
    'an emit without an output',
    ['emit', 'net.yaml', '--target', 'onnx'],
    "error: required option '-o, --output <path>' not specified\n(inception-cli emit --help shows all options)\n",
  ],
])('%s is a usage error', (_, args, err) => {
  expect(runCli(args, { cwd })).toEqual({ status: 2, out: '', err });
});

test('a reader that goes away ends the process quietly', () => {
  const shell = `"${process.execPath}" "${bin}" infer-shapes "${cwd}/net.yaml" --set classes=9 | true; echo "\${PIPESTATUS[0]}"`;
  expect(spawnSync('bash', ['-c', shell], { encoding: 'utf8' })).toMatchObject({ stdout: '0\n', stderr: '' });
});
