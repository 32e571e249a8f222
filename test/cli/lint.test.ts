import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { folderWith, runCli } from './runCli.ts';

const clean = `\
inception: 1
name: clean
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 4, kernel: 3, bias: false }
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
`;
/** One warning, which is repaired only where that may change the network. */
const biased = clean.replace('bias: false', 'bias: true');
/** One warning, which is repaired without changing anything. */
const unnamed = clean.replace('    name: conv1\n', '');
/** One error. */
const wrong = clean.replace('name: conv1', 'name: conv1\n    expect: [N, 7, 6, 4]');

const files = { 'clean.yaml': clean, 'biased.yaml': biased, 'wrong.yaml': wrong, 'unnamed.yaml': unnamed };

function lint(args: readonly string[], { folder = folderWith(files), env = {}, input = '' } = {}) {
  const run = runCli(['lint', ...args], { cwd: folder, env: { GITHUB_ACTIONS: '', ...env }, input });
  return { ...run, folder };
}

/** Codes by file, from the one-line format. */
function codes(out: string): readonly string[] {
  const found = out.matchAll(/^(?:\.\/)?([^:\n]*):\d+:\d+: \w+ (INC\d+)/gm);
  return [...found].map(([, file, code]) => `${file} ${code}`);
}

describe('exit status', () => {
  test.each([
    ['nothing found', ['clean.yaml'], 0],
    ['a warning', ['biased.yaml'], 0],
    ['a warning that counts', ['biased.yaml', '--fail-on', 'warning'], 1],
    ['as many warnings as may be', ['biased.yaml', '--max-warnings', '1'], 0],
    ['a warning too many', ['biased.yaml', '--max-warnings', '0'], 1],
    ['an error', ['wrong.yaml'], 1],
    ['a file that is missing, beside one that is clean', ['clean.yaml', 'none.yaml'], 2],
    ['a pattern that matches nothing', ['none*.yaml'], 2],
    ['nothing to check, which is allowed', ['none*.yaml', '--pass-on-no-files'], 0],
    ['a rule that does not exist', ['clean.yaml', '--rule', 'INC999=off'], 2],
    ['a format that does not exist', ['clean.yaml', '-f', 'xml'], 2],
  ])('%s', (_, args, status) => {
    expect(lint(args).status).toBe(status);
  });

  test('text that is no YAML is 2, and the other files are checked', () => {
    const folder = folderWith({ 'a.yaml': 'inception: [1\n', 'b.yaml': biased });
    const { status, out } = lint(['a.yaml', 'b.yaml', '-f', 'compact'], { folder });
    expect(status).toBe(2);
    expect(codes(out)).toEqual(['a.yaml INC004', 'b.yaml INC720']);
  });
});

test('what has no place in a text names the file all the same', () => {
  const { out, status } = lint(['clean.yaml', 'biased.yaml', '--variant', 'large', '-f', 'compact']);
  expect(status).toBe(1);
  expect(out.split('\n').filter((line) => line.includes('INC136'))).toEqual([
    'biased.yaml: error INC136 there is no variant `large` (unknown-variant)',
    'clean.yaml: error INC136 there is no variant `large` (unknown-variant)',
  ]);
});

test('findings go to standard output, the summary to standard error', () => {
  const { out, err } = lint(['clean.yaml', 'biased.yaml', '-f', 'compact']);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(err).toBe('2 specs checked, 1 found\n');
});

test('a folder and a pattern are the specs in them', () => {
  const all = ['biased.yaml INC720', 'unnamed.yaml INC606', 'wrong.yaml INC301'];
  expect(codes(lint(['.', '-f', 'compact']).out)).toEqual(all);
  expect(codes(lint(['{biased,wrong}.yaml', '-f', 'compact']).out)).toEqual([all[0], all[2]]);
});

test('standard input has the name that is given', () => {
  const { out } = lint(['-', '--stdin-filename', 'net.yaml', '-f', 'compact'], { input: biased });
  expect(codes(out)).toEqual(['net.yaml INC720']);
});

test('quiet says errors only', () => {
  const { out, err, status } = lint(['.', '-f', 'compact', '-q']);
  expect(codes(out)).toEqual(['wrong.yaml INC301']);
  expect([err, status]).toEqual(['', 1]);
});

