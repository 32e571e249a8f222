import type { WeightDType } from './encoding.ts';

/** A type for the weights whose full name a pattern fits; without one, for those that are usually stored so. */
export interface DTypeRule {
  /** `*` stands for any text, `?` for one character. */
  readonly pattern?: string | undefined;
  readonly dtype: WeightDType;
}

/** What a rule looks at. */
export interface NamedWeight {
  readonly fullName: string;
  readonly shape: readonly number[];
}

/** The type that the last rule which fits a weight gives it, or float32. */
export function dtypeOf(weight: NamedWeight, rules: readonly DTypeRule[]): WeightDType {
  return rules.findLast((rule) => fits(weight, rule))?.dtype ?? 'float32';
}

/** Whether a rule is about a weight. */
export function fits(weight: NamedWeight, { pattern, dtype }: DTypeRule): boolean {
  if (pattern !== undefined) return expressionOf(pattern).test(weight.fullName);
  return !(dtype === 'uint8' || dtype === 'uint16') || isTable(weight);
}

/**
 * Whether a weight is a kernel or a table: biases and vectors are a hundredth of a file, and one scale for a whole
 * vector makes the small ones among moving variances 0.
 */
function isTable({ fullName, shape }: NamedWeight): boolean {
  return shape.filter((size) => size > 1).length > 1 && !/(^|\/)bias$/.test(fullName);
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
