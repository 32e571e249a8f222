import type { Sizes } from './evaluateDim.ts';
import { type Facts, factOf, progressionOf, smallestSizes } from './facts.ts';

/** How many bindings are tried at most, over all symbols. */
const bindingLimit = 4096;

/** Sizes beyond the small ones are taken this far apart: differences often begin late. */
const stride = 7;

/** Bindings of all names to admitted sizes, made as they are asked for; `exhaustive` where there are no others. */
export interface Sample {
  readonly bindings: Iterable<Sizes>;
  readonly exhaustive: boolean;
}

/** A sample of the sizes that the facts admit: many small ones, some larger. */
export function sampleBindings(names: readonly string[], facts: Facts): Sample {
  const perName = Math.floor(bindingLimit ** (1 / names.length) + 1e-9);
  const pools = names.map((name) => ({ name, ...poolOf(name, facts, perName) }));
  return { bindings: product(pools), exhaustive: pools.every(({ exhaustive }) => exhaustive) };
}

interface Pool {
  readonly sizes: readonly number[];
  readonly exhaustive: boolean;
}

function poolOf(name: string, facts: Facts, count: number): Pool {
  const near = Math.ceil((count * 2) / 3);
  const candidates = smallestSizes(progressionOf(factOf(facts, name)), near + (count - near) * stride + 1);
  if (candidates.length <= count) return { sizes: candidates, exhaustive: true };
  const sizes = candidates.filter((_, i) => i < near || (i - near) % stride === stride - 1);
  return { sizes, exhaustive: false };
}

function* product(pools: readonly (Pool & { readonly name: string })[]): Generator<Sizes> {
  const [first, ...others] = pools;
  if (first === undefined) {
    yield {};
    return;
  }
  for (const rest of product(others)) {
    for (const size of first.sizes) yield { [first.name]: size, ...rest };
  }
}