describe('several forms in one run', () => {
  test('one to standard output, others to files', () => {
    const { out, folder } = lint(['.', '-f', 'compact', '-f', 'json=out.json', '-f', 'sarif=out.sarif']);
    expect(codes(out)).toHaveLength(3);
    const json = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(json.files).toEqual(['biased.yaml', 'clean.yaml', 'unnamed.yaml', 'wrong.yaml']);
    expect(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).runs[0].results).toHaveLength(3);
  });

  test('a file that cannot be written is an error', () => {
    const { status, err } = lint(['clean.yaml', '-f', 'json=clean.yaml/out.json']);
    expect([status, err]).toEqual([2, expect.stringContaining('cannot write clean.yaml/out.json')]);
  });

  test('under GitHub Actions there are annotations, unless a form is named', () => {
    const env = { GITHUB_ACTIONS: 'true' };
    expect(lint(['biased.yaml'], { env }).out).toContain('::warning file=biased.yaml,line=5');
    expect(lint(['biased.yaml', '-f', 'compact'], { env }).out).not.toContain('::');
    expect(lint(['biased.yaml']).out).not.toContain('::');
  });
});

describe('rules', () => {
  test('are set on the command line', () => {
    const { out, status } = lint(['biased.yaml', '-f', 'compact', '--rule', 'INC720=error']);
    expect([out.includes(': error INC720'), status]).toEqual([true, 1]);
    expect(lint(['biased.yaml', '--rule', 'norm/bias-before-batch-norm=off']).out).toBe('');
  });

  test('what a spec says of itself wins over the command line, and that over the configuration', () => {
    const folder = folderWith({
      'plain.yaml': biased,
      'own.yaml': `${biased}lint: { INC720: info }\n`,
      'inception.config.yaml': 'rules: { INC720: warn }\n',
    });
    const { out } = lint(['.', '--rule', 'INC720=error', '-f', 'json'], { folder });
    const found: readonly { file: string; severity: string }[] = JSON.parse(out).diagnostics;
    expect(found.map(({ file, severity }) => `${file} ${severity}`)).toEqual([
      'own.yaml info',
      'plain.yaml error',
    ]);
  });

  test('of the nearest configuration, with overrides by file', () => {
    const folder = folderWith({
      'inception.config.yaml':
        "rules: { INC720: error }\noverrides: [{ files: ['old/*.yaml'], rules: { INC720: off } }]\n",
      'biased.yaml': biased,
    });
    mkdirSync(join(folder, 'old'));
    writeFileSync(join(folder, 'old/biased.yaml'), biased);
    const { out, status } = lint(['.', '-f', 'compact'], { folder });
    expect([codes(out), status]).toEqual([['biased.yaml INC720'], 1]);
    // The configuration lies above the working folder; paths in it count from there.
    expect(lint(['biased.yaml'], { folder: join(folder, 'old') }).out).toBe('');
    expect(codes(lint(['old', '--no-config', '-f', 'compact'], { folder }).out)).toEqual([
      'old/biased.yaml INC720',
    ]);
  });

  test('a configuration with mistakes is 2, with their places', () => {
    const folder = folderWith({ 'inception.config.yaml': 'rules: { INC7200: off }\n', 'a.yaml': clean });
    const { status, err } = lint(['a.yaml'], { folder });
    expect(status).toBe(2);
    expect(err).toContain('error[INC905] `rules` names the rule `INC7200`, which does not exist');
    expect(err).toContain('inception.config.yaml:1:10');
  });

  test('strict adds rules, and a target what it cannot express', () => {
    const folder = folderWith({
      'pool.yaml': clean.replace('batch_norm: { epsilon: 0.001 }', 'avg_pool: { kernel: 6, stride: 1 }'),
    });
    expect(lint(['pool.yaml'], { folder }).out).toBe('');
    expect(codes(lint(['pool.yaml', '--strict', '-f', 'compact'], { folder }).out)).toEqual([
      'pool.yaml INC804',
      'pool.yaml INC805',
      'pool.yaml INC615',
      'pool.yaml INC703',
    ]);
  });

  test('a target works out the sizes of a network of open size', () => {
    const open = clean
      .replace('8, 8, 3', 'H, W, 3')
      .replace('kernel: 3,', 'kernel: 3, stride: 2, padding: same,')
      .concat('  - resize: { method: bilinear, corners: half_pixel, scale: 2 }\n');
    const folder = folderWith({ 'open.yaml': open });
    const { status, out } = lint(['open.yaml', '-t', 'tfjs', '-t', 'onnx', '-f', 'compact'], { folder });
    expect(status).toBe(0);
    // The layers format has no such resize; the graph format has.
    expect(codes(out)).toEqual(['open.yaml INC401']);
  });
});

