import type { Fact } from '../../tensor/facts.ts';
import { intersection, isSameSet, type SizeSet } from '../../tensor/sizeSet.ts';
import { solveSizes } from '../../tensor/solveSizes.ts';
import type { SizeCondition } from './condition.ts';

/** More conditions than this are shown as they are. */
const mostCompared = 60;

interface Alone {
  readonly condition: SizeCondition;
  /** What it admits alone. */
  readonly sizes: SizeSet;
}

/**
 * Of conditions that together admit `accepted`, those that decide it: each that follows from the others is left out,
 * from the first on, so that of a chain of windows the last one stays.
 */
export function deciding(
  conditions: readonly SizeCondition[],
  { name, fact, accepted }: { readonly name: string; readonly fact: Fact; readonly accepted: SizeSet },
): readonly Alone[] {
  let kept = conditions.flatMap((condition): Alone[] => {
    const sizes = solveSizes([condition], name, fact);
    return sizes === undefined ? [] : [{ condition, sizes }];
  });
  const every = solveSizes([], name, fact);
  for (const alone of kept.length > mostCompared ? [] : kept) {
    const others = kept.filter((other) => other !== alone);
    const left = together(others, every);
    if (left !== undefined && isSameSet(left, accepted)) kept = others;
  }
  return kept;
}

function together(all: readonly Alone[], every: SizeSet | undefined): SizeSet | undefined {
  return all.reduce<SizeSet | undefined>((set, { sizes }) => set && intersection(set, sizes), every);
}
