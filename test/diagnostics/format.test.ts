import { expect, test } from 'vitest';
import { type Diagnostic, diagnose, problem } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic, formatDiagnostics, formatSummary } from '../../src/diagnostics/format.ts';
import type { Paint } from '../../src/diagnostics/paint.ts';
import type { Source, Span } from '../../src/diagnostics/source.ts';

const source = (text: string, name = 'net.yaml'): Source => ({ name, text });

/** The span of the first `part` in a text. */
function spanOf(text: string, part: string, name = 'net.yaml'): Span {
  const start = text.indexOf(part);
  return { source: source(text, name), start, end: start + part.length };
}

function found(span?: Span, more: Partial<Diagnostic> = {}): Diagnostic {
  return { ...diagnose(problem('empty-file', {}), { span }), message: 'this is wrong', ...more };
}

const block = 'network:\n  - conv: 32\n  - branches:\n    merge: concat\n    name: mixed_1\n';

test('an error shows its place, the lines before, carets, notes, related places and help', () => {
  const diagnostic = found(spanOf(block, 'merge: concat'), {
    code: 'INC202',
    message: 'concat: the branches disagree on height and width',
    notes: ['input 358 → e0 358', 'input 358 → d2 352'],
    related: [{ span: spanOf(block, 'conv: 32'), message: 'in the call of block `stem`' }],
    help: 'height and width must be multiples of 8: 352 or 360',
  });
  expect(formatDiagnostic(diagnostic)).toBe(
    [
      'error[INC202] concat: the branches disagree on height and width',
      '  net.yaml:4:5',
      '   2 |   - conv: 32',
      '   3 |   - branches:',
      '   4 |     merge: concat',
      '     |     ^^^^^^^^^^^^^',
      '   = input 358 → e0 358',
      '   = input 358 → d2 352',
      '   = net.yaml:2:5: in the call of block `stem`',
      '   = help: height and width must be multiples of 8: 352 or 360',
    ].join('\n'),
  );
});

test('a diagnostic without a place is its message', () => {
  expect(formatDiagnostic(found(undefined, { help: 'do that' }))).toBe(
    'error[INC003] this is wrong\n   = help: do that',
  );
});

test('a place in an empty text is its name', () => {
  expect(formatDiagnostic(found({ source: source(''), start: 0, end: 0 }, { help: 'write one' }))).toBe(
    'error[INC003] this is wrong\n  net.yaml\n   = help: write one',
  );
});

/** The code frame of `part` in `text`. */
function frame(text: string, part: string): string {
  return formatDiagnostic(found(spanOf(text, part), { help: 'h' }))
    .split('\n')
    .slice(1, -1)
    .join('\n');
}

test('line numbers are aligned', () => {
  const text = `${'a: 1\n'.repeat(9)}b: 2\n`;
  expect(frame(text, 'b')).toBe('  net.yaml:10:1\n    8 | a: 1\n    9 | a: 1\n   10 | b: 2\n      | ^');
});

test('blank lines before the first line of code are not shown', () => {
  expect(frame('a: 1\n\n\nb: 2\n', 'b: 2')).toBe('  net.yaml:4:1\n   4 | b: 2\n     | ^^^^');
});

test('a blank line within the lines before is kept', () => {
  expect(frame('a: 1\n\nb: 2\n', 'b: 2')).toBe(
    '  net.yaml:3:1\n   1 | a: 1\n   2 |\n   3 | b: 2\n     | ^^^^',
  );
});

test('of a span over several lines the first is underlined', () => {
  expect(frame('- conv:\n    kernel: 3\n', 'conv:\n    kernel: 3')).toBe(
    '  net.yaml:1:3\n   1 | - conv:\n     |   ^^^^^',
  );
});

test('an empty span has one caret, also at the end of the text', () => {
  const text = 'a: 1\nb:';
  const at = { source: source(text), start: text.length, end: text.length };
  expect(formatDiagnostic(found(at, { help: 'h' }))).toBe(
    'error[INC003] this is wrong\n  net.yaml:2:3\n   1 | a: 1\n   2 | b:\n     |   ^\n   = help: h',
  );
});

test('tabs are shown as spaces, and the carets follow', () => {
  expect(frame('{\n\t"a":\t"b"\n}', '"b"')).toBe(
    '  net.yaml:2:7\n   1 | {\n   2 |     "a":    "b"\n     |             ^^^',
  );
});

test('a tab within the span is underlined as wide as it is shown', () => {
  expect(frame('ab\tc: d', 'b\tc')).toBe('  net.yaml:1:2\n   1 | ab  c: d\n     |  ^^^^');
});

