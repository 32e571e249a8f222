import { addToGroup } from '../../common/groups.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { placeText } from '../../diagnostics/format.ts';
import type { LintReport } from '../report.ts';

/** JUnit XML: a suite for each spec, a failed case for each finding, one that passes where there is none. */
export function junit({ files, diagnostics }: LintReport): string {
  const named = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const d of diagnostics) addToGroup(named, d.span?.source.name ?? '', d);
  const suites = [...named].map(([name, found]) => suite(name, found));
  const total = `tests="${[...named.values()].reduce((n, found) => n + Math.max(1, found.length), 0)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="inception-cli" ${total} failures="${diagnostics.length}">\n${suites.join('')}</testsuites>\n`;
}

function suite(name: string, found: readonly Diagnostic[]): string {
  const cases =
    found.length === 0
      ? `    <testcase classname=${quoted(name)} name="inception-cli lint"/>\n`
      : found.map((d) => failedCase(name, d)).join('');
  const counts = `tests="${Math.max(1, found.length)}" failures="${found.length}"`;
  return `  <testsuite name=${quoted(name)} ${counts}>\n${cases}  </testsuite>\n`;
}

function failedCase(
  name: string,
  { code, name: rule, severity, message, help, span, notes }: Diagnostic,
): string {
  const place = span === undefined ? '' : placeText(span);
  const text = [place, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join('\n');
  return [
    `    <testcase classname=${quoted(name)} name=${quoted(`${code} ${rule} ${place}`)}>\n`,
    `      <failure type=${quoted(severity)} message=${quoted(message)}>${escaped(text)}</failure>\n`,
    '    </testcase>\n',
  ].join('');
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll('\n', '&#10;')}"`;
}

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these characters.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
