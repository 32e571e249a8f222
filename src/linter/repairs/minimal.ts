import type { State } from './state.ts';

/** Those of which no other changes only a part: of places of the text, a size of the inputs being one. */
export function minimalStates(states: readonly State[]): readonly State[] {
  const changed = states.map(changedBy);
  return states.filter(
    (_, i) => !changed.some((other, k) => k !== i && isPart(other, changed[i] ?? new Set())),
  );
}

function changedBy({ choices, keepsSizes }: State): ReadonlySet<string> {
  return new Set([...choices.map(({ place }) => place.key), ...(keepsSizes ? [] : ['size'])]);
}

function isPart(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size < b.size && [...a].every((key) => b.has(key));
}
