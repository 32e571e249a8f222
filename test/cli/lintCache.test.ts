import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usualPlace } from '../../src/cli/lint/cacheFile.ts';
import { openCache } from '../../src/cli/lint/lintCache.ts';
import { lintFile } from '../../src/cli/lint/lintFile.ts';
import { lint } from '../../src/lint.ts';
import { lintFormatNames } from '../../src/linter/formats/formatNames.ts';
import { settingsOf, withChoices } from '../../src/linter/settings.ts';
import { folderWith, runCli } from './runCli.ts';

const library = `\
inception: 1
name: blocks
blocks:
  unit:
    params: { filters: 8 }
    steps:
      - conv: { filters: $filters, kernel: 3, stride: 2, bias: true }
        name: conv
      - batch_norm: { epsilon: 0.001 }
        name: norm
`;
const spec = `\
inception: 1
name: net
imports: { lib: ./lib.yaml }
inputs: { image: { shape: [N, 12, 12, 3], range: [0, 1] } }
params: { classes: 10 }
variants:
  small: { classes: 5 }
network:
  - lib.unit: { filters: 4 }
    name: unit
  - global_avg_pool
  - dense: $classes
`;

/** Findings in both files, related places, and repairs. */
const files = { 'net.yaml': spec, 'lib.yaml': library };

interface Asked {
  readonly folder: string;
  readonly version?: string;
  readonly variant?: string;
  readonly target?: readonly string[];
  readonly rules?: readonly { readonly rule: string; readonly level: string }[];
}

/** One run with a cache: what was found, and how often a text was really checked. */
async function run({ folder, version = '1.0.0', variant, target = [], rules = [] }: Asked) {
  const asked = { variant, target };
  const cache = openCache({ file: join(folder, 'cache'), version, asked });
  let checked = 0;
  const checkText: typeof lint = (text, options) => {
    checked += 1;
    return lint(text, options);
  };
  const settings = withChoices(settingsOf(['recommended']), rules, {
    where: '--rule',
    report: () => undefined,
  });
  const options = { cache, checkText, ...(variant === undefined ? {} : { variant }) };
  const result = await lintFile(join(folder, 'net.yaml'), options, () => settings);
  return { checked, result, unsaved: cache.save() };
}

test('what did not change is not checked again, and is found alike', async () => {
  const folder = folderWith(files);
  const first = await run({ folder });
  const again = await run({ folder });
  expect([first.checked, again.checked]).toEqual([1, 0]);
  const codes = first.result.diagnostics.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['INC606', 'INC720']));
  const names = first.result.diagnostics.map(({ span }) => span?.source.name);
  expect(names).toEqual(expect.arrayContaining([join(folder, 'net.yaml'), join(folder, 'lib.yaml')]));
  // What reports are printed from; `params` are for those who compile.
  const printed = first.result.diagnostics.map(({ params: _, ...said }) => said);
  expect(again.result.diagnostics.map(({ params: _, ...said }) => said)).toEqual(printed);
  expect({ ...again.result, diagnostics: [] }).toEqual({ ...first.result, diagnostics: [] });
});

describe('each ingredient counts', () => {
  const write = (folder: string, name: string, text: string) => writeFileSync(join(folder, name), text);
  test.each<[string, Partial<Asked>, (folder: string) => void]>([
    ['the text of the spec', {}, (folder) => write(folder, 'net.yaml', spec.replace('12, 12', '13, 13'))],
    ['a comment in it', {}, (folder) => write(folder, 'net.yaml', `# new\n${spec}`)],
    [
      'an imported file',
      {},
      (folder) => write(folder, 'lib.yaml', library.replace('stride: 2', 'stride: 1')),
    ],
    ['an imported file that is gone', {}, (folder) => rmSync(join(folder, 'lib.yaml'))],
    ['the level of a rule', { rules: [{ rule: 'INC720', level: 'error' }] }, () => undefined],
    ['the version', { version: '1.0.1' }, () => undefined],
    ['a target', { target: ['tfjs'] }, () => undefined],
    ['a variant', { variant: 'small' }, () => undefined],
  ])('%s', async (_, change, edit) => {
    const folder = folderWith(files);
    await run({ folder });
    edit(folder);
    const changed = await run({ folder, ...change });
    expect(changed.checked).toBe(1);
    // And the new state is known from then on.
    expect((await run({ folder, ...change })).checked).toBe(0);
  });
});

