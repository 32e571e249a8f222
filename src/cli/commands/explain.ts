import {
  compile,
  diagnose,
  type ErrorExplanation,
  type Explanation,
  explain,
  explainError,
  explainRule,
  explanationData,
  formatExplanation,
  isErrorCode,
  lint,
  type Problem,
  type RuleExplanation,
} from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { loadSpec, report, type SpecOptions } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';

export interface ExplainOptions extends SpecOptions {
  readonly spec?: string;
  readonly format: 'text' | 'json';
}

/** `explain`: where an attribute or a shape of a spec came from; without a spec, the page of an error code. */
export async function explainWhat(
  what: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { spec, format } = options;
  if (spec === undefined) return explainCode(what, format, terminal);
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined) return status;
  const explained = explain(graph, what);
  if (!explained.ok) return refuseWith(explained.problems, terminal);
  terminal.out(printed(explained.value, format, terminal));
  return status;
}

function printed(explanation: Explanation, format: ExplainOptions['format'], terminal: Terminal): string {
  if (format === 'json') return `${JSON.stringify(explanationData(explanation), null, 2)}\n`;
  return `${formatExplanation(explanation, terminal.outPaint)}\n`;
}

function explainCode(what: string, format: ExplainOptions['format'], terminal: Terminal): ExitStatus {
  const rule = explainRule(what, lint);
  if (rule !== undefined) {
    terminal.out(format === 'json' ? data('rule', rule) : rule.page);
    return exitStatus.ok;
  }
  if (!isErrorCode(what))
    return refuse(`'${what}' is not a code like INC301; name the spec that it is in: --spec FILE`, terminal);
  const explained = explainError(what, compile);
  if (!explained.ok) return refuseWith(explained.problems, terminal);
  terminal.out(format === 'json' ? data('error', explained.value) : explained.value.page);
  return exitStatus.ok;
}

function data(kind: string, explanation: ErrorExplanation | RuleExplanation): string {
  return `${JSON.stringify({ formatVersion: 1, kind, ...explanation }, null, 2)}\n`;
}

/** What was asked for is not there: the command line is wrong, whatever the spec is. */
function refuseWith(problems: readonly Problem[], terminal: Terminal): ExitStatus {
  report(
    problems.map((p) => diagnose(p)),
    terminal,
  );
  return exitStatus.usage;
}
