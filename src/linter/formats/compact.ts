import { oneLine, placeText } from '../../diagnostics/format.ts';
import type { LintReport } from '../report.ts';

/** One line per finding, `file:line:column: severity code message (rule)`, as editors and reviewdog's errorformat read it. */
export function compact({ diagnostics }: LintReport): string {
  return diagnostics
    .map(({ span, severity, code, message, name }) => {
      const place = span === undefined ? '' : `${placeText(span)}: `;
      return `${place}${severity} ${code} ${oneLine(message)} (${name})\n`;
    })
    .join('');
}
