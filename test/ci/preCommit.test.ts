import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, folderWith, smallSpec, wrongClaim } from '../cli/runCli.ts';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly exclude: string;
}

const hooks: readonly Hook[] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));
const hookOf = (id: string) => hooks.find((hook) => hook.id === id);

test('the hooks have the keys that pre-commit knows', () => {
  // https://pre-commit.com/#creating-new-hooks
  for (const hook of hooks) {
    expect(hook).toEqual({
      id: expect.stringMatching(/^[a-z-]+$/),
      name: expect.any(String),
      description: expect.any(String),
      entry: expect.stringMatching(/^inception-cli /),
      language: 'node',
      files: expect.any(String),
      exclude: expect.any(String),
      pass_filenames: true,
    });
  }
  expect(hooks.map(({ id }) => id)).toEqual(['inception-lint', 'inception-format']);
});

test.each([
  ['specs/net.yaml', true],
  ['models/specs/deep/net.yml', true],
  ['specs/net.json', true],
  ['specs/notes.md', false],
  ['.github/workflows/test.yaml', false],
  ['specs/.inception/spec.schema.json', false],
])('%s', (file, taken) => {
  for (const { files, exclude } of hooks) {
    expect(new RegExp(files).test(file) && !new RegExp(exclude).test(file)).toBe(taken);
  }
});

/** The program under the name that npm gives it, as pre-commit has it on its path. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inception-cli-hook-'));
  symlinkSync(bin, join(folder, 'inception-cli'));
  return folder;
}

/** Runs the entry of a hook with file names behind it. */
function run(id: string, files: Readonly<Record<string, string>>) {
  const cwd = folderWith(files);
  const [program = '', ...args] = hookOf(id)?.entry.split(' ') ?? [];
  const { status, stdout } = spawnSync(program, [...args, ...Object.keys(files)], {
    cwd,
    env: { ...process.env, PATH: `${installed()}:${process.env.PATH}`, GITHUB_ACTIONS: '' },
    encoding: 'utf8',
  });
  return { status, out: stdout, text: (name: string) => readFileSync(join(cwd, name), 'utf8') };
}

const runs = process.platform === 'win32' ? describe.skip : describe;

runs('with several files', () => {
  const untidy = smallSpec.replace('    name: logits', "    name:   'logits'");

  test('lint passes where none is wrong, and fails where one is', () => {
    expect(run('inception-lint', { 'a.yaml': smallSpec, 'b b.yaml': smallSpec }).status).toBe(0);
    const { status, out } = run('inception-lint', { 'a.yaml': smallSpec, 'b b.yaml': wrongClaim });
    expect(status).toBe(1);
    expect(out).toContain('b b.yaml:10:13');
  });

  test('format writes those that have another form, which pre-commit sees', () => {
    const { status, text } = run('inception-format', { 'a.yaml': smallSpec, 'b b.yaml': untidy });
    expect(status).toBe(0);
    expect(text('a.yaml')).toBe(smallSpec);
    expect(text('b b.yaml')).toBe(smallSpec);
  });
});
