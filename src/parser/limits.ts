/** Bounds that no honest spec comes near; they keep a hostile one from using all memory, or all of an hour. */
export const limits = {
  /** Values that the aliases of one document expand to. */
  values: 100_000,
  /** Nesting of one document. */
  depth: 100,
  /** Nodes of one network. */
  nodes: 120_000,
  /** Steps that are run while a network is expanded; copies and the insides of blocks count each time. */
  steps: 500_000,
  /** Axes of one value; as many as NumPy has. */
  rank: 64,
} as const;
