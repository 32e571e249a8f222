import type { Picture } from './picture.ts';

/** What of a picture is shown: the blocks that are folded to one box, and the repeats whose copies stand one by one. */
export interface FoldState {
  readonly folded: ReadonlySet<number>;
  readonly unrolled: ReadonlySet<number>;
}

export interface FoldChoice {
  /** Blocks deeper than this are folded: 1 folds all that stand in the network itself. */
  readonly depth?: number;
  /** Names of blocks to fold and to open; what is named wins over the depth. A name that is no block's is given back. */
  readonly fold?: readonly string[];
  readonly unfold?: readonly string[];
  /** Whether the copies of repeats stand one by one. */
  readonly unroll?: boolean;
}

/** So many boxes a picture has at most where nobody says how deep it goes. */
const mostBoxes = 160;

/** The state that was chosen. Where no depth is, the deepest that draws no more boxes than a person can survey. */
export function foldStateOf(picture: Picture, choice: FoldChoice = {}): FoldState {
  const unrolled = new Set(choice.unroll === true ? indices(picture, (i) => i.kind === 'repeat') : []);
  const depth = choice.depth ?? fittingDepth(picture, unrolled);
  const folded = new Set(indices(picture, (i) => i.kind === 'block' && i.depth >= depth));
  for (const name of choice.fold ?? []) for (const at of named(picture, name)) folded.add(at);
  for (const name of choice.unfold ?? [])
    for (const at of named(picture, name)) open(picture, at, { folded, unrolled });
  return { folded, unrolled };
}

/** Those of the names that no block or step has. */
export function unknownNames(picture: Picture, names: readonly string[]): readonly string[] {
  return names.filter((name) => named(picture, name).length === 0);
}

function named({ items }: Picture, name: string): readonly number[] {
  return items.flatMap((item, i) => (item.kind === 'block' && item.name === name ? [i] : []));
}

function indices({ items }: Picture, holds: (item: Picture['items'][number]) => boolean): readonly number[] {
  return items.flatMap((item, i) => (holds(item) ? [i] : []));
}

/** Opens a block and all around it, so that it can be seen; of copies that are rolled up, all are shown if need be. */
export function open(
  { items }: Pick<Picture, 'items'>,
  at: number,
  { folded, unrolled }: { readonly folded: Set<number>; readonly unrolled: Set<number> },
): void {
  folded.delete(at);
  for (let i = at; i >= 0; i = items[i]?.parent ?? -1) {
    const parent = items[i]?.parent ?? -1;
    folded.delete(parent);
    if (items[parent]?.kind === 'repeat' && i !== parent + 1) unrolled.add(parent);
  }
}

function fittingDepth(picture: Picture, unrolled: ReadonlySet<number>): number {
  const deepest = picture.items.reduce((d, item) => Math.max(d, item.depth), 1);
  for (let depth = deepest; depth > 1; depth--) {
    const folded = new Set(indices(picture, (i) => i.kind === 'block' && i.depth >= depth));
    if (shownItems(picture, { folded, unrolled }).length <= mostBoxes) return depth;
  }
  return 1;
}

/** Items that are boxes in this state, or open blocks around them. */
export function shownItems({ items }: Picture, { folded, unrolled }: FoldState): readonly number[] {
  const shown: number[] = [];
  for (let i = 0; i < items.length; ) {
    const item = items[i];
    if (item === undefined) break;
    const parent = items[item.parent];
    const rolled = parent?.kind === 'repeat' && !unrolled.has(item.parent) && i !== item.parent + 1;
    if (rolled) {
      i = item.end;
      continue;
    }
    if (item.kind !== 'repeat') shown.push(i);
    i = folded.has(i) ? item.end : i + 1;
  }
  return shown;
}
