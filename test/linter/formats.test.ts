import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { plain } from '../../src/diagnostics/paint.ts';
import { lint } from '../../src/lint.ts';
import { type LintFormat, lintFormatNames } from '../../src/linter/formats/formatNames.ts';
import { printReport } from '../../src/linter/formats/formats.ts';
import type { LintReport } from '../../src/linter/report.ts';
import { lines } from '../language/report.ts';

/** A finding with a fix on line 6, a failed claim on line 9, and a name with characters that formats must escape. */
const text = lines(`
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  # ä, 𝄞: characters of two and four bytes
  - conv: { filters: 4, kernel: 3, bias: true }
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
    expect: [N, 9, 9, 4]
`);

function reportOf(diagnostics: readonly Diagnostic[]): LintReport {
  const files = ['specs/a, b:c.yaml', 'specs/clean.yaml'];
  return { version: '1.2.3', files, diagnostics, disabled: 2, baselined: 1 };
}

const found = lint(text, { name: 'specs/a, b:c.yaml' }).diagnostics;

function print(format: LintFormat, diagnostics = found): string {
  return printReport(reportOf(diagnostics), format, plain);
}

/** So many findings of one kind, each on a line of its own. */
function many(count: number, severity: Diagnostic['severity'], code = 'INC720'): readonly Diagnostic[] {
  const source = { name: 'specs/many.yaml', text: 'line\n'.repeat(count) };
  return Array.from({ length: count }, (_, i) => ({
    code,
    name: 'norm/bias-before-batch-norm',
    severity,
    message: `number ${i + 1}`,
    span: { source, start: 5 * i, end: 5 * i + 4 },
    related: [],
    notes: [],
    params: {},
  }));
}

test('the example has what the tests below are about', () => {
  expect(found.map(({ code, severity, fix }) => [code, severity, fix?.safety])).toEqual([
    ['INC720', 'warning', 'unsafe'],
    ['INC301', 'error', undefined],
  ]);
});

test.each(lintFormatNames)('%s of the same findings is the same, and ends with a line end', (format) => {
  expect(print(format)).toBe(print(format));
  expect(print(format)).toMatch(/\n$/);
});

test('compact is one line for each finding', () => {
  expect(print('compact').trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      /^specs\/a, b:c\.yaml:6:5: warning INC720 the bias of this conv .* \(norm\/bias-before-batch-norm\)$/,
    ),
    expect.stringMatching(/^specs\/a, b:c\.yaml:10:13: error INC301 .* \(shape-claim\)$/),
  ]);
});

describe('json', () => {
  const schema = JSON.parse(readFileSync('docs/schemas/lint-report.schema.json', 'utf8'));

  test('fits its schema', () => {
    const validate = new Ajv().compile(schema);
    validate(JSON.parse(print('json')));
    expect(validate.errors).toBe(null);
  });

  test('has place, pointer and fix as data', () => {
    const data = JSON.parse(print('json'));
    expect(data.formatVersion).toBe(1);
    expect(data.summary).toEqual({ error: 1, warning: 1, info: 0, disabled: 2, baselined: 1 });
    expect(data.diagnostics[0]).toMatchObject({
      code: 'INC720',
      file: 'specs/a, b:c.yaml',
      range: { startLine: 6, startColumn: 5, endLine: 6, endColumn: 9 },
      pointer: '/network/0/conv',
      fix: {
        safety: 'unsafe',
        edits: [{ range: { startLine: 6, startColumn: 42, endLine: 6, endColumn: 46 }, text: 'false' }],
      },
    });
    expect(data.diagnostics[1].pointer).toBe('/network/1/expect');
  });
});

