import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

/** What `diff --format json` says of two specs. */
function compared(before: string, after: string) {
  const cwd = folderWith({ 'a.yaml': before, 'b.yaml': after });
  const { status, out } = runCli(['diff', 'a.yaml', 'b.yaml', '--format', 'json'], { cwd });
  return { status, data: JSON.parse(out) };
}

describe('two specs', () => {
  test('the same network', () => {
    const cwd = folderWith({ 'a.yaml': smallSpec, 'b.yaml': smallSpec });
    expect(runCli(['diff', 'a.yaml', 'b.yaml'], { cwd })).toEqual({
      status: 0,
      out: 'a.yaml → b.yaml\nthe same network\n\n3 nodes unchanged\n',
      err: '',
    });
  });

  test('a wider layer: what it has, and what follows', () => {
    const wider = smallSpec.replace('filters: 8', 'filters: 16').replace('4, 4, 8', '4, 4, 16');
    const { status, data } = compared(smallSpec, wider);
    expect(status).toBe(1);
    // 3·3·3·8 + 8 = 224 and 8·10 + 10 = 90; 448 and 170 with 16 filters.
    // 4·4·(3·3·3)·8 = 3456 and 80; 6912 and 160 with 16.
    expect(data.figures).toEqual([
      { name: 'parameters', before: 314, after: 618, delta: 304 },
      { name: 'MACs', before: 3536, after: 7072, delta: 3536 },
      // While conv_1 runs: 9·9·3 numbers of 4 bytes are read, 4·4·8 or 4·4·16 given.
      { name: 'peak bytes', before: 1484, after: 1996, delta: 512 },
      { name: 'receptive field', before: 3, after: 3, delta: 0 },
    ]);
    expect(data.weights).toEqual([
      { name: 'conv_1/kernel', before: '[3, 3, 3, 8]', after: '[3, 3, 3, 16]' },
      { name: 'conv_1/bias', before: '[8]', after: '[16]' },
      { name: 'logits/kernel', before: '[8, 10]', after: '[16, 10]' },
    ]);
    expect(data.nodes.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual([
      ['conv_1', 'changed'],
      ['global_avg_pool', 'follows'],
      ['logits', 'follows'],
    ]);
    expect(data.nodes[0].attributes).toEqual([{ name: 'filters', before: '8', after: '16' }]);
  });

  test('another stride is compatible', () => {
    const stride = smallSpec.replace('stride: 2', 'stride: 1').replace('N, 4, 4', 'N, 7, 7');
    const { status, data } = compared(smallSpec, stride);
    expect(status).toBe(0);
    expect(data.breaking).toBe(false);
    expect(data.weights).toEqual([]);
    expect(data.nodes[0].outputs).toEqual({
      before: 'float32 [N, 4, 4, 8]',
      after: 'float32 [N, 7, 7, 8]',
    });
  });

  test('a renamed layer: its weights no longer load, and the new name is a guess', () => {
    const { status, data } = compared(smallSpec, smallSpec.replace('conv_1', 'stem'));
    expect(status).toBe(1);
    expect(data.lostWeights).toEqual(['conv_1/kernel', 'conv_1/bias']);
    expect(data.weights[0]).toEqual({
      name: 'conv_1/kernel',
      before: '[3, 3, 3, 8]',
      likely: 'stem/kernel',
    });
    // What reads it is as it was.
    expect(data.nodes.map(({ name }: { name: string }) => name)).toEqual(['conv_1', 'stem']);
  });

  test('an output that is gone, in markdown', () => {
    const two = `${smallSpec}outputs: [conv_1, logits]\n`;
    const cwd = folderWith({ 'a.yaml': two, 'b.yaml': smallSpec });
    const { status, out } = runCli(['diff', 'a.yaml', 'b.yaml', '--format', 'markdown'], { cwd });
    expect(status).toBe(1);
    expect(out).toBe(
      '**⚠️ breaking: outputs changed** (`a.yaml` → `b.yaml`)\n\n' +
        '| what | name | change |\n| --- | --- | --- |\n' +
        '| output | `conv_1` | gone, was float32 [N, 4, 4, 8] |\n\n3 nodes unchanged\n',
    );
  });

  test('open sizes are formulas', () => {
    const open = smallSpec.replace('9, 9', 'H, H').replace('    expect: [N, 4, 4, 8]\n', '');
    const { data } = compared(open, open.replace('filters: 8', 'filters: 9'));
    expect(data.figures[0]).toEqual({ name: 'parameters', before: 314, after: 352, delta: 38 });
    expect(data.nodes[0].figures[1].delta).toContain('H');
  });

  test('a file of weights that fits no longer', () => {
    const cwd = folderWith({ 'a.yaml': smallSpec, 'b.yaml': smallSpec.replace('conv_1', 'stem') });
    runCli(['emit', 'a.yaml', '--target', 'safetensors', '-o', 'w.safetensors'], { cwd });
    const file = 'w.safetensors';
    expect(runCli(['diff', 'a.yaml', 'a.yaml', '--weights', file], { cwd }).status).toBe(0);
    const { status, out } = runCli(['diff', 'a.yaml', 'b.yaml', '--weights', file], { cwd });
    expect(status).toBe(1);
    expect(out).toContain('2 of 4 weights are not in w.safetensors: stem/kernel');
  });
});

describe('revisions', () => {
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd, stdio: 'pipe' });
  const library = (filters: number) =>
    `inception: 1\nname: library\nblocks:\n  body:\n    steps:\n      - conv: { filters: ${filters}, kernel: 3 }\n        name: c\n`;
  const main =
    'inception: 1\nname: main\nimports: { lib: ./lib.yaml }\ninputs: { x: [N, 8, 8, 3] }\nnetwork:\n  - lib.body\n';

  function repository(): string {
    const cwd = folderWith();
    mkdirSync(join(cwd, 'specs'));
    writeFileSync(join(cwd, 'specs/main.yaml'), main);
    writeFileSync(join(cwd, 'specs/lib.yaml'), library(4));
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-q', '-m', 'one');
    git(cwd, 'tag', 'one');
    writeFileSync(join(cwd, 'specs/lib.yaml'), library(5));
    return cwd;
  }

  test('imports are those of the revision', () => {
    const cwd = repository();
    const args = ['diff', 'specs/main.yaml', '--format', 'json', '--against'];
    const { status, out } = runCli([...args, 'one'], { cwd });
    // 3·3·3·4 + 4 = 112, 3·3·3·5 + 5 = 140.
    expect(JSON.parse(out).figures[0]).toEqual({ name: 'parameters', before: 112, after: 140, delta: 28 });
    expect(status).toBe(1);
    git(cwd, 'commit', '-q', '-a', '-m', 'two');
    expect(runCli([...args, 'HEAD'], { cwd }).status).toBe(0);
    expect(JSON.parse(runCli([...args, 'one..HEAD'], { cwd }).out).figures[0].delta).toBe(28);
    rmSync(join(cwd, 'specs'), { recursive: true });
    expect(JSON.parse(runCli([...args, 'HEAD..one'], { cwd }).out).figures[0].delta).toBe(-28);
  });

  test.each([
    ['specs/main.yaml', 'nowhere', 'error: git knows no revision `nowhere`\n'],
    ['specs/main.yaml', '-h', 'error: git knows no revision `-h`\n'],
    ['specs/no.yaml', 'one', 'error: cannot read one:specs/no.yaml: revision one has no such file\n'],
  ])('%s at %s', (spec, revision, message) => {
    const { status, err } = runCli(['diff', spec, `--against=${revision}`], { cwd: repository() });
    expect(err).toContain(message);
    expect(status).toBe(2);
  });

  test('no repository', () => {
    const cwd = folderWith({ 'a.yaml': smallSpec });
    const { status, err } = runCli(['diff', 'a.yaml', '--against', 'main'], { cwd });
    expect([status, err]).toEqual([2, 'error: a.yaml is in no repository of git\n']);
  });
});
