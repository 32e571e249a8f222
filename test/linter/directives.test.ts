import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { directivesOf } from '../../src/linter/directives.ts';
import { lines } from '../language/report.ts';

/** A network with a bias before a batch norm on line 6, and what else is found in it. */
function found(comment: string, behind = ''): readonly string[] {
  const text = lines(`
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  ${comment}
  - conv: { filters: 4, kernel: 3, bias: true } ${behind}
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
`);
  return lint(text, { name: 'example.yaml' }).diagnostics.map(
    ({ code, span }) => `${code} ${span?.source.text.slice(0, span.start).split('\n').length}`,
  );
}

describe('comments that switch rules off', () => {
  test('without one, the finding is there', () => {
    expect(found('# a comment')).toEqual(['INC720 6']);
  });

  test.each([
    ['by code', '# inception-disable-next-line INC720 -- so in the paper', ''],
    ['by id', '# inception-disable-next-line norm/bias-before-batch-norm -- so in the paper', ''],
    ['on the line itself', '# a comment', '# inception-disable-line INC720 -- so in the paper'],
    ['in the whole file', '# inception-disable-file INC720 -- so in the paper', ''],
  ])('%s', (_, comment, behind) => {
    expect(found(comment, behind)).toEqual([]);
  });

  test('other comments and empty lines between it and its line do not matter', () => {
    expect(found('# inception-disable-next-line INC720 -- so in the paper\n\n  # and another')).toEqual([]);
  });

  test('it reaches one line only', () => {
    expect(found('# inception-disable-next-line INC720 -- why\n  - relu:')).toEqual(['INC901 5', 'INC720 7']);
  });

  test('one of several rules that finds nothing is said by its name, at its place', () => {
    expect(found('# inception-disable-next-line INC720, INC701 -- why')).toEqual(['INC901 5']);
  });

  test('a comment without a rule hides nothing', () => {
    expect(found('# inception-disable-next-line')).toEqual(['INC902 5', 'INC720 6']);
  });

  test('one without a reason hides, and is reported', () => {
    expect(found('# inception-disable-next-line INC720')).toEqual(['INC903 5']);
  });

  test('a rule that does not exist, or an error of the compiler, cannot be switched off', () => {
    expect(found('# inception-disable-next-line INC702x -- why')).toEqual(['INC905 5', 'INC720 6']);
    expect(found('# inception-disable-next-line INC201 -- why')).toEqual(['INC905 5', 'INC720 6']);
  });

  test('the reason may hold the sign again', () => {
    const text = '# inception-disable-file INC720 -- as in A -- B\n';
    const [directive] = directivesOf({ name: 'a.yaml', text });
    expect(directive?.reason).toBe('as in A -- B');
    expect(directive?.rules.map((r) => r.written)).toEqual(['INC720']);
  });

  test('JSON has no comments: what looks like one is part of a text', () => {
    const text = '{ "note": "as in the paper # inception-disable-file INC720 -- why" }';
    expect(directivesOf({ name: 'a.json', text })).toEqual([]);
    expect(directivesOf({ name: '<stdin>', text })).toEqual([]);
  });
});
