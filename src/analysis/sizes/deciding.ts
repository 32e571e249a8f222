import { symbol } from '../../tensor/dim.ts';
import type { Fact } from '../../tensor/facts.ts';
import type { SizeCondition } from './condition.ts';
import { type AcceptedSizes, smallest } from './sizeSet.ts';
import { solve } from './solve.ts';

/** More conditions than this are shown as they are. */
const mostCompared = 60;

/**
 * Of conditions that together admit `accepted`, those that decide it: each that follows from the others is left out,
 * from the first on, so that of a chain of windows the last one stays.
 */
export function deciding(
  conditions: readonly SizeCondition[],
  { name, fact, accepted }: { readonly name: string; readonly fact: Fact; readonly accepted: AcceptedSizes },
): readonly { readonly condition: SizeCondition; readonly sizes: AcceptedSizes }[] {
  const least = smallest(accepted) ?? 1;
  const bound = ({ node, reason }: SizeCondition): SizeCondition => {
    return { kind: 'least', dim: symbol(name, fact), other: least, node, reason };
  };
  const all = JSON.stringify(accepted);
  let kept = conditions;
  for (const condition of conditions.length > mostCompared ? [] : conditions) {
    const others = kept.filter((c) => c !== condition);
    if (JSON.stringify(solve(others, name, fact)) === all) kept = others;
  }
  return kept.flatMap((condition) => {
    // A product of sizes rises only from where its factors are not negative: there it is looked at.
    const sizes = solve([condition], name, fact) ?? solve([condition, bound(condition)], name, fact);
    return sizes === undefined ? [] : [{ condition, sizes }];
  });
}
