/** Bounds that no honest spec comes near; they keep a hostile one from using all memory. */
export const limits = {
  /** Values of one document after aliases are expanded. */
  values: 200_000,
  /** Nesting of one document. */
  depth: 100,
  /** Nodes of one network. */
  nodes: 200_000,
} as const;
