import type { Diagnostic, Severity } from '../../index.ts';

/** What makes a run fail. */
export interface Gate {
  /** The least severity that does. */
  readonly failOn: Severity;
  /** How many warnings may be there. */
  readonly maxWarnings?: number;
}

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether something found is at or above the gate, or there are too many warnings. */
export function isOverGate(diagnostics: readonly Diagnostic[], { failOn, maxWarnings }: Gate): boolean {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  return (
    diagnostics.some(({ severity }) => ranks[severity] >= ranks[failOn]) ||
    (maxWarnings !== undefined && warnings > maxWarnings)
  );
}
