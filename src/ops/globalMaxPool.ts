import { defineGlobalPool } from './globalPooling.ts';

export const globalMaxPool = defineGlobalPool(
  'global_max_pool',
  'Largest value over all spatial positions, whatever the size of the map.',
  [
    {
      inputs: [['N', 7, 6, 5]],
      output: ['N', 5],
      elementOps: 210,
      source: 'Keras GlobalMaxPooling2D(); 7·6·5 operations',
    },
    {
      inputs: [['N', 5, 7, 6]],
      attributes: { keepdims: true },
      output: ['N', 1, 1, 6],
      source: 'PyTorch AdaptiveMaxPool2d(1); CBAM, section 3 of arXiv 1807.06521',
    },
    { inputs: [['N', 9, 4]], output: ['N', 4], source: 'Keras GlobalMaxPooling1D()' },
    { inputs: [['N', 3, 4, 5, 2]], output: ['N', 2], source: 'Keras GlobalMaxPooling3D()' },
    { inputs: [['N', 9]], problem: 'rank-mismatch' },
  ],
);
