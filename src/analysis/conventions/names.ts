/** What can be counted as the cost of a network; docs/decisions/conventions.md. */
export const conventions = ['macs', 'flops', 'torchinfo', 'fvcore', 'keras'] as const;
export type Convention = (typeof conventions)[number];

/** What the figures of each convention are called. */
export const conventionTitles: Readonly<Record<Convention, string>> = {
  macs: 'MACs',
  flops: 'FLOPs',
  torchinfo: 'mult-adds (torchinfo)',
  fvcore: 'flops (fvcore)',
  keras: 'FLOPs (Keras)',
};