describe('repairs', () => {
  test('safe ones are made by --fix, and making them again changes nothing', () => {
    const { folder, status, err } = lint(['unnamed.yaml', 'biased.yaml', '--fix', '-f', 'compact']);
    expect([status, err]).toEqual([0, '2 specs checked, 1 found, 1 repaired\n']);
    const repaired = readFileSync(join(folder, 'unnamed.yaml'), 'utf8');
    expect(repaired).toBe(unnamed.replace('bias: false }\n', 'bias: false }\n    name: conv\n'));
    expect(readFileSync(join(folder, 'biased.yaml'), 'utf8')).toBe(biased);
    const before = statSync(join(folder, 'unnamed.yaml')).mtimeMs;
    expect(lint(['unnamed.yaml', '--fix'], { folder }).err).toBe('1 spec checked, nothing found\n');
    expect(statSync(join(folder, 'unnamed.yaml')).mtimeMs).toBe(before);
  });

  test('those that change the network only by --fix-unsafe', () => {
    const { folder, out } = lint(['biased.yaml', '--fix-unsafe', '-f', 'compact']);
    expect(out).toBe('');
    expect(readFileSync(join(folder, 'biased.yaml'), 'utf8')).toBe(clean);
  });

  test('--fix-dry-run prints the difference and writes nothing', () => {
    const { folder, out, status } = lint(['unnamed.yaml', 'clean.yaml', '--fix-dry-run']);
    expect(out.split('\n').filter((line) => /^[+-]/.test(line))).toEqual([
      '--- unnamed.yaml',
      '+++ unnamed.yaml',
      '+    name: conv',
    ]);
    expect(status).toBe(1);
    expect(readFileSync(join(folder, 'unnamed.yaml'), 'utf8')).toBe(unnamed);
    expect(lint(['clean.yaml', '--fix-dry-run'])).toMatchObject({ status: 0, out: '' });
    // With --fix-unsafe beside it, what that would change.
    expect(lint(['biased.yaml', '--fix-dry-run'])).toMatchObject({ status: 0, out: '' });
    expect(lint(['biased.yaml', '--fix-unsafe', '--fix-dry-run']).status).toBe(1);
  });

  test('comments, order and quoting stay', () => {
    const text = unnamed
      .replace('network:', 'network: # the steps')
      .replace('bias: false }', "bias: false } # 'no bias'");
    const folder = folderWith({ 'a.yaml': text });
    lint(['a.yaml', '--fix'], { folder });
    const repaired = readFileSync(join(folder, 'a.yaml'), 'utf8');
    expect(repaired.replace('\n    name: conv', '')).toBe(text);
  });
});

describe('a baseline', () => {
  test('lets pass what it holds, wherever that moves to, and nothing more', () => {
    const { folder, status, err } = lint(['.', '--baseline', 'base.json', '--update-baseline']);
    // The failed claim keeps its network from being compiled: it does not pass.
    expect([status, err.split('\n')[0]]).toEqual([1, 'base.json: 2 findings pass from now on']);
    writeFileSync(join(folder, 'biased.yaml'), `# a line above\n${biased}`);
    writeFileSync(join(folder, 'wrong.yaml'), biased);
    const again = lint(['.', '--baseline', 'base.json', '-f', 'compact'], { folder });
    expect(codes(again.out)).toEqual(['wrong.yaml INC720']);
    expect(again.err).toBe('4 specs checked, 1 found, 2 in the baseline\n');
  });

  test('fails where what it holds is repaired', () => {
    const { folder } = lint(['biased.yaml', '--baseline', 'base.json', '--update-baseline']);
    writeFileSync(join(folder, 'biased.yaml'), clean);
    const { status, err } = lint(['biased.yaml', '--baseline', 'base.json'], { folder });
    expect(status).toBe(1);
    expect(err).toContain('biased.yaml INC720 /network/0/conv');
    // A run over other files says nothing of it.
    expect(lint(['clean.yaml', '--baseline', 'base.json'], { folder }).status).toBe(0);
  });

  test('that is none is 2', () => {
    const folder = folderWith({ 'a.yaml': clean, 'base.json': '{}' });
    expect(lint(['a.yaml', '--baseline', 'base.json'], { folder }).status).toBe(2);
    expect(lint(['a.yaml', '--baseline', 'none.json'], { folder }).status).toBe(2);
    expect(lint(['a.yaml', '--update-baseline'], { folder }).status).toBe(2);
    expect(existsSync(join(folder, 'none.json'))).toBe(false);
  });
});

test('shards share the files: each is in exactly one', () => {
  const of = (shard: string) => codes(lint(['.', '-f', 'compact', '--shard', shard]).out);
  expect([...of('1/2'), ...of('2/2')].sort()).toEqual([
    'biased.yaml INC720',
    'unnamed.yaml INC606',
    'wrong.yaml INC301',
  ]);
  expect(lint(['.', '--shard', '3/2']).status).toBe(2);
});

