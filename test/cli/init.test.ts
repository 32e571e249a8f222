import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templateNames } from '../../src/cli/init/templateNames.ts';
import { compile } from '../../src/compile.ts';
import { schemaText } from '../../src/reference/schemas/schemas.ts';
import { folderWith, runCli } from './runCli.ts';

function init(cwd: string, ...args: readonly string[]) {
  return runCli(['init', ...args], { cwd });
}

/** A folder for which the package is installed, as far as its schemas go. */
function withPackage(): string {
  const folder = folderWith();
  const schemas = join(folder, 'node_modules', 'inception-cli', 'docs', 'schemas');
  mkdirSync(schemas, { recursive: true });
  for (const name of ['spec', 'config'] as const) {
    writeFileSync(join(schemas, `${name}.schema.json`), schemaText(name));
  }
  return folder;
}

describe('every template', () => {
  const folder = folderWith();
  const runs = templateNames.map((template) => init(folder, '--template', template));

  test('is written with a copy of the schema, which its first line names', () => {
    expect(runs.map(({ status }) => status)).toEqual(templateNames.map(() => 0));
    for (const template of templateNames) {
      const [first] = readFileSync(join(folder, `${template}.yaml`), 'utf8').split('\n');
      expect(first).toBe('# yaml-language-server: $schema=./.inception/spec.schema.json');
    }
    expect(readFileSync(join(folder, '.inception', 'spec.schema.json'), 'utf8')).toBe(schemaText('spec'));
  });

  test('has nothing that lint would say, and the canonical form', () => {
    const lint = runCli(['lint', '.', '--max-warnings', '0'], { cwd: folder, env: { GITHUB_ACTIONS: '' } });
    expect(lint).toMatchObject({ status: 0, err: '4 specs checked, nothing found\n' });
    expect(runCli(['format', '--check', '.'], { cwd: folder }).status).toBe(0);
  });

  // Three 3x3 kernels of 3·32, 32·64 and 64·128, two numbers for each of 224 channels, 128·10 + 10; table 1 of the paper
  // as torchvision builds it; embeddings (8000 + 256)·128, two layers of 12·128² + 9·128 + 4·128, a norm, and 128·2 + 2.
  test.each([
    ['conv', 9 * (3 * 32 + 32 * 64 + 64 * 128) + 2 * 224 + 1290],
    ['resnet', 11689512],
    ['transformer', 8256 * 128 + 2 * (12 * 128 * 128 + 9 * 128 + 4 * 128) + 256 + 258],
  ])('%s has %i weights', (template, weights) => {
    const { graph } = compile(readFileSync(join(folder, `${template}.yaml`), 'utf8'), {});
    const trained = (graph?.nodes ?? []).flatMap((node) => node.weights.filter((w) => w.trainable));
    expect(trained.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0)).toBe(weights);
  });
});

test('the schema of an installed package is named where it is, also from a folder below', () => {
  const folder = withPackage();
  mkdirSync(join(folder, 'nets', 'small'), { recursive: true });
  expect(init(folder, 'nets/small/a.yaml').status).toBe(0);
  const text = readFileSync(join(folder, 'nets', 'small', 'a.yaml'), 'utf8');
  const place = '../../node_modules/inception-cli/docs/schemas/spec.schema.json';
  expect(text.split('\n').slice(0, 3)).toEqual([
    `# yaml-language-server: $schema=${place}`,
    'inception: 1',
    'name: a',
  ]);
  expect(existsSync(join(folder, 'nets', 'small', place))).toBe(true);
  expect(existsSync(join(folder, 'nets', 'small', '.inception'))).toBe(false);
});

test('it says what it wrote and what comes next, in words that a shell reads', () => {
  const { out, err } = init(withPackage(), "my net's.yaml");
  expect(out).toBe('');
  expect(err).toBe(`\
wrote my net's.yaml

Next:
  inception-cli infer-shapes 'my net'\\''s.yaml'
  inception-cli lint 'my net'\\''s.yaml'
  inception-cli emit 'my net'\\''s.yaml' --target onnx -o 'my net'\\''s.onnx'
`);
});

test('a file that is there is overwritten only with --force', () => {
  const folder = folderWith({ 'net.yaml': 'mine' });
  const refused = init(folder, 'net.yaml');
  expect(refused).toMatchObject({
    status: 2,
    err: 'error: net.yaml is there already; --force overwrites it\n',
  });
  expect(readFileSync(join(folder, 'net.yaml'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, '.inception'))).toBe(false);
  expect(init(folder, 'net.yaml', '--force').status).toBe(0);
  expect(readFileSync(join(folder, 'net.yaml'), 'utf8')).toContain('name: net\n');
});

test('a configuration', () => {
  const folder = withPackage();
  expect(init(folder, '--config').status).toBe(0);
  const text = readFileSync(join(folder, 'inception.config.yaml'), 'utf8');
  expect(text).toContain('$schema=./node_modules/inception-cli/docs/schemas/config.schema.json\n');
  expect(init(folder).status).toBe(0);
  expect(runCli(['lint', 'conv.yaml'], { cwd: folder }).status).toBe(0);
});

test.each([
  ['a name that is not YAML', ['net.json'], /net\.json must end in \.yaml or \.yml/],
  [
    'a template that is none',
    ['--template', 'lenet'],
    /Allowed choices are conv, inception-stem, resnet, transformer/,
  ],
  [
    'a folder that cannot be',
    ['net.yaml/net.yaml'],
    /cannot write net\.yaml\/net\.yaml: a part of its path is not a folder/,
  ],
])('%s is refused', (_, args, reason) => {
  const { status, err } = init(folderWith({ 'net.yaml': '' }), ...args);
  expect(status).toBe(2);
  expect(err).toMatch(reason);
});