describe('sarif', () => {
  /** As published, for draft 4 of JSON Schema; what differs in draft 7 is not used in it but `id`. */
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync('test/linter/sarif/sarif-2.1.0-rtm.5.json', 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

  test.each([
    ['the example', found],
    ['nothing', []],
    [
      'a finding without a place',
      [{ ...many(1, 'error')[0]!, span: undefined }].map(({ span: _span, ...d }) => d),
    ],
    [
      'a file without text',
      [{ ...many(1, 'error')[0]!, span: { source: { name: 'a.yaml', text: '' }, start: 0, end: 0 } }],
    ],
    ['more than GitHub shows', many(5003, 'warning')],
  ])('of %s fits the schema', (_name, diagnostics) => {
    validate(JSON.parse(print('sarif', diagnostics)));
    expect(validate.errors).toBe(null);
  });

  test('no place is line 0, and none is said where there is none', () => {
    const source = { name: 'a.yaml', text: '' };
    const [result] = JSON.parse(
      print('sarif', [{ ...many(1, 'error')[0]!, span: { source, start: 0, end: 0 } }]),
    ).runs[0].results;
    expect(result.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'a.yaml' } } }]);
  });

  test('errors come first, 5,000 results are kept, and what is cut is said', () => {
    const [run] = JSON.parse(print('sarif', [...many(5002, 'warning'), ...many(1, 'error')])).runs;
    expect(run.results).toHaveLength(5000);
    expect(run.results[0].level).toBe('error');
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
      '3 further results are not in this file',
    );
  });

  test('names of files are URIs, and a result is known by its place in the document', () => {
    const [, result] = JSON.parse(print('sarif')).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('specs/a%2C%20b%3Ac.yaml');
    expect(result.partialFingerprints).toEqual({ 'inceptionPointer/v1': 'INC720:/network/0/conv' });
  });

  test('a fix is there as replacements', () => {
    const [, result] = JSON.parse(print('sarif')).runs[0].results;
    expect(result.fixes[0].artifactChanges[0].replacements).toEqual([
      {
        deletedRegion: { startLine: 6, startColumn: 42, endLine: 6, endColumn: 46 },
        insertedContent: { text: 'false' },
      },
    ]);
  });
});

describe('github', () => {
  test('names and messages are escaped as the runner reads them', () => {
    const [first] = print('github').split('\n');
    expect(first).toMatch(
      /^::error file=specs\/a%2C b%3Ac\.yaml,line=10,endLine=10,col=13,endColumn=25,title=INC301 /,
    );
    expect(print('github')).toContain('%0A');
  });

  test('ten of each kind at most, the last of them saying how many more there are', () => {
    const printed = print('github', [...many(60, 'error'), ...many(10, 'warning'), ...many(11, 'info')]);
    const of = (kind: string) => printed.split('\n').filter((line) => line.startsWith(`::${kind}`));
    expect([of('error').length, of('warning').length, of('notice').length]).toEqual([10, 10, 10]);
    expect(of('error').at(-1)).toBe('::error::51 more not shown here; the log has all');
    expect(of('warning').at(-1)).toMatch(/number 10$/);
    expect(of('notice').at(-1)).toBe('::notice::2 more not shown here; the log has all');
  });
});

test('rdjson has the fix as a suggestion', () => {
  const { diagnostics } = JSON.parse(print('rdjson'));
  expect(diagnostics[0]).toMatchObject({
    severity: 'WARNING',
    code: { value: 'INC720' },
    location: {
      path: 'specs/a, b:c.yaml',
      range: { start: { line: 6, column: 5 }, end: { line: 6, column: 9 } },
    },
    suggestions: [{ range: { start: { line: 6, column: 42 }, end: { line: 6, column: 46 } }, text: 'false' }],
  });
});

test('junit has a suite for each spec, and a case that passes for a clean one', () => {
  const printed = print('junit');
  expect(printed).toContain('<testsuites name="inception-cli" tests="3" failures="2">');
  expect(printed).toContain('<testsuite name="specs/a, b:c.yaml" tests="2" failures="2">');
  expect(printed).toContain('<testcase classname="specs/clean.yaml" name="inception-cli lint"/>');
});

test('junit escapes what XML does not allow', () => {
  const [one] = many(1, 'error');
  const printed = print('junit', [{ ...one!, message: 'a < b & "c" \u0001\nd' }]);
  expect(printed).toContain('message="a &lt; b &amp; &quot;c&quot; \ufffd&#10;d"');
});

test('markdown is a table, in which a bar does not end a cell', () => {
  const [one] = many(1, 'error');
  expect(print('markdown', [{ ...one!, message: 'a | b' }])).toContain(
    '| specs/many.yaml | 1 | error | INC720 | a \\| b |',
  );
  expect(print('markdown', [])).toBe('**inception-cli lint**: 2 specs, nothing found.\n');
});

test('stylish shows the lines, and counts what can be repaired', () => {
  const printed = print('stylish');
  expect(printed).toContain('     |     ^^^^\n');
  expect(printed).toContain('1 error, 1 warning');
  expect(printed).toContain('1 with --fix-unsafe');
});
