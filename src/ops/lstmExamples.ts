import type { Example } from './op.ts';

/** Worked examples of an LSTM. */
export const lstmExamples: readonly Example[] = [
  {
    inputs: [['N', 6, 5]],
    attributes: { units: 4 },
    output: ['N', 4],
    parameters: { trainable: 160, nonTrainable: 0 },
    macs: 864,
    biasAdds: 96,
    elementOps: 216,
    source: '4·(5·4 + 4·4 + 4); 6·4·4·(5 + 4); 6·4·4 biases; 6·9·4 operations',
  },
  {
    inputs: [['N', 2, 128]],
    attributes: { units: 64, bidirectional: true, return_sequences: true },
    output: ['N', 2, 128],
    parameters: { trainable: 98816, nonTrainable: 0 },
    macs: 196608,
    source: 'Keras example “Bidirectional LSTM on IMDB”: 98,816 parameters; 2·2·4·64·(128 + 64)',
  },
  {
    inputs: [['N', 'S', 3]],
    attributes: { units: 5, return_sequences: true },
    output: ['N', 'S', 5],
    parameters: { trainable: 180, nonTrainable: 0 },
  },
  {
    inputs: [['N', 4, 3]],
    attributes: { units: 2, return_sequences: true, return_state: true },
    outputs: [
      ['N', 4, 2],
      ['N', 2],
      ['N', 2],
    ],
    source: 'y, state and cell, as an encoder hands them to its decoder',
  },
  {
    inputs: [
      ['N', 4, 3],
      ['N', 2],
      ['N', 2],
    ],
    roles: ['x', 'initial_state', 'initial_cell'],
    attributes: { units: 2, return_sequences: true },
    output: ['N', 4, 2],
    source: 'the decoder that begins with them',
  },
  {
    inputs: [['N', 4, 3]],
    attributes: { units: 3, bidirectional: true, return_state: true },
    outputs: [
      ['N', 6],
      ['N', 6],
      ['N', 6],
    ],
    source: 'states of the backward direction stand behind those of the forward one',
  },
  {
    inputs: [['N', 'S', 3], ['N'], ['N', 8], ['N', 8]],
    roles: ['x', 'lengths', 'initial_state', 'initial_cell'],
    dtypes: ['float32', 'int32', 'float32', 'float32'],
    ranges: [
      [-2, 2],
      [1, 3],
      [-1, 1],
      [-1, 1],
    ],
    attributes: { units: 4, bidirectional: true, return_sequences: true, return_state: true },
    outputs: [
      ['N', 'S', 8],
      ['N', 8],
      ['N', 8],
    ],
    parameters: { trainable: 256, nonTrainable: 0 },
    source: 'states of both directions side by side; y is 0 behind the lengths, as in Keras’ Bidirectional',
  },
  {
    inputs: [['N', 5, 3], ['N'], ['N', 4], ['N', 4]],
    roles: ['x', 'lengths', 'initial_state', 'initial_cell'],
    dtypes: ['float32', 'int32', 'float32', 'float32'],
    ranges: [
      [-2, 2],
      [1, 5],
      [-1, 1],
      [-1, 1],
    ],
    attributes: { units: 4, bias: false, return_sequences: true, return_state: true },
    outputs: [
      ['N', 5, 4],
      ['N', 4],
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
    attributes: { units: 4, bidirectional: true },
    output: ['N', 8],
    source: 'the forward state at the last position and the backward state at the first',
  },
  {
    inputs: [['N', 5, 3]],
    attributes: { units: 2, reverse: true, activation: 'relu', recurrent_activation: 'hard_sigmoid' },
    output: ['N', 2],
  },
  {
    inputs: [['N', 5, 3]],
    attributes: { units: 2, reverse: true, return_sequences: true, activation: 'linear' },
    output: ['N', 5, 2],
  },
  {
    inputs: [
      ['N', 5, 3],
      ['N', 4],
    ],
    roles: ['x', 'initial_state'],
    attributes: { units: 4 },
    problem: 'input-count',
  },
  {
    inputs: [
      ['N', 5, 3],
      ['N', 4],
      ['N', 4],
    ],
    roles: ['x', 'initial_state', 'initial_cell'],
    attributes: { units: 4, bidirectional: true },
    problem: 'shape-mismatch',
    source: 'the states of two directions are 8 wide',
  },
  {
    inputs: [
      ['N', 5, 3],
      ['N', 5],
    ],
    roles: ['x', 'lengths'],
    dtypes: ['float32', 'int32'],
    attributes: { units: 4 },
    problem: 'rank-mismatch',
  },
  {
    inputs: [['N', 5, 3], ['N']],
    roles: ['x', 'lengths'],
    attributes: { units: 4 },
    problem: 'dtype-mismatch',
  },
  {
    inputs: [['N', 5, 3]],
    attributes: { units: 4, reverse: true, bidirectional: true },
    problem: 'wrong-attribute',
  },
  { inputs: [['N', 3]], attributes: { units: 4 }, problem: 'rank-mismatch' },
  { inputs: [['N', 5, 'C']], attributes: { units: 4 }, problem: 'symbolic-size' },
];
