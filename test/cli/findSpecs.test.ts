import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSpecs } from '../../src/cli/findSpecs.ts';
import { expandBraces, isPattern, nameTest } from '../../src/cli/globPattern.ts';
import { diagnose } from '../../src/index.ts';
import { folderWith, smallSpec } from './runCli.ts';

const json = '{ "inception": 1, "name": "small", "network": [] }';

const folder = folderTree({
  'net.yaml': smallSpec,
  'a.json': json,
  'package.json': '{ "name": "x", "dependencies": { "inception": "^1.0.0" } }',
  'compose.yaml': 'services:\n  inception: {}\nnetwork: [relu]\n',
  'broken.yml': '# not ready\ninception: 1\nname: [\n',
  'flow.yaml': "{ 'inception': 1, name: flow }\n",
  'README.md': smallSpec,
  'odd[1].yaml': smallSpec,
  '.hidden.yaml': smallSpec,
  'lib/blocks.yaml': 'inception: 1\nname: lib\nblocks: {}\n',
  'lib/deep/tower.yaml': smallSpec,
  'empty/notes.txt': '',
  'node_modules/x/net.yaml': smallSpec,
  '.git/net.yaml': smallSpec,
});

function folderTree(files: Readonly<Record<string, string>>): string {
  const root = folderWith();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  // Links: to a folder above, which has no end, and to a file.
  symlinkSync(root, join(root, 'lib', 'up'));
  symlinkSync(join(root, 'net.yaml'), join(root, 'lib', 'link.yaml'));
  return root;
}

const before = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => process.chdir(before));

function messagesOf(given: readonly string[]): readonly string[] {
  return findSpecs(given).problems.map((p) => `${diagnose(p).code} ${diagnose(p).message}`);
}

const inFolder = [
  'a.json',
  'broken.yml',
  'flow.yaml',
  'lib/blocks.yaml',
  'lib/deep/tower.yaml',
  'lib/link.yaml',
  'net.yaml',
  'odd[1].yaml',
];

describe('what names stand for', () => {
  test.each([
    ['a file, whatever is in it', ['compose.yaml'], ['compose.yaml']],
    ['standard input', ['-', 'net.yaml', '-'], ['-', 'net.yaml']],
    ['the specs of a folder', ['.'], inFolder],
    ['and of those in it', ['lib'], ['lib/blocks.yaml', 'lib/deep/tower.yaml', 'lib/link.yaml']],
    ['a folder above', ['lib/deep/..'], ['lib/blocks.yaml', 'lib/deep/tower.yaml', 'lib/link.yaml']],
    ['a hidden folder that is named', ['.git'], ['.git/net.yaml']],
    ['each file once', ['net.yaml', './net.yaml', 'lib/../net.yaml'], ['net.yaml']],
    [
      'in the order of asking',
      ['net.yaml', 'lib', 'a.json'],
      ['net.yaml', 'lib/blocks.yaml', 'lib/deep/tower.yaml', 'lib/link.yaml', 'a.json'],
    ],
    ['a file that is called like a pattern', ['odd[1].yaml'], ['odd[1].yaml']],
  ])('%s', (_, given, paths) => {
    expect(findSpecs(given)).toEqual({ paths, problems: [] });
  });

  test('an absolute folder gives absolute files', () => {
    expect(findSpecs([folder]).paths).toEqual(inFolder.map((path) => join(folder, path)));
    expect(findSpecs([join(folder, '*.json')]).paths.map((path) => relative(folder, path))).toEqual([
      'a.json',
      'package.json',
    ]);
  });
});

describe('what patterns match', () => {
  test.each([
    ['*.yaml', ['compose.yaml', 'flow.yaml', 'net.yaml', 'odd[1].yaml']],
    ['./*.yml', ['broken.yml']],
    ['*.{json,yml}', ['a.json', 'package.json', 'broken.yml']],
    ['{net,flow}.y{a,}ml', ['net.yaml', 'flow.yaml']],
    ['[m-o]et.yaml', ['net.yaml']],
    ['[!n]*.yaml', ['compose.yaml', 'flow.yaml', 'odd[1].yaml']],
    ['n?t.yaml', ['net.yaml']],
    ['.*.yaml', ['.hidden.yaml']],
    ['*/*.yaml', ['lib/blocks.yaml', 'lib/link.yaml']],
    ['**/tower.yaml', ['lib/deep/tower.yaml']],
    ['**/[a-m]*.yaml', ['compose.yaml', 'flow.yaml', 'lib/blocks.yaml', 'lib/link.yaml']],
    ['lib/**', ['lib/blocks.yaml', 'lib/deep/tower.yaml', 'lib/link.yaml']],
    ['li?', ['lib/blocks.yaml', 'lib/deep/tower.yaml', 'lib/link.yaml']],
    ['lib/up/n*.yaml', ['lib/up/net.yaml']],
  ])('%s', (pattern, paths) => {
    expect(findSpecs([pattern])).toEqual({ paths, problems: [] });
  });

  test.each([
    ['a,b', false],
    ['a*', true],
    ['{a,b}', true],
  ])('%s is a pattern: %s', (text, is) => {
    expect(isPattern(text)).toBe(is);
  });

  // As bash expands them.
  test.each([
    ['a{b,c{d,e}}f', ['abf', 'acdf', 'acef']],
    ['{a}{b,c}', ['{a}b', '{a}c']],
    ['{a,', ['{a,']],
    ['x{,y}', ['x', 'xy']],
  ])('braces: %s', (pattern, expanded) => {
    expect(expandBraces(pattern)).toEqual(expanded);
  });

  test.each([
    ['a.b', 'axb', false],
    ['[]x]y', ']y', true],
    ['[z-a]', 'm', false],
    ['[a', '[a', true],
    ['(+|)', '(+|)', true],
    ['?', 'é', true],
    ['[^a]', 'b', true],
    ['*', '.x', false],
  ])('%s on %s: %s', (part, name, fits) => {
    expect(nameTest(part)(name)).toBe(fits);
  });
});

describe('what is wrong', () => {
  test.each([
    ['none.yaml', 'INC001 cannot read none.yaml: there is no such file or folder'],
    ['net.yaml/x', 'INC001 cannot read net.yaml/x: a part of its path is not a folder'],
    ['empty', 'INC010 there is no spec in empty'],
    ['*.txt', 'INC010 no file matches *.txt'],
    ['none/*.yaml', 'INC010 no file matches none/*.yaml'],
    ['empty/**/*.yaml', 'INC010 no file matches empty/**/*.yaml'],
  ])('%s', (given, message) => {
    expect(messagesOf([given])).toEqual([message]);
  });

  test('the others are found all the same', () => {
    const given = ['none.yaml', 'net.yaml', '*.txt'];
    expect(findSpecs(given).paths).toEqual(['net.yaml']);
    expect(messagesOf(given)).toHaveLength(2);
  });

  test.skipIf(process.getuid?.() === 0)('a folder in it that cannot be read', () => {
    const closed = folderTree({ 'net.yaml': smallSpec, 'closed/net.yaml': smallSpec });
    chmodSync(join(closed, 'closed'), 0);
    expect(messagesOf([closed])).toEqual([`INC001 cannot read ${join(closed, 'closed')}: permission denied`]);
  });
});
