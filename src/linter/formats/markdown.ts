import { oneLine } from '../../diagnostics/format.ts';
import { positionOf } from '../../diagnostics/source.ts';
import { countOf, type LintReport } from '../report.ts';

/** A table for a pull request or a job summary. */
export function markdown(report: LintReport): string {
  const { files, diagnostics } = report;
  const specs = `${files.length} ${files.length === 1 ? 'spec' : 'specs'}`;
  if (diagnostics.length === 0) return `**inception-cli lint**: ${specs}, nothing found.\n`;
  const { error, warning, info } = countOf(report);
  const rows = diagnostics.map(({ span, severity, code, message, help }) => {
    const line =
      span === undefined || span.source.text === '' ? '' : positionOf(span.source, span.start).line;
    const text = help === undefined ? message : `${message}. ${help}`;
    return `| ${cell(span?.source.name ?? '')} | ${line} | ${severity} | ${code} | ${cell(text)} |\n`;
  });
  return [
    `**inception-cli lint**: ${specs}, ${error} errors, ${warning} warnings, ${info} infos.\n\n`,
    '| spec | line | severity | code | finding |\n| --- | ---: | --- | --- | --- |\n',
    ...rows,
  ].join('');
}

function cell(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