describe('a cache that cannot be used counts as none, and is written anew', () => {
  const place = (folder: string) => join(folder, 'cache');
  const half = (text: string) => text.slice(0, text.length / 2);
  test.each<[string, (text: string) => string]>([
    ['cut off', half],
    ['with a byte changed', (text) => text.replace('"parsed":true', '"parsed":null')],
    ['of another program', () => '{"hello": "world"}'],
    ['of no line', () => ''],
    ['binary', () => '\u0000\u0001\n\u0002'],
  ])('%s', async (_, damage) => {
    const folder = folderWith(files);
    const first = await run({ folder });
    const whole = readFileSync(place(folder), 'utf8');
    writeFileSync(place(folder), damage(whole));
    expect(readFileSync(place(folder), 'utf8')).not.toBe(whole);
    const again = await run({ folder });
    expect([first.checked, again.checked, again.unsaved]).toEqual([1, 1, undefined]);
    expect(readFileSync(place(folder), 'utf8')).toBe(whole);
    expect(readdirSync(folder).sort()).toEqual(['cache', 'lib.yaml', 'net.yaml']);
  });
});

/** The command line itself; `expected` is its status. */
function lintCli(folder: string, ...args: readonly string[]) {
  return runCli(['lint', ...args], { cwd: folder, env: { GITHUB_ACTIONS: '' } });
}

test('every report has the same bytes with the cache, and with its findings from it', () => {
  const wrong = spec.replace('    name: unit\n', '    name: unit\n    expect: [N, 4, 5, 4]\n');
  const folder = folderWith({ ...files, 'wrong.yaml': wrong, 'none.yaml': 'inception: [1\n' });
  const specs = ['net.yaml', 'wrong.yaml', 'none.yaml'];
  const formats = lintFormatNames.flatMap((format) => ['-f', `${format}=out.${format}`]);
  const outputs = () => lintFormatNames.map((format) => readFileSync(join(folder, `out.${format}`), 'utf8'));
  const plain = { run: lintCli(folder, ...specs, ...formats), outputs: outputs() };
  const first = { run: lintCli(folder, ...specs, '--cache', ...formats), outputs: outputs() };
  expect(existsSync(join(folder, '.inceptioncache'))).toBe(true);
  const again = { run: lintCli(folder, ...specs, '--cache', ...formats), outputs: outputs() };
  expect(plain.outputs.join()).toMatch(/INC004[\s\S]*INC301/);
  expect(first).toEqual(plain);
  expect(again).toEqual(plain);
});

test('gates and baselines are applied to what comes from the cache', () => {
  const folder = folderWith(files);
  expect(lintCli(folder, 'net.yaml', '--cache').status).toBe(0);
  expect(lintCli(folder, 'net.yaml', '--cache', '--max-warnings', '0').status).toBe(1);
  lintCli(folder, 'net.yaml', '--cache', '--baseline', 'base.json', '--update-baseline');
  const passed = lintCli(folder, 'net.yaml', '--cache', '--baseline', 'base.json', '--max-warnings', '0');
  expect(passed.status).toBe(0);
  expect(passed.err).toMatch(/^1 spec checked, nothing found, \d+ in the baseline\n$/);
});

test('repairs do not read the cache, and what they leave is found', () => {
  const folder = folderWith(files);
  const before = lintCli(folder, 'net.yaml', '--cache', '-f', 'compact').out;
  expect(before).toContain('INC606');
  expect(lintCli(folder, 'net.yaml', '--cache', '--fix').err).toContain('repaired');
  expect(readFileSync(join(folder, 'net.yaml'), 'utf8')).not.toBe(spec);
  const after = lintCli(folder, 'net.yaml', '--cache', '-f', 'compact').out;
  expect(after).toBe(lintCli(folder, 'net.yaml', '-f', 'compact').out);
  expect(after).not.toContain('INC606');
});

test('specs that are gone are dropped, those of other runs stay', () => {
  const folder = folderWith({ ...files, 'a.yaml': spec, 'b.yaml': spec });
  lintCli(folder, '.', '--cache-file', 'cache');
  const names = () =>
    JSON.parse(readFileSync(join(folder, 'cache'), 'utf8').split('\n')[1] ?? '').map(String);
  expect(names()).toHaveLength(4);
  rmSync(join(folder, 'a.yaml'));
  lintCli(folder, 'b.yaml', '--cache-file', 'cache');
  expect(names()).toHaveLength(3);
});

test('a place that cannot be written is a warning', () => {
  const folder = folderWith({ ...files, taken: '' });
  const { status, err, out } = lintCli(folder, 'net.yaml', '--cache-file', 'taken/cache');
  expect(status).toBe(0);
  expect(err).toContain('warning: cannot write taken/cache: ');
  expect(out).toBe(lintCli(folder, 'net.yaml').out);
});

test('the usual place is with the caches of other tools where packages are installed', () => {
  const folder = folderWith({ 'package.json': '{}' });
  mkdirSync(join(folder, 'specs'));
  expect(usualPlace(join(folder, 'specs'))).toBe(join(folder, 'specs', '.inceptioncache'));
  mkdirSync(join(folder, 'node_modules'));
  const place = join(folder, 'node_modules', '.cache', 'inception-cli', 'lint');
  expect(usualPlace(join(folder, 'specs'))).toBe(place);
});
