import { defineSoftmax } from './softmaxFamily.ts';

export const logSoftmax = defineSoftmax('log_softmax', {
  summary: 'The natural logarithm of softmax: x minus the logarithm of the sum of exp(x) along one axis.',
  axis: 'The axis whose exponentials sum to 1; negative counts from the end, and names are `batch`, `channel`, `height`, `width` and `depth`.',
  examples: [
    { inputs: [['N', 10]], output: ['N', 10], elementOps: 30, source: 'three operations for each of 10' },
    { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3] },
    { inputs: [['N', 5, 3]], attributes: { axis: 1 }, output: ['N', 5, 3] },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: 'height' }, output: ['N', 5, 6, 3] },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: -3 }, output: ['N', 5, 6, 3] },
    { inputs: [['N', 'T', 4]], output: ['N', 'T', 4] },
    { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5]], attributes: { axis: 'height' }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: -5 }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5]], dtypes: ['int32'], problem: 'dtype-mismatch' },
  ],
});
