import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { regionOf } from '../region.ts';
import type { LintReport } from '../report.ts';

/** How many annotations of one kind GitHub takes from a step; it drops the others without a word. */
const perKind = 10;

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands of GitHub Actions: the first ten of each kind, and a line that says how many more there are. */
export function github({ diagnostics }: LintReport): string {
  const kinds = Object.keys(commands) as Severity[];
  return kinds
    .flatMap((severity) => {
      const found = diagnostics.filter((d) => d.severity === severity);
      // The last of the ten is the line about those that are left out.
      const shown = found.length > perKind ? found.slice(0, perKind - 1) : found;
      const more = found.length - shown.length;
      const rest =
        more === 0 ? [] : [`::${commands[severity]}::${more} more not shown here; the log has all\n`];
      return [...shown.map(annotation), ...rest];
    })
    .join('');
}

function annotation({ severity, code, name, message, help, notes, span }: Diagnostic): string {
  const region = span === undefined ? undefined : regionOf(span);
  const place = {
    ...(span === undefined ? {} : { file: span.source.name }),
    ...(region === undefined
      ? {}
      : {
          line: region.startLine,
          endLine: region.endLine,
          col: region.startColumn,
          endColumn: region.endColumn,
        }),
    title: `${code} ${name}`,
  };
  const properties = Object.entries(place).map(([key, value]) => `${key}=${property(String(value))}`);
  const text = [message, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join('\n');
  return `::${commands[severity]} ${properties.join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
