import { residue } from './integers.ts';

/** What a spec declares of a symbol: the sizes min, min+1, … max that leave `remainder` when divided by `multipleOf`. */
export interface Fact {
  /** 1 where absent. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** 1 where absent. */
  readonly multipleOf?: number | undefined;
  /** 0 where absent. */
  readonly remainder?: number | undefined;
}

/** Facts by the name of the symbol. A symbol without an entry stands for every size from 1. */
export type Facts = Readonly<Record<string, Fact>>;

/** The sizes a symbol stands for: first, first + step, … up to last, which may be Infinity. */
export interface Progression {
  readonly first: number;
  readonly step: number;
  readonly last: number;
}

/** The fact of a symbol; the empty one where none is declared. */
export function factOf(facts: Facts, name: string): Fact {
  return Object.hasOwn(facts, name) ? (facts[name] ?? {}) : {};
}

/** The sizes that a fact admits. */
export function progressionOf({ min = 1, max = Infinity, multipleOf = 1, remainder = 0 }: Fact): Progression {
  return { first: min + residue(remainder - min, multipleOf), step: multipleOf, last: max };
}

/** The smallest `count` sizes of a progression, or all where there are fewer. */
export function smallestSizes({ first, step, last }: Progression, count: number): readonly number[] {
  const fitting = Math.floor((last - first) / step) + 1;
  return Array.from({ length: Math.max(0, Math.min(count, fitting)) }, (_, i) => first + i * step);
}