test('wide characters take two columns, and columns count characters', () => {
  expect(frame('name: 網路 # x', '# x')).toBe(
    '  net.yaml:1:10\n   1 | name: 網路 # x\n     |            ^^^',
  );
  expect(frame('name: 網路 # x', '網路')).toBe('  net.yaml:1:7\n   1 | name: 網路 # x\n     |       ^^^^');
});

test('an emoji is one character of two columns', () => {
  expect(frame('a: 🙂 # x', '# x')).toBe('  net.yaml:1:6\n   1 | a: 🙂 # x\n     |       ^^^');
});

test('an accent on its own takes no column', () => {
  expect(frame('e\u0301: x', 'x')).toBe('  net.yaml:1:5\n   1 | e\u0301: x\n     |    ^');
});

test('CRLF is a line end, not a column', () => {
  expect(frame('a: 1\r\nb: 2\r\nc: 3\r\n', 'b: 2')).toBe(
    '  net.yaml:2:1\n   1 | a: 1\n   2 | b: 2\n     | ^^^^',
  );
  expect(frame('a:\r\n  b: 2\r\n', 'a:\r\n  b')).toBe('  net.yaml:1:1\n   1 | a:\n     | ^^');
});

test('a long line is cut around what is underlined', () => {
  const text = `{${'"a": 1, '.repeat(40)}"wrong": 1, ${'"b": 2, '.repeat(40)}}`;
  expect(frame(text, '"wrong"')).toBe(
    [
      '  net.yaml:1:322',
      '   1 | …  "a": 1, "a": 1, "a": 1, "wrong": 1, "b": 2, "b": 2, "b": 2, "b": 2, "b": 2, "b": 2, "b": 2, "b":  …',
      '     |                            ^^^^^^^',
    ].join('\n'),
  );
});

test('control characters of a spec do not reach the terminal', () => {
  const text = 'a: \u001b[2Jx';
  expect(frame(text, 'x')).toBe('  net.yaml:1:8\n   1 | a: ␛[2Jx\n     |        ^');
  expect(formatDiagnostic(found(undefined, { message: 'no \u001b[31m\nhere', help: 'h' }))).toBe(
    'error[INC003] no ␛[31m here\n   = help: h',
  );
});

test('colour comes from the paint that is given', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</>`;
  const paint: Paint = {
    bold: mark('b'),
    dim: mark('dim'),
    red: mark('red'),
    yellow: mark('yellow'),
    green: mark('green'),
    blue: mark('blue'),
  };
  expect(formatDiagnostic(found(spanOf('a\nb', 'b'), { severity: 'warning', help: 'h' }), paint)).toBe(
    [
      '<b><yellow>warning[INC003]</></> <b>this is wrong</>',
      '  <blue>net.yaml:2:1</>',
      '<dim>   1 | a</>',
      '   2 | b',
      '     | <red>^</>',
      '   = <green>help:</> h',
    ].join('\n'),
  );
});

test('diagnostics stand in the order of their places, identical ones once', () => {
  const text = 'one: 1\ntwo: 2\n';
  const one = found(spanOf(text, 'one'), { message: 'first' });
  const two = found(spanOf(text, 'two'), { message: 'second' });
  const other = found(spanOf(text, 'one', 'a.yaml'), { message: 'other file' });
  const nowhere = found(undefined, { message: 'nowhere' });
  const { help: _, ...twin } = { ...one };
  const messages = formatDiagnostics([two, one, nowhere, other, one, twin])
    .split('\n')
    .filter((line) => line.startsWith('error'));
  expect(messages).toEqual([
    'error[INC003] nowhere',
    'error[INC003] other file',
    'error[INC003] first',
    'error[INC003] first',
    'error[INC003] second',
  ]);
});

test('diagnostics are set apart by an empty line', () => {
  expect(formatDiagnostics([found(undefined, { help: 'a' }), found(undefined, { help: 'b' })])).toBe(
    'error[INC003] this is wrong\n   = help: a\n\nerror[INC003] this is wrong\n   = help: b\n',
  );
});

test('a summary counts by severity, and what is said once is counted once', () => {
  const error = found();
  const warning = found(undefined, { severity: 'warning', message: 'be careful' });
  const info = found(undefined, { severity: 'info', message: 'by the way' });
  expect(formatSummary([])).toBe('');
  expect(formatSummary([error, error])).toBe('1 error');
  expect(formatSummary([warning, error, { ...error, message: 'another' }])).toBe('2 errors, 1 warning');
  expect(formatSummary([info, { ...info, message: 'another' }])).toBe('2 info');
});
