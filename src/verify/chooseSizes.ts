import type { TypedGraph } from '../ir/graph.ts';
import { decidingSizes } from '../ir/requirements.ts';
import { symbolsOf } from '../tensor/dim.ts';
import { type Sizes, valueOrNaN } from '../tensor/evaluateDim.ts';
import { factOf, progressionOf } from '../tensor/facts.ts';

/** Of the first axis of an input, which mostly counts items: two, so that items that are mixed up show. */
const itemSize = 2;

/** Of every other open axis, where the network fits into it. */
const smallSize = 5;

/** How many sizes of each symbol are tried, and how many combinations of them at most. */
const candidateCount = 32;
const combinationLimit = 100_000;

/**
 * Small sizes for the open symbols of a network's inputs: two for the first axis of an input, for every other symbol
 * five or the smallest size that fits, and each symbol further on than the one before it, so that two axes that are
 * taken for each other show. Undefined where no small sizes meet what the network asks of them.
 */
export function chooseSizes(graph: TypedGraph): Sizes | undefined {
  const names = openSymbols(graph);
  const items = new Set(graph.inputs.flatMap(({ type }) => type.shape.slice(0, 1).flatMap(symbolsOf)));
  const others = names.filter((name) => !items.has(name));
  const pools = names.map((name) => {
    const sizes = admittedSizes(graph, name, items.has(name) ? itemSize : smallSize);
    const skipped = Math.max(0, others.indexOf(name));
    return { name, sizes: [...sizes.slice(skipped), ...sizes.slice(0, skipped)] };
  });
  let left = combinationLimit;
  for (const sizes of combinations(pools)) {
    if (fits(graph, sizes)) return sizes;
    if (--left === 0) return undefined;
  }
  return undefined;
}

/** The symbols in the shapes of a network's inputs. */
export function openSymbols({ inputs }: TypedGraph): readonly string[] {
  return [...new Set(inputs.flatMap(({ type }) => type.shape.flatMap(symbolsOf)))];
}

function admittedSizes({ facts, leastSizes }: TypedGraph, name: string, wanted: number): readonly number[] {
  const { first, step, last } = progressionOf(factOf(facts, name));
  const least = decidingSizes(leastSizes).find(({ symbol }) => symbol === name)?.min ?? 1;
  const from = first + step * Math.max(0, Math.ceil((Math.max(wanted, least) - first) / step));
  const start = from <= last ? from : first;
  return Array.from({ length: candidateCount }, (_, i) => start + i * step).filter((size) => size <= last);
}

function fits({ inputs, requirements }: TypedGraph, sizes: Sizes): boolean {
  const dims = inputs.flatMap(({ type }) => type.shape);
  return (
    dims.every((d) => valueOrNaN(d, sizes) >= 1) &&
    requirements.every((requirement) =>
      requirement.kind === 'positive'
        ? valueOrNaN(requirement.dim, sizes) >= 1
        : valueOrNaN(requirement.dim, sizes) === valueOrNaN(requirement.other, sizes),
    )
  );
}

interface Pool {
  readonly name: string;
  readonly sizes: readonly number[];
}

/** All choices of one size per symbol, those with the first sizes first. */
function* combinations([first, ...others]: readonly Pool[]): Generator<Sizes> {
  if (first === undefined) {
    yield {};
    return;
  }
  for (const size of first.sizes) {
    for (const rest of combinations(others)) yield { [first.name]: size, ...rest };
  }
}
