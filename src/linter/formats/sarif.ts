import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import type { Span } from '../../diagnostics/source.ts';
import { pointerAt } from '../pointer.ts';
import { regionOf } from '../region.ts';
import { findRule } from '../registry.ts';
import type { LintReport } from '../report.ts';

/** What GitHub shows of one run; it takes more, and does not say which it keeps. */
const shownResults = 5000;
/** Kept of the places of one result. */
const keptLocations = 100;

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
const order: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * SARIF 2.1.0 as GitHub's code scanning takes it: names of files relative and with forward slashes, no place rather than
 * line 0, errors first, and never more results than are shown. No time stamps: the same findings give the same bytes.
 */
export function sarif({ version, diagnostics }: LintReport): string {
  const sorted = order.flatMap((severity) => diagnostics.filter((d) => d.severity === severity));
  const results = sorted.slice(0, shownResults);
  const codes = [...new Set(results.map(({ code }) => code))].sort();
  const names = new Map(results.map(({ code, name }) => [code, name]));
  const rules = codes.map((code) => ruleData(code, names.get(code) ?? code));
  const run = {
    tool: { driver: { name: 'inception-cli', version, rules } },
    columnKind: 'unicodeCodePoints',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: cutNote(sorted.length) }],
    results: results.map((d) => resultData(d, codes.indexOf(d.code))),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

function cutNote(found: number) {
  if (found <= shownResults) return [];
  const text = `${found - shownResults} further results are not in this file`;
  return [{ level: 'warning', message: { text } }];
}

function ruleData(id: string, name: string) {
  const rule = findRule(id);
  if (rule === undefined) return { id, name };
  const { summary, why, level } = rule;
  return {
    id,
    name: rule.id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n\nMore: inception-cli explain ${id}` },
    defaultConfiguration: { level: levels[level] },
  };
}

function resultData(diagnostic: Diagnostic, ruleIndex: number) {
  const { code, severity, message, help, span, related, notes, fix } = diagnostic;
  const text = [message, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join('\n');
  const others = related.slice(0, keptLocations - 1);
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text },
    locations: span === undefined ? [] : [{ physicalLocation: physical(span) }],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((r, id) => ({
            id,
            physicalLocation: physical(r.span),
            message: { text: r.message },
          })),
        }),
    ...(span === undefined
      ? {}
      : { partialFingerprints: { 'inceptionPointer/v1': `${code}:${pointerAt(span)}` } }),
    ...(fix === undefined ? {} : { fixes: [fixData(fix)] }),
  };
}

function physical(span: Span) {
  const region = regionOf(span);
  return { artifactLocation: { uri: uriOf(span.source.name) }, ...(region === undefined ? {} : { region }) };
}

function uriOf(name: string): string {
  return name.replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
}

function fixData({ title, edits }: Fix) {
  const files = [...new Set(edits.map(({ span }) => span.source.name))];
  return {
    description: { text: title },
    artifactChanges: files.map((name) => ({
      artifactLocation: { uri: uriOf(name) },
      replacements: edits
        .filter(({ span }) => span.source.name === name)
        .map(({ span, text }) => ({ deletedRegion: regionOf(span), insertedContent: { text } })),
    })),
  };
}
