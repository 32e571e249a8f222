import type { Directive } from '../../directives.ts';
import {
  defineRule,
  type Finding,
  type Rule,
  type RuleDefinition,
  type WordedFinding,
  worder,
} from '../../rule.ts';

/** What a rule is about that looks at the comments which switch other rules off. */
export interface AboutDirective {
  readonly directive: Directive;
  /** The one rule named there that it is about. */
  readonly named?: Directive['rules'][number];
}

/** Such a rule finds nothing by itself: whether a comment hides anything is known when all others have been run. */
export interface DirectiveRule {
  readonly rule: Rule;
  readonly finding: (about: AboutDirective) => WordedFinding;
}

/** Makes a rule about comments of its definition. */
export function defineDirectiveRule<P extends object>(
  definition: RuleDefinition<P, Record<string, never>> & {
    readonly finding: (about: AboutDirective) => Finding<P>;
  },
): DirectiveRule {
  const { finding, ...rest } = definition;
  const worded = worder(definition);
  return { rule: defineRule(rest), finding: (about) => worded(finding(about)) };
}
