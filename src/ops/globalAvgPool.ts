import { defineGlobalPool } from './globalPooling.ts';

export const globalAvgPool = defineGlobalPool(
  'global_avg_pool',
  'Mean over all spatial positions, whatever the size of the map.',
  [
    {
      inputs: [['N', 8, 8, 1536]],
      output: ['N', 1536],
      elementOps: 98304,
      source: 'Inception-v4, figure 9 of arXiv 1602.07261; 8·8·1,536 operations',
    },
    {
      inputs: [['N', 5, 7, 6]],
      attributes: { keepdims: true },
      output: ['N', 1, 1, 6],
      source: 'Keras GlobalAveragePooling2D(keepdims=True)',
    },
    { inputs: [['N', 9, 4]], output: ['N', 4] },
    { inputs: [['N', 2, 3, 4, 5]], output: ['N', 5] },
    { inputs: [['N', 'H', 'W', 3]], output: ['N', 3] },
    { inputs: [['N', 9]], problem: 'rank-mismatch' },
  ],
);
