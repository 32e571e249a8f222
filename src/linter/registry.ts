import type { Rule } from './rule.ts';
import { unused } from './rules/defaults/unused.ts';
import { deadNode } from './rules/graph/deadNode.ts';
import { unnamedWeights } from './rules/graph/unnamedWeights.ts';
import { unusedBlock } from './rules/graph/unusedBlock.ts';
import { unusedInput } from './rules/graph/unusedInput.ts';
import { unusedParam } from './rules/graph/unusedParam.ts';
import { blanketDisable } from './rules/lint/blanketDisable.ts';
import { disableWithoutReason } from './rules/lint/disableWithoutReason.ts';
import { unusedDisable } from './rules/lint/unusedDisable.ts';
import { biasBeforeBatchNorm } from './rules/norm/biasBeforeBatchNorm.ts';

/** All rules, by their codes. One file each, named after the rule. */
export const rules: readonly Rule[] = [
  deadNode,
  unusedInput,
  unusedBlock,
  unusedParam,
  unused,
  unnamedWeights,
  biasBeforeBatchNorm,
  unusedDisable.rule,
  blanketDisable.rule,
  disableWithoutReason.rule,
];

/** The rule of an id (`norm/bias-before-batch-norm`) or a code (`INC720`). */
export function findRule(written: string): Rule | undefined {
  return rules.find(({ id, code }) => id === written || code === written);
}

/** Everything a rule can be called. */
export function ruleNames(): readonly string[] {
  return rules.flatMap(({ id, code }) => [id, code]);
}
