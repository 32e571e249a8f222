import { defineSoftmax } from './softmaxFamily.ts';

export const softmax = defineSoftmax('softmax', {
  summary: 'exp(x) divided by its sum along one axis.',
  axis: 'The axis that sums to 1; negative counts from the end, and names are `batch`, `channel`, `height`, `width` and `depth`.',
  examples: [
    {
      inputs: [['N', 1000]],
      output: ['N', 1000],
      elementOps: 3000,
      source: 'e to a power, a sum and a division for each of 1,000',
    },
    { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3] },
    { inputs: [['N', 5, 3]], attributes: { axis: 1 }, output: ['N', 5, 3] },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: 'height' }, output: ['N', 5, 6, 3] },
    { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5]], attributes: { axis: 'height' }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: -5 }, problem: 'axis-out-of-range' },
  ],
});
