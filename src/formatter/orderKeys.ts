import {
  type CollectionLayout,
  type DocumentLayout,
  type EntryLayout,
  type Layout,
  wordOf,
} from '../parser/layout.ts';
import { blockOrder, documentOrder, rankOf, stepOrder } from './keyOrder.ts';

type Ranked = (key: string) => number | undefined;

/**
 * Puts the keys of the document, of its blocks and of its steps in their order, in which nothing but the look of a spec
 * lies. Everywhere else order may mean something, and is left alone.
 */
export function orderKeys(document: DocumentLayout): DocumentLayout {
  const { value } = document.root;
  if (value === undefined) return document;
  const ordered = sorted(
    inEntries(value, ({ key, inner }) => {
      if (key === 'network') return orderSteps(inner);
      return key === 'blocks' ? inEntries(inner, (block) => orderBlock(block.inner)) : inner;
    }),
    (key) => rankOf(key, documentOrder),
  );
  return { ...document, root: { ...document.root, value: ordered } };
}

/** A list of steps, or a mapping with more than that. */
function orderBlock(block: Layout): Layout {
  if (block.kind === 'list') return orderSteps(block);
  return sorted(orderGroup(block), (key) => rankOf(key, blockOrder));
}

/** Steps, or `{ steps, when }`. */
function orderGroup(group: Layout): Layout {
  if (group.kind === 'list') return orderSteps(group);
  return inEntries(group, ({ key, inner }) => (key === 'steps' ? orderSteps(inner) : inner));
}

function orderSteps(steps: Layout): Layout {
  return inEntries(steps, ({ inner }) => (inner.kind === 'map' ? orderStep(inner) : inner));
}

function orderStep(step: CollectionLayout): Layout {
  const calls = step.entries
    .map(wordOf)
    .filter((key) => key !== undefined && rankOf(key, stepOrder) === undefined);
  const ordered = inEntries(step, ({ key, inner }) => {
    if (key === 'branches') return inEntries(inner, (branch) => orderGroup(branch.inner));
    return key === 'residual' || key === 'shortcut' || key === 'steps' || key === 'tap'
      ? orderGroup(inner)
      : inner;
  });
  if (calls.length !== 1) return ordered;
  return sorted(ordered, (key) => (key === calls[0] ? -1 : rankOf(key, stepOrder)));
}

/** A collection with what is in its entries changed. */
function inEntries(
  collection: Layout,
  change: (entry: { readonly key: string | undefined; readonly inner: Layout }) => Layout,
): Layout {
  if (collection.kind !== 'map' && collection.kind !== 'list') return collection;
  const entries = collection.entries.map((entry) =>
    entry.value === undefined
      ? entry
      : { ...entry, value: change({ key: wordOf(entry), inner: entry.value }) },
  );
  return { ...collection, entries };
}

/** Entries by rank. A mapping with a key that is not known, or with anchors and aliases, keeps its order. */
function sorted(map: Layout, rank: Ranked): Layout {
  if (map.kind !== 'map') return map;
  const ranks = map.entries.map((entry) => rank(wordOf(entry) ?? ''));
  const known = ranks.flatMap((r) => r ?? []);
  const isOrdered = known.every((r, i) => i === 0 || r >= (known[i - 1] ?? r));
  if (known.length < ranks.length || isOrdered || map.entries.some(isReferred)) return map;
  const order = [...map.entries.keys()].sort((a, b) => (known[a] ?? 0) - (known[b] ?? 0));
  return {
    ...map,
    entries: withHead(
      order.flatMap((i) => map.entries[i] ?? []),
      map.entries[0],
    ),
  };
}

/** What stands above the first entry stands above all, and remains there. */
function withHead(entries: readonly EntryLayout[], first: EntryLayout | undefined): readonly EntryLayout[] {
  if (first === undefined) return entries;
  const [top, ...others] = entries.map((entry) =>
    entry === first ? { ...entry, before: [], afterBlank: false } : entry,
  );
  return top === undefined ? others : [below(first, top), ...others];
}

/** An entry below the comments, and the blank line, that were above another one. */
function below({ before, afterBlank }: EntryLayout, entry: EntryLayout): EntryLayout {
  const [next, ...more] = entry.before;
  if (next === undefined) return { ...entry, before, afterBlank };
  return { ...entry, before: [...before, { ...next, afterBlank }, ...more] };
}

/** Whether an anchor, an alias or a merge key is in it: their order means something. */
function isReferred({ key, keyAnchor, anchor, value }: EntryLayout): boolean {
  if (anchor !== undefined || keyAnchor !== undefined || key?.source === '<<') return true;
  if (value?.kind === 'scalar') return value.source.startsWith('*');
  return (value?.kind === 'map' || value?.kind === 'list') && value.entries.some(isReferred);
}
