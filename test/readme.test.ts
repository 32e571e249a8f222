import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../src/compile.ts';

const readme = readFileSync('README.md', 'utf8');

/** The fenced blocks of a language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((m) => m[1] ?? '');
}

/** A folder of its own in which the README's commands run as they stand, with what is installed here. */
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  for (const name of ['bin', 'dist', 'specs', 'test', 'node_modules', 'package.json']) {
    symlinkSync(path.resolve(name), path.join(folder, name));
  }
  mkdirSync(path.join(folder, 'out'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string): { status: number | null; stdout: string; stderr: string } {
  const [program = '', ...args] = command.replace(/^node /, `${process.execPath} `).split(' ');
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('what the README shows', () => {
  test('the first message is what the command prints first', () => {
    const [shown = ''] = blocks('');
    const [command = '', ...lines] = shown.trimEnd().split('\n');
    const { status, stderr } = run(command.replace('$ inception-cli', 'node bin/inception-cli.js'));
    expect(status).toBe(1);
    expect(stderr.startsWith(lines.join('\n'))).toBe(true);
  });

  test('the spec compiles, with all its claims', () => {
    const [spec = ''] = blocks('yaml');
    const { graph, diagnostics } = compile(spec, { name: 'small.yaml' });
    expect(diagnostics).toEqual([]);
    expect(graph?.outputs.map((o) => o.name)).toEqual(['logits']);
  });

  test('the figures of Inception-v4 are those that its table prints', () => {
    const { status, stdout } = run('node bin/inception-cli.js infer-shapes specs/inception_v4.yaml');
    expect(status).toBe(0);
    expect(stdout).toContain('42,648,232 trainable + 63,168 non-trainable parameters');
    expect(stdout).toContain('12,253,974,624');
    expect(readme).toContain('42,648,232 trainable and 63,168 non-trainable parameters and 12,253,974,624');
  });

  test('Inception-v4 is emitted to both targets, and the snippet runs both and prints what is said', () => {
    const emits = blocks('sh')
      .flatMap((b) => b.split('\n'))
      .filter((l) => l.includes(' emit '));
    expect(emits).toHaveLength(2);
    for (const command of emits) expect(run(command).stderr).toMatch(/sha256/);
    const snippet = blocks('js').find((b) => b.includes('loadLayersModel')) ?? '';
    writeFileSync(path.join(folder, 'run.mjs'), snippet);
    const said = /It prints `(.*?)`/.exec(readme)?.[1];
    const { stdout, stderr } = run('node run.mjs');
    expect(stdout.trim(), stderr).toBe(said);
  }, 300_000);
});
