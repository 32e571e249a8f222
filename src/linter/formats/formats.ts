import type { Paint } from '../../diagnostics/paint.ts';
import type { LintReport } from '../report.ts';
import { compact } from './compact.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

/** Every form in which findings are printed. Only the first has colours. */
export const lintFormats = {
  stylish,
  compact,
  json,
  sarif,
  github,
  rdjson,
  junit,
  markdown,
} as const satisfies Record<string, (report: LintReport, paint: Paint) => string>;

export type LintFormat = keyof typeof lintFormats;

export const lintFormatNames = Object.keys(lintFormats) as readonly LintFormat[];

/** Findings in one of the formats. */
export function printReport(report: LintReport, format: LintFormat, paint: Paint): string {
  return lintFormats[format](report, paint);
}
