import type { Paint } from '../../diagnostics/paint.ts';
import type { LintReport } from '../report.ts';
import { compact } from './compact.ts';
import type { LintFormat } from './formatNames.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

type Print = (report: LintReport, paint: Paint) => string;

/** Only the first has colours. */
const formats: Readonly<Record<LintFormat, Print>> = {
  stylish,
  compact,
  json,
  sarif,
  github,
  rdjson,
  junit,
  markdown,
};

/** Findings in one of the formats. */
export function printReport(report: LintReport, format: LintFormat, paint: Paint): string {
  return formats[format](report, paint);
}
