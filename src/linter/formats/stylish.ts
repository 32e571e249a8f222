import { formatDiagnostics, formatSummary } from '../../diagnostics/format.ts';
import type { Paint } from '../../diagnostics/paint.ts';
import { printRepairs } from '../repairs/printRepairs.ts';
import type { LintReport } from '../report.ts';

/** For people: each finding with the lines of the spec around it, then how many there are. */
export function stylish({ diagnostics, repairs = [] }: LintReport, paint: Paint): string {
  if (diagnostics.length === 0) return '';
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined);
  const safe = fixable.filter(({ fix }) => fix?.safety === 'safe').length;
  return [
    formatDiagnostics(diagnostics, paint),
    `${formatSummary(diagnostics)}\n`,
    ...(safe > 0 ? [`${safe} can be repaired with --fix\n`] : []),
    ...(fixable.length > safe
      ? [`${fixable.length - safe} with --fix-unsafe, which changes the network\n`]
      : []),
    ...(repairs.length > 0 ? [printRepairs(repairs, paint)] : []),
  ].join('\n');
}
