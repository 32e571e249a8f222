import { type Facts, factOf } from '../../tensor/facts.ts';
import { solveSizes } from '../../tensor/solveSizes.ts';
import { type SizeCondition, symbolsIn, withoutRepeats } from './condition.ts';
import type { Conditions } from './conditions.ts';
import { deciding } from './deciding.ts';
import type { SymbolSizes } from './report.ts';

/** The symbols whose sizes are to be found, each with the size that is written in its place. */
type Written = ReadonlyMap<string, number | undefined>;

/** The sizes of each symbol; undefined where a condition ties two of them together, or cannot be solved. */
export function solved(
  { accepted, lossless }: Conditions,
  written: Written,
  facts: Facts,
): readonly SymbolSizes[] | undefined {
  const asked = withoutRepeats(accepted);
  const besides = withoutRepeats([...asked, ...lossless]);
  if (asked.some((c) => symbolsIn(c).length > 1)) return undefined;
  const symbols: SymbolSizes[] = [];
  for (const [name, size] of written) {
    const found = solvedFor(name, { asked, besides, facts });
    if (found === undefined) return undefined;
    symbols.push({ name, ...(size === undefined ? {} : { written: size }), ...found });
  }
  return symbols;
}

interface Asked {
  readonly asked: readonly SizeCondition[];
  /** The same, and what must hold besides for nothing to be left out. */
  readonly besides: readonly SizeCondition[];
  readonly facts: Facts;
}

function solvedFor(
  name: string,
  { asked, besides, facts }: Asked,
): Omit<SymbolSizes, 'name' | 'written'> | undefined {
  const fact = factOf(facts, name);
  // What no size decides, and does not hold, leaves none of any symbol.
  const isAbout = (c: SizeCondition) => symbolsIn(c).every((symbol) => symbol === name);
  const [own, all] = [asked.filter(isAbout), besides.filter(isAbout)];
  const accepted = solveSizes(own, name, fact);
  if (accepted === undefined) return undefined;
  // Where no window slides along the axis, nothing can be left out.
  const lossless = all.length > own.length ? solveSizes(all, name, fact) : undefined;
  const because = deciding(own, { name, fact, accepted });
  return { accepted, because, ...(lossless === undefined ? {} : { lossless }) };
}
