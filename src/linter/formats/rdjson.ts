import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { regionOf } from '../region.ts';
import type { LintReport } from '../report.ts';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** Reviewdog Diagnostic Format, with repairs as suggestions. */
export function rdjson({ diagnostics }: LintReport): string {
  const data = { source: { name: 'inception-cli' }, diagnostics: diagnostics.map(diagnosticData) };
  return `${JSON.stringify(data, null, 2)}\n`;
}

function diagnosticData({ code, message, help, severity, span, fix, related }: Diagnostic) {
  const ranges = fix?.edits.map((edit) => ({ range: rangeOf(edit.span), text: edit.text })) ?? [];
  return {
    message: help === undefined ? message : `${message}\nhelp: ${help}`,
    severity: severities[severity],
    code: { value: code },
    ...(span === undefined ? {} : { location: locationOf(span) }),
    ...(ranges.length === 0 ? {} : { suggestions: ranges }),
    ...(related.length === 0
      ? {}
      : { related_locations: related.map((r) => ({ message: r.message, location: locationOf(r.span) })) }),
  };
}

function locationOf(span: Span) {
  const range = rangeOf(span);
  return { path: span.source.name, ...(range === undefined ? {} : { range }) };
}

function rangeOf(span: Span) {
  const region = regionOf(span);
  if (region === undefined) return undefined;
  const { startLine, startColumn, endLine, endColumn } = region;
  return { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } };
}
