import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { ClaimRepairs } from './repairs/claimRepairs.ts';

/** What is known of one run over any number of specs, from which every format is printed. */
export interface LintReport {
  readonly version: string;
  /** The specs that were checked, by name, also those in which nothing was found. */
  readonly files: readonly string[];
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that comments or a baseline hide. */
  readonly disabled: number;
  readonly baselined: number;
  /** Combinations of edits with which failing claims hold, where they were asked for. */
  readonly repairs?: readonly ClaimRepairs[];
}

/** How many findings of each severity there are. */
export function countOf({ diagnostics }: LintReport): Readonly<Record<Severity, number>> {
  const of = (severity: Severity) => diagnostics.filter((d) => d.severity === severity).length;
  return { error: of('error'), warning: of('warning'), info: of('info') };
}
