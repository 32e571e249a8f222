import type { ShownGraph } from './shownGraph.ts';

/** The text of each edge of a level, and the edges whose text stands at their end. */
interface EdgeLabels {
  readonly labels: readonly string[];
  readonly atEnd: ReadonlySet<number>;
  /** Edges that come from a box with other values: at the side too, their text stands at their end. */
  readonly ofSeveral: ReadonlySet<number>;
}

/**
 * What is written beside lines from box to box. A value that goes several ways is named once, where it comes from. Where
 * several values come from one box, each is named where it goes, if nothing else goes there: else they would be written
 * over each other.
 */
export function edgeLabels({ nodes, edges }: ShownGraph): EdgeLabels {
  const said = new Set<string>();
  const values = new Map<number, number>();
  const arriving = new Map<number, number>();
  const labels = edges.map(({ from, to, keys, labels: all }) => {
    arriving.set(to, (arriving.get(to) ?? 0) + 1);
    if (nodes[from]?.kind !== 'box' || nodes[to]?.kind !== 'box') return '';
    const key = `${from} ${keys.join(' ')}`;
    if (said.has(key)) return '';
    said.add(key);
    values.set(from, (values.get(from) ?? 0) + 1);
    return labelText(all);
  });
  // Where many arrive, their texts would be written over each other instead.
  const several = edges.flatMap(({ from, to }, e) =>
    labels[e] !== '' && (values.get(from) ?? 0) > 1 && (arriving.get(to) ?? 0) <= 2 ? [e] : [],
  );
  const atEnd = several.filter((e) => arriving.get(edges[e]?.to ?? -1) === 1);
  return { labels, ofSeveral: new Set(several), atEnd: new Set(atEnd) };
}

/** `35×35×384`; `3 of 64×64` for several values of one shape. */
function labelText(labels: readonly string[]): string {
  const [first = ''] = labels;
  if (labels.length < 2) return first;
  return labels.every((label) => label === first)
    ? `${labels.length} of ${first}`
    : `${labels.length} values`;
}
