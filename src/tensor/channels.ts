/**
 * In which order a file writes the shapes of maps: [batch, channels, …spatial] or [batch, …spatial, channels]. Inside
 * the compiler channels are last, always; this is a matter of reading and printing.
 */
export type Channels = 'first' | 'last';

/**
 * The ranks of maps, which `channels: first` is about: two or three spatial axes. A value of rank 3 may as well be a
 * sequence of vectors, which no framework writes with the vectors' axis in the middle, and stays as it is.
 */
export function isMapRank(rank: number): boolean {
  return rank === 4 || rank === 5;
}

/** Items that stand channels last, one per axis, in the order in which a file writes them. */
export function inOrderOf<T>(channels: Channels, items: readonly T[]): readonly T[] {
  if (channels === 'last' || !isMapRank(items.length)) return items;
  return [...items.slice(0, 1), ...items.slice(-1), ...items.slice(1, -1)];
}

/** Items as a file writes them, one per axis, with channels last. */
export function channelsLast<T>(channels: Channels, items: readonly T[]): readonly T[] {
  if (channels === 'last' || !isMapRank(items.length)) return items;
  return [...items.slice(0, 1), ...items.slice(2), ...items.slice(1, 2)];
}
