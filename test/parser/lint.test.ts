import { describe, expect, test } from 'vitest';
import { parse } from '../../src/parser/parse.ts';
import { lines, report } from '../language/report.ts';

/** A spec whose `lint` stands in line 5 and the lines below. */
function linted(lint: string): string {
  return `inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork: [relu]\nlint:${lint}\n`;
}

test('rules with a level, alone or with options', () => {
  const text = linted(
    ' { unnamed-weights: off, first: info, second: [error, { atLeast: 3, names: [a] }], third: [warn] }',
  );
  const spec = parse({ name: 'net.yaml', text }).value;
  expect(spec?.lint.map(({ rule, level }) => [rule, level])).toEqual([
    ['unnamed-weights', 'off'],
    ['first', 'info'],
    ['second', 'error'],
    ['third', 'warn'],
  ]);
  expect(spec?.lint.map(({ options }) => options.map((o) => o.key))).toEqual([
    [],
    [],
    ['atLeast', 'names'],
    [],
  ]);
  expect(report(text)).toEqual([]);
});

test('JSON says the same', () => {
  const json = { inception: 1, name: 'n', network: [], lint: { a: 'off', b: ['error', { n: 1 }] } };
  const spec = parse({ name: 'net.json', text: JSON.stringify(json) }).value;
  expect(spec?.lint.map(({ rule, level }) => [rule, level])).toEqual([
    ['a', 'off'],
    ['b', 'error'],
  ]);
});

describe('what is no level', () => {
  test.each([
    [
      'a word that is near one',
      ' { a: errors }',
      [
        '5:12 INC104 `lint` of `a` must be one of off, info, warn, error, not the text "errors"',
        '  help: did you mean `error`?',
      ],
    ],
    [
      'a word that is not',
      ' { a: strict }',
      ['5:12 INC104 `lint` of `a` must be one of off, info, warn, error, not the text "strict"'],
    ],
    ['a number', ' { a: 2 }', ['5:12 INC103 `lint` of `a` must be one of off, info, warn, error, not 2']],
    [
      'a switch',
      ' { a: false }',
      ['5:12 INC103 `lint` of `a` must be one of off, info, warn, error, not false'],
    ],
    ['nothing', ' { a: }', ['5:9 INC103 `lint` of `a` must be one of off, info, warn, error, not empty']],
    [
      'a mapping',
      ' { a: { level: warn } }',
      [
        '5:12 INC103 `lint` of `a` must be off, info, warn, error, or [level, { options }], not {"level":"warn"}',
      ],
    ],
    [
      'an empty list',
      ' { a: [] }',
      ['5:12 INC103 `lint` of `a` must be off, info, warn, error, or [level, { options }], not []'],
    ],
    [
      'options twice',
      ' { a: [warn, {}, {}] }',
      [
        '5:12 INC103 `lint` of `a` must be off, info, warn, error, or [level, { options }], not ["warn",{},{}]',
      ],
    ],
    [
      'options that are no mapping',
      ' { a: [warn, 3] }',
      ['5:19 INC103 the options of `a` must be a mapping, not 3'],
    ],
    [
      'a wrong level in a list',
      ' { a: [wran, {}] }',
      [
        '5:13 INC104 `lint` of `a` must be one of off, info, warn, error, not the text "wran"',
        '  help: did you mean `warn`?',
      ],
    ],
    [
      'no rules',
      ' off',
      ['5:7 INC104 `lint` must be rules with `off`, `warn` or `error`, not the text "off"'],
    ],
  ])('%s', (_, lint, expected) => {
    expect(report(linted(lint))).toEqual(expected);
  });
});

test('also of an imported file', () => {
  const lib = lines(`
inception: 1
name: lib
blocks: { b: [relu] }
lint: { a: of }
`);
  const text = 'inception: 1\nname: net\nimports: { l: ./lib.yaml }\ninputs: { x: [N, 3] }\nnetwork: [l.b]\n';
  expect(report(text, { files: { 'lib.yaml': lib } })).toEqual([
    'lib.yaml:4:12 INC104 `lint` of `a` must be one of off, info, warn, error, not the text "of"',
    '  help: did you mean `off`?',
  ]);
});
