import type { State } from './state.ts';

/**
 * Those of which no other changes only a part: of places of the text, a size of the inputs being one. The fewest changes
 * come first, and of as many those that keep the sizes.
 */
export function minimalStates(states: readonly State[]): readonly State[] {
  const all = states.map((state) => ({ state, changed: changedBy(state) }));
  return all
    .filter(({ changed }) => !all.some((other) => isPart(other.changed, changed)))
    .sort(
      (a, b) => a.changed.size - b.changed.size || Number(b.state.keepsSizes) - Number(a.state.keepsSizes),
    )
    .map(({ state }) => state);
}

function changedBy({ choices, keepsSizes }: State): ReadonlySet<string> {
  return new Set([...choices.map(({ place }) => place.key), ...(keepsSizes ? [] : ['size'])]);
}

function isPart(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size < b.size && [...a].every((key) => b.has(key));
}
