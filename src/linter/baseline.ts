import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { pointerAt } from './pointer.ts';

/**
 * What was found when a baseline was written, by file: how often each rule found something at each part of the document. Keyed by
 * JSON pointer and not by line, so that it holds when lines are put in above.
 */
export interface Baseline {
  readonly formatVersion: 1;
  readonly findings: Readonly<Record<string, readonly BaselineEntry[]>>;
}

export interface BaselineEntry {
  readonly code: string;
  readonly pointer: string;
  readonly count: number;
}

/** A part of a baseline that nothing was found for: what it let pass is repaired. */
export interface StaleEntry extends BaselineEntry {
  readonly file: string;
}

/** The baseline that lets exactly these findings pass, sorted, so that the same findings give the same bytes. */
export function baselineOf(diagnostics: readonly Diagnostic[]): Baseline {
  const counts = new Map<string, BaselineEntry & { readonly file: string }>();
  for (const diagnostic of diagnostics) {
    const [file, code, pointer] = keyOf(diagnostic);
    const key = JSON.stringify([file, pointer, code]);
    counts.set(key, { file, code, pointer, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const findings: Record<string, BaselineEntry[]> = {};
  for (const key of [...counts.keys()].sort()) {
    const found = counts.get(key);
    if (found === undefined) continue;
    const { file, ...entry } = found;
    findings[file] = [...(findings[file] ?? []), entry];
  }
  return { formatVersion: 1, findings };
}

function keyOf({ code, span }: Diagnostic): readonly [file: string, code: string, pointer: string] {
  return [span?.source.name ?? '', code, span === undefined ? '' : pointerAt(span)];
}

/** What a baseline does not let pass, how many it does, and its entries for files of this run that nothing is left of. */
export function passBaseline(
  diagnostics: readonly Diagnostic[],
  baseline: Baseline,
  files: readonly string[],
): { readonly kept: readonly Diagnostic[]; readonly passed: number; readonly stale: readonly StaleEntry[] } {
  const left = new Map<string, StaleEntry>();
  for (const [file, entries] of Object.entries(baseline.findings)) {
    for (const entry of entries)
      left.set(JSON.stringify([file, entry.code, entry.pointer]), { ...entry, file });
  }
  const kept = diagnostics.filter((diagnostic) => {
    const key = JSON.stringify(keyOf(diagnostic));
    const entry = left.get(key);
    if (entry === undefined || entry.count === 0) return true;
    left.set(key, { ...entry, count: entry.count - 1 });
    return false;
  });
  const stale = [...left.values()].filter(({ file, count }) => count > 0 && files.includes(file));
  return { kept, passed: diagnostics.length - kept.length, stale };
}

/** Reads a baseline; a reason where it is none. */
export function parseBaseline(text: string): Baseline | { readonly reason: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { reason: 'it is not JSON' };
  }
  return isBaseline(data) ? data : { reason: 'it has no `formatVersion: 1` with `findings` by file' };
}

function isBaseline(data: unknown): data is Baseline {
  if (typeof data !== 'object' || data === null) return false;
  const { formatVersion, findings } = data as Partial<Record<keyof Baseline, unknown>>;
  if (formatVersion !== 1 || typeof findings !== 'object' || findings === null) return false;
  return Object.values(findings).every((entries) => Array.isArray(entries) && entries.every(isEntry));
}

function isEntry(data: unknown): data is BaselineEntry {
  if (typeof data !== 'object' || data === null) return false;
  const { code, pointer, count } = data as Partial<Record<keyof BaselineEntry, unknown>>;
  return typeof code === 'string' && typeof pointer === 'string' && Number.isInteger(count);
}
