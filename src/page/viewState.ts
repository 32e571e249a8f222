import { open } from '../emitters/picture/foldState.ts';
import type { Picture } from '../emitters/picture/picture.ts';
import type { PageNetwork } from '../viewer/pageData.ts';

/** What a reader has chosen to see of a network. */
export interface ViewState {
  readonly folded: Set<number>;
  readonly unrolled: Set<number>;
  selected: number | undefined;
}

/** The state that a page begins with. */
export function firstState({ folded, unrolled }: PageNetwork): ViewState {
  return { folded: new Set(folded), unrolled: new Set(unrolled), selected: undefined };
}

/** The same choices for a network that was changed: by names, and for blocks that are new as a page begins. */
export function carriedOver(before: PageNetwork, state: ViewState, after: PageNetwork): ViewState {
  const known = new Map(before.picture.items.map(({ name }, i) => [name, i]));
  const first = firstState(after);
  const chosen = (now: ReadonlySet<number>, then: ReadonlySet<number>) =>
    new Set(
      after.picture.items.flatMap(({ name }, i) => {
        const old = known.get(name);
        return (old === undefined ? now.has(i) : then.has(old)) ? [i] : [];
      }),
    );
  const name = state.selected === undefined ? undefined : before.picture.items[state.selected]?.name;
  const selected = name === undefined ? -1 : after.picture.items.findIndex((item) => item.name === name);
  return {
    folded: chosen(first.folded, state.folded),
    unrolled: chosen(first.unrolled, state.unrolled),
    selected: selected < 0 ? undefined : selected,
  };
}

/** Folds a block that is open, and opens one that is folded. False where the item is no block. */
export function toggle({ items }: Picture, state: ViewState, at: number): boolean {
  if (items[at]?.kind !== 'block') return false;
  if (!state.folded.delete(at)) state.folded.add(at);
  return true;
}

/** Shows the copies of the repeat around an item one by one, or once again. False where there is none. */
export function toggleCopies({ items }: Picture, state: ViewState, at: number): boolean {
  let repeat = at;
  while (repeat >= 0 && items[repeat]?.kind !== 'repeat') repeat = items[repeat]?.parent ?? -1;
  if (repeat < 0) return false;
  if (!state.unrolled.delete(repeat)) state.unrolled.add(repeat);
  return true;
}

/** Opens everything around an item, so that it has a box of its own. */
export function reveal({ items }: Picture, state: ViewState, at: number): void {
  open({ items }, at, state);
}

/** The innermost block around an item; undefined in the network itself. */
export function blockAround({ items }: Picture, at: number): number | undefined {
  let block = items[at]?.parent ?? -1;
  while (block >= 0 && items[block]?.kind !== 'block') block = items[block]?.parent ?? -1;
  return block < 0 ? undefined : block;
}

/** Folds all blocks, or opens all. */
export function foldAll({ items }: Picture, state: ViewState, fold: boolean): void {
  state.folded.clear();
  if (fold) for (const [i, { kind }] of items.entries()) if (kind === 'block') state.folded.add(i);
}
