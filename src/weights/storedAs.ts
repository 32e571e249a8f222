import { type DTypeRule, dtypeOf, type NamedWeight } from './dtypeRules.ts';
import { storedBytes } from './encoding.ts';

/** The type that each weight is stored in by these rules, and the bytes of one of its numbers. */
export function storedAs(rules: readonly DTypeRule[]) {
  return (weight: NamedWeight): { readonly dtype: string; readonly bytes: number } => {
    const dtype = dtypeOf(weight, rules);
    return { dtype, bytes: storedBytes[dtype] };
  };
}