describe('the list of rules', () => {
  test('lists every rule on a line of its own', () => {
    const { status, out } = runCli(['rules']);
    expect(status).toBe(0);
    expect(out).toMatch(/^INC720 +norm\/bias-before-batch-norm +warning +recommended +A convolution/m);
    expect(
      out
        .trimEnd()
        .split('\n')
        .every((line) => /^INC[6-9]\d\d {2}\S+\/\S+ /.test(line)),
    ).toBe(true);
  });

  test('as data', () => {
    const { formatVersion, rules } = JSON.parse(runCli(['rules', '--format', 'json']).out);
    expect(formatVersion).toBe(1);
    expect(rules.length).toBe(runCli(['rules']).out.trimEnd().split('\n').length);
    expect(rules).toContainEqual(
      expect.objectContaining({ code: 'INC801', id: 'inputs/range-undeclared', level: 'warning' }),
    );
  });
});

describe('repairs of claims', () => {
  /** 8 − 3 + 1 = 6, claimed as 8: `same`, a kernel of 1, or an image of 10. */
  const narrow = `\
inception: 1
name: narrow
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 4, kernel: 3 }
    name: conv1
    expect: [N, 8, 8, 4]
`;
  const only = narrow.replace('[N, 8, 8, 4]', '[N, 6, 6, 5]');
  const claimed = { 'narrow.yaml': narrow, 'only.yaml': only, 'clean.yaml': clean };

  test('--repair lists them behind what is wrong, and the status stays 1', () => {
    const { out, err, status } = lint(['--repair', 'narrow.yaml'], { folder: folderWith(claimed) });
    expect(status).toBe(1);
    expect(err).toBe('1 spec checked, 1 found\n');
    expect(out.slice(out.indexOf('\neach'))).toBe(`
each of 3 combinations of edits makes the failing claim of narrow.yaml true; they were compiled

    1  narrow.yaml:5:5  conv1  padding: valid → same  it is [N, 8, 8, 4]

    2  narrow.yaml:5:33  conv1  kernel: 3 → 1  it is [N, 8, 8, 4]

    3  narrow.yaml:3:31  image  size: 8 → 10  conv1 is [N, 8, 8, 4]
`);
  });

  test('a single one is shown as a patch, too; --repair-diff prints the one that is chosen', () => {
    const folder = folderWith(claimed);
    const patch = `--- only.yaml
+++ only.yaml
@@ -2,6 +2,6 @@
 name: narrow
 inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
 network:
-  - conv: { filters: 4, kernel: 3 }
+  - conv: { filters: 5, kernel: 3 }
     name: conv1
     expect: [N, 6, 6, 5]
`;
    expect(lint(['--repair', 'only.yaml'], { folder }).out).toContain(`\n\n${patch}`);
    expect(lint(['--repair-diff', '1', 'only.yaml'], { folder })).toMatchObject({ out: patch, status: 1 });
    const third = lint(['--repair-diff', '3', 'narrow.yaml'], { folder }).out;
    expect(third).toContain('+inputs: { image: { shape: [N, 10, 10, 3], range: [0, 1] } }');
    expect(readFileSync(join(folder, 'narrow.yaml'), 'utf8')).toBe(narrow);
    expect(lint(['--repair-diff', '4', 'narrow.yaml'], { folder })).toMatchObject({ out: '', status: 2 });
  });

  test('where no claim fails, that is said', () => {
    const { err, status } = lint(['--repair', 'clean.yaml'], { folder: folderWith(claimed) });
    expect([err, status]).toEqual(['1 spec checked, nothing found, no claim fails\n', 0]);
  });

  test('--format json has them as data that fits the schema', () => {
    const { out } = lint(['--repair', '-f', 'json', 'narrow.yaml'], { folder: folderWith(claimed) });
    const data = JSON.parse(out);
    const schema = JSON.parse(readFileSync('docs/schemas/lint-report.schema.json', 'utf8'));
    const validate = new Ajv().compile(schema);
    validate(data);
    expect(validate.errors).toBe(null);
    const place = { startLine: 5, startColumn: 33, endLine: 5, endColumn: 34 };
    expect(data.repairs[0]).toMatchObject({
      file: 'narrow.yaml',
      complete: true,
      failed: [{ name: 'conv1', claimed: '[N, 8, 8, 4]', actual: '[N, 6, 6, 4]', repaired: true }],
      combinations: [
        { edits: [{ text: ', padding: same' }] },
        {
          changes: [{ of: 'conv1', attribute: 'kernel', from: '3', to: '1', claim: 'conv1', range: place }],
          edits: [{ file: 'narrow.yaml', range: place, text: '1' }],
        },
        { edits: [{ text: '10' }, { text: '10' }] },
      ],
    });
  });
});
