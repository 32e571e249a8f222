import type { Lint } from '../../lint.ts';
import { findRule } from '../../linter/registry.ts';
import { exampleLinter } from './lintExample.ts';
import { ruleText } from './rulePage.ts';

/** What the manual says of one rule. */
export interface RuleExplanation {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  /** The page, in Markdown. */
  readonly page: string;
}

/** The page of a rule by its id or code; undefined where there is no such rule. */
export function explainRule(what: string, lint: Lint): RuleExplanation | undefined {
  const rule = findRule(what) ?? findRule(what.toUpperCase());
  if (rule === undefined) return undefined;
  const { code, id: name, level: severity } = rule;
  return { code, name, severity, page: ruleText(rule, exampleLinter(lint)) };
}
