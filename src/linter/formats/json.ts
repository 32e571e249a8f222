import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Edit, Fix } from '../../diagnostics/fix.ts';
import type { Span } from '../../diagnostics/source.ts';
import { pointerAt } from '../pointer.ts';
import { regionOf } from '../region.ts';
import { tried } from '../repairs/candidates.ts';
import type { ClaimRepairs } from '../repairs/claimRepairs.ts';
import { countOf, type LintReport } from '../report.ts';

/** For programs. `formatVersion` grows when something is taken away or changes its meaning; what is added does not count. */
export function json(report: LintReport): string {
  const { version, files, diagnostics, disabled, baselined, repairs } = report;
  const data = {
    formatVersion: 1,
    tool: { name: 'inception-cli', version },
    files,
    summary: { ...countOf(report), disabled, baselined },
    diagnostics: diagnostics.map(diagnosticData),
    ...(repairs === undefined ? {} : { repairs: repairs.map(repairsData) }),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

function diagnosticData(diagnostic: Diagnostic) {
  const { code, name, severity, message, help, span, notes, related, fix } = diagnostic;
  return {
    code,
    name,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : placeData(span)),
    ...(span === undefined ? {} : { pointer: pointerAt(span) }),
    notes,
    related: related.map((r) => ({ message: r.message, ...placeData(r.span) })),
    ...(fix === undefined ? {} : { fix: fixData(fix) }),
  };
}

function placeData(span: Span) {
  const range = regionOf(span);
  return { file: span.source.name, ...(range === undefined ? {} : { range }) };
}

function fixData({ safety, title, edits }: Fix) {
  return { safety, title, edits: edits.map(editData) };
}

function editData({ span, text }: Edit) {
  return { ...placeData(span), text };
}

function repairsData({ file, variant, failed, surplus, combinations, refused, isCut, sizes }: ClaimRepairs) {
  return {
    file,
    ...(variant === undefined ? {} : { variant }),
    complete: !isCut,
    failed: failed.map(({ name, claimed, actual, isRepaired, tried: steps, span }) => {
      return { name, claimed, actual, repaired: isRepaired, steps, ...placeData(span) };
    }),
    surplus: surplus.map(({ span, ...found }) => ({ ...found, ...placeData(span) })),
    combinations: combinations.map(({ changes, edits }) => ({
      changes: changes.map(({ span, ...change }) => ({ ...change, ...placeData(span) })),
      edits: edits.map(editData),
    })),
    refused,
    tried: { ...tried, sizes },
  };
}
