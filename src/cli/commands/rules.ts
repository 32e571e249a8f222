import { type Rule, rules } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import type { Terminal } from '../terminal.ts';

export interface RulesOptions {
  readonly format: 'table' | 'json';
}

/** `rules`: every rule of the linter with its code, its level and the set that it belongs to. */
export function listRules({ format }: RulesOptions, { out, outPaint }: Terminal): ExitStatus {
  if (format === 'json') {
    const listed = rules.map(({ code, id, level, set, summary, sources }) => ({
      code,
      id,
      level,
      set,
      summary,
      sources,
    }));
    out(`${JSON.stringify({ formatVersion: 1, rules: listed }, null, 2)}\n`);
    return exitStatus.ok;
  }
  const columns = ['code', 'id', 'level', 'set'] as const;
  const widths = columns.map((key) => Math.max(...rules.map((rule) => rule[key].length)));
  const line = (rule: Rule) => columns.map((key, i) => rule[key].padEnd(widths[i] ?? 0)).join('  ');
  out(rules.map((rule) => `${outPaint.bold(line(rule))}  ${rule.summary}\n`).join(''));
  return exitStatus.ok;
}
