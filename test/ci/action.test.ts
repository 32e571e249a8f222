import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, folderWith, smallSpec, wrongClaim } from '../cli/runCli.ts';

interface Step {
  readonly name: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

const action = parse(readFileSync('action.yml', 'utf8'));
const steps: readonly Step[] = action.runs.steps;

test('it has the keys that GitHub knows of a composite action', () => {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
  expect(Object.keys(action)).toEqual(['name', 'description', 'inputs', 'runs']);
  expect(Object.keys(action.inputs)).toEqual(['paths', 'config', 'version', 'fail-on', 'sarif']);
  for (const input of Object.values(action.inputs)) {
    expect(input).toEqual({ description: expect.any(String), required: false, default: expect.any(String) });
  }
  expect(Object.keys(action.runs)).toEqual(['using', 'steps']);
  expect(action.runs.using).toBe('composite');
  for (const step of steps) expect(Object.keys(step)).toEqual(['name', 'shell', 'env', 'run']);
});

test('no script holds an expression, and the version is that of the package', () => {
  for (const { run } of steps) expect(run).not.toContain('${{');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(action.inputs.version.default).toBe(version);
});

/** What the runner puts in place of an expression of `env`. */
function evaluated(text: string, inputs: Readonly<Record<string, string>>, temp: string): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    if (name === 'runner.temp') return temp;
    const [, input = ''] = /^inputs\.([\w-]+)$/.exec(name) ?? [];
    const value: unknown = inputs[input] ?? action.inputs[input]?.default;
    if (typeof value !== 'string') throw new Error(`there is no ${name}`);
    return value;
  });
}

/** An npm that installs the program as it is built here, and writes down how it was called. */
function npmFolder(log: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'inception-cli-npm-'));
  const script = `#!/usr/bin/env bash
printf '%s\\n' "$@" > '${log}'
mkdir -p "$3/node_modules/.bin"
ln -sf '${bin}' "$3/node_modules/.bin/inception-cli"
`;
  writeFileSync(join(folder, 'npm'), script);
  chmodSync(join(folder, 'npm'), 0o755);
  return folder;
}

/** Runs the steps as the runner does, each in a bash of its own, until one fails. */
function run(cwd: string, inputs: Readonly<Record<string, string>> = {}) {
  const temp = mkdtempSync(join(tmpdir(), 'inception cli runner-'));
  const log = join(temp, 'npm.log');
  const path = `${npmFolder(log)}:${process.env.PATH}`;
  let out = '';
  let status: number | null = 0;
  for (const [i, step] of steps.entries()) {
    const script = join(temp, `${i}.sh`);
    writeFileSync(script, step.run);
    const given = Object.entries(step.env).map(([key, text]) => [key, evaluated(text, inputs, temp)]);
    const env = { PATH: path, HOME: temp, GITHUB_ACTIONS: 'true', ...Object.fromEntries(given) };
    // `shell: bash` of a composite action.
    const done = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
      cwd,
      env,
      encoding: 'utf8',
    });
    out += done.stdout + done.stderr;
    status = done.status;
    if (status !== 0) break;
  }
  const npm = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  return { status, out, npm, annotations: out.match(/^::.*$/gm) ?? [] };
}

const runs = process.platform === 'win32' ? describe.skip : describe;

runs('its steps', () => {
  test('install the version, without scripts of packages, and pass where nothing is wrong', () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'specs'));
    writeFileSync(join(folder, 'specs', 'net.yaml'), smallSpec);
    const { status, npm, annotations } = run(folder, { version: '0.1.0' });
    expect(status).toBe(0);
    expect(npm.slice(0, 2)).toEqual(['install', '--prefix']);
    expect(npm).toContain('--ignore-scripts');
    expect(npm.at(-1)).toBe('inception-cli@0.1.0');
    expect(annotations.filter((line) => line.startsWith('::error'))).toEqual([]);
  });

  test('annotate what is wrong, write SARIF, and fail', () => {
    const odd = `my net's "2" $(touch made).yaml`;
    const folder = folderWith({ [odd]: wrongClaim, 'good net.yaml': smallSpec });
    const sarif = 'out of lint.sarif';
    const { status, annotations } = run(folder, { paths: `${odd}\n\ngood net.yaml\n`, sarif });
    expect(status).toBe(1);
    const errors = annotations.filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`file=${odd},line=10,`);
    expect(errors[0]).toContain('::conv_1 is [N, 4, 4, 8], not [N, 5, 4, 8] as claimed');
    const [report] = JSON.parse(readFileSync(join(folder, sarif), 'utf8')).runs;
    const found = report.results.filter(({ level }: { level: string }) => level === 'error');
    expect(found).toHaveLength(1);
    const { uri } = found[0].locations[0].physicalLocation.artifactLocation;
    expect(decodeURIComponent(uri)).toBe(odd);
    // What stands in a name, or in any other input, is no command.
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });

  test.each([
    ['paths', '"; touch made; "'],
    ['config', '$(touch made)'],
    ['fail-on', '`touch made`'],
    ['version', '1.0.0; touch made'],
    ['sarif', '$(touch made)/x'],
  ])('run nothing that stands in %s', (input, text) => {
    const folder = folderWith({ 'net.yaml': smallSpec });
    run(folder, { paths: 'net.yaml', [input]: text });
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });

  test('take a configuration, and another severity that fails', () => {
    // Nothing says which numbers the image holds, which INC801 reports as a warning; no other rule finds anything.
    const folder = folderWith({ 'net.yaml': smallSpec, 'off.yaml': 'rules: { INC801: off }' });
    const strict = { paths: 'net.yaml', 'fail-on': 'warning' };
    expect(run(folder, strict).status).toBe(1);
    expect(run(folder, { ...strict, config: 'off.yaml' }).status).toBe(0);
    expect(run(folder, { ...strict, config: 'missing.yaml' }).status).toBe(2);
  });
});
