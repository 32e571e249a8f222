import type { Example } from './op.ts';

/** Worked examples of a gated recurrent unit. */
export const gruExamples: readonly Example[] = [
  {
    inputs: [['N', 6, 5]],
    attributes: { units: 4 },
    output: ['N', 4],
    parameters: { trainable: 132, nonTrainable: 0 },
    macs: 648,
    biasAdds: 144,
    elementOps: 192,
    source: '3·(5·4 + 4·4 + 2·4), two biases for each gate; 6·3·4·(5 + 4); 6·2·3·4 biases; 6·8·4 operations',
  },
  {
    inputs: [['N', 6, 5]],
    attributes: { units: 4, reset_after: false, return_sequences: true },
    output: ['N', 6, 4],
    parameters: { trainable: 120, nonTrainable: 0 },
    macs: 648,
    source: '3·(5·4 + 4·4 + 4)',
  },
  {
    inputs: [['N', 'S', 3]],
    attributes: { units: 5, bidirectional: true, return_sequences: true },
    output: ['N', 'S', 10],
    parameters: { trainable: 300, nonTrainable: 0 },
    source: '2·3·(3·5 + 5·5 + 2·5)',
  },
  {
    inputs: [['N', 5, 3]],
    attributes: { units: 2, bidirectional: true, reset_after: false, recurrent_activation: 'hard_sigmoid' },
    output: ['N', 4],
  },
  {
    inputs: [['N', 5, 3], ['N'], ['N', 4]],
    roles: ['x', 'lengths', 'initial_state'],
    dtypes: ['float32', 'int32', 'float32'],
    ranges: [
      [-2, 2],
      [1, 5],
      [-1, 1],
    ],
    attributes: { units: 4, return_sequences: true, return_state: true },
    outputs: [
      ['N', 5, 4],
      ['N', 4],
    ],
    source: 'y repeats the last output behind the lengths, as masked steps do in Keras',
  },
  {
    inputs: [['N', 5, 3], ['N']],
    roles: ['x', 'lengths'],
    dtypes: ['float32', 'int32'],
    ranges: [
      [-2, 2],
      [1, 5],
    ],
    attributes: { units: 4, reverse: true, return_sequences: true, reset_after: false, bias: false },
    output: ['N', 5, 4],
    parameters: { trainable: 84, nonTrainable: 0 },
    source: 'read from the end: y is 0 behind the lengths. 3·(3·4 + 4·4)',
  },
  {
    inputs: [['N', 5, 3]],
    attributes: { units: 2, bias: false, activation: 'relu', return_state: true },
    outputs: [
      ['N', 2],
      ['N', 2],
    ],
  },
  {
    inputs: [
      ['N', 5, 3],
      ['N', 3],
    ],
    roles: ['x', 'initial_state'],
    attributes: { units: 4 },
    problem: 'shape-mismatch',
  },
  {
    inputs: [[3, 5, 3], [4]],
    roles: ['x', 'lengths'],
    dtypes: ['float32', 'int32'],
    attributes: { units: 4 },
    problem: 'shape-mismatch',
  },
  { inputs: [['N', 3]], attributes: { units: 4 }, problem: 'rank-mismatch' },
  { inputs: [['N', 5, 'C']], attributes: { units: 4 }, problem: 'symbolic-size' },
];
