/** Ranks of keys: those of one rank stay in the order in which they are written. */
type Ranks = readonly (readonly string[])[];

/** From what the network is called to what is claimed of it. */
export const documentOrder: Ranks = [
  ['$schema'],
  ['inception'],
  ['name'],
  ['title'],
  ['description'],
  ['source'],
  ['imports'],
  ['params', 'variants', 'dims', 'inputs', 'channels'],
  ['defaults'],
  ['blocks'],
  ['network'],
  ['outputs'],
  ['expect'],
  ['lint'],
];

export const blockOrder: Ranks = [
  ['description'],
  ['source'],
  ['params', 'inputs', 'defaults', 'steps', 'outputs', 'expect'],
];

/** Keys around the call of a step, which stands before them. */
export const stepOrder: Ranks = [
  ['merge', 'shortcut'],
  ['from'],
  ['name', 'share', 'repeat', 'when', 'defaults', 'note'],
  ['expect'],
];

/** Where a key stands among others; undefined for one that is not known. */
export function rankOf(key: string, order: Ranks): number | undefined {
  const rank = order.findIndex((keys) => keys.includes(key));
  return rank < 0 ? undefined : rank;
}
