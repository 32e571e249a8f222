import { codeFrame } from './codeFrame.ts';
import type { Diagnostic, Related, Severity } from './diagnostic.ts';
import { visible } from './displayWidth.ts';
import { type Paint, plain } from './paint.ts';
import { positionOf, type Span } from './source.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Diagnostics as text for a person: each with its place in the source, its notes and its way out. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  return arranged(diagnostics)
    .map((d) => `${formatDiagnostic(d, paint)}\n`)
    .join('\n');
}

/** One diagnostic as lines, without a line end after the last. */
export function formatDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { severity, code, message, span, notes, related, help } = diagnostic;
  const label = labels(paint)[severity](`${severity}[${code}]`);
  return [
    `${label} ${paint.bold(oneLine(message))}`,
    ...(span === undefined ? [] : [`  ${paint.blue(placeText(span))}`, ...codeFrame(span, paint)]),
    ...notes.map((note) => `   = ${oneLine(note)}`),
    ...related.map((r) => `   = ${paint.blue(placeText(r.span))}: ${oneLine(r.message)}`),
    ...(help === undefined ? [] : [`   = ${paint.green('help:')} ${oneLine(help)}`]),
  ].join('\n');
}

/** `2 errors, 1 warning`; empty where there is nothing. What is said once is counted once. */
export function formatSummary(diagnostics: readonly Diagnostic[]): string {
  const said = arranged(diagnostics);
  const counts = severities.map((severity) => ({
    severity,
    count: said.filter((d) => d.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(
      ({ severity, count }) => `${count} ${count === 1 || severity === 'info' ? severity : `${severity}s`}`,
    )
    .join(', ');
}

/** By file and position, those without a place first; otherwise in the order found. Identical ones stand once. */
export function arranged(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const firsts = new Map<string, Diagnostic>();
  for (const d of diagnostics) if (!firsts.has(identity(d))) firsts.set(identity(d), d);
  return [...firsts.values()].sort((a, b) => compareSpans(a.span, b.span));
}

function compareSpans(a: Span | undefined, b: Span | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.source.name !== b.source.name) return a.source.name < b.source.name ? -1 : 1;
  return a.start - b.start;
}

function identity({ code, message, help, span, notes, related }: Diagnostic): string {
  const places = related.map((r: Related) => [...where(r.span), r.message]);
  return JSON.stringify([code, message, help, where(span), notes, places]);
}

function where(span: Span | undefined): readonly (string | number)[] {
  return span === undefined ? [] : [span.source.name, span.start, span.end];
}

/** `specs/unet.yaml:41:7`; only the name where there is no text to count in. */
export function placeText({ source, start }: Span): string {
  if (source.text === '') return visible(source.name);
  const { line, column } = positionOf(source, start);
  return `${visible(source.name)}:${line}:${column}`;
}

/** A text without what would break its line or move the cursor. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s*[\r\n]+\s*/g, ' '));
}

function labels({ bold, red, yellow, blue }: Paint): Readonly<Record<Severity, (text: string) => string>> {
  return {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    info: (text) => bold(blue(text)),
  };
}
