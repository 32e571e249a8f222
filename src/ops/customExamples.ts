import type { Example } from './op.ts';

/** x where it is above 1, else 0: an operator that the catalogue does not have. */
const thresholded = {
  onnx: { op_type: 'ThresholdedRelu', attributes: { alpha: { float: 1 } } },
  tfjs: { class_name: 'ThresholdedReLU', config: { theta: 1 } },
};

const atan = { onnx: { op_type: 'Atan' }, tfjs_graph: { op: 'Atan' } };

/** Of `custom`: operators that the runtimes have beside those that other ops stand for. */
export const customExamples: readonly Example[] = [
  {
    inputs: [['N', 'S', 6]],
    attributes: { inputs: [['N', 'S', 'C']], output: ['N', 'S', 'C'], ...thresholded },
    output: ['N', 'S', 6],
    source: 'Keras ThresholdedReLU(theta=1), ONNX ThresholdedRelu: y = x for x > alpha, else 0',
  },
  {
    inputs: [['N', 5, 4, 3]],
    attributes: {
      inputs: [['N', 'H', 'W', 'C']],
      output: ['N', 'H', 'W', 'C'],
      element_ops: 'H * W * C',
      ...atan,
    },
    output: ['N', 5, 4, 3],
    elementOps: 60,
    source: 'ONNX Atan: the arc tangent, for each of 5·4·3 numbers',
  },
  {
    inputs: [['N', 7]],
    attributes: { inputs: [['N', 'C']], output: ['N', 'C'], ...atan },
    output: ['N', 7],
  },
  {
    inputs: [['N', 'S', 4]],
    attributes: {
      inputs: [['N', 'T', 'C']],
      outputs: { tokens: ['N', 'T // 2', '3 * C'], state: ['N', 'C'] },
      dtype: { state: 'int32' },
      weights: { kernel: { shape: ['2 * C', '3 * C'] }, bias: { shape: ['3 * C'], init: 'zeros' } },
      macs: 'T // 2 * (2 * C) * (3 * C)',
    },
    outputs: [
      ['N', 'S // 2', 12],
      ['N', 4],
    ],
    parameters: { trainable: 108, nonTrainable: 0 },
    source: '8·12 + 12',
  },
  {
    inputs: [['N', 9, 4]],
    attributes: {
      inputs: [['N', 'T', 'C']],
      output: ['N', '(T - 3) // 2 + 1', 8],
      weights: { kernel: { shape: [3, 'C', 8] } },
      macs: '((T - 3) // 2 + 1) * 3 * C * 8',
    },
    output: ['N', 4, 8],
    parameters: { trainable: 96, nonTrainable: 0 },
    macs: 384,
    source: 'a convolution of kernel 3 and stride 2, declared: 3·4·8; 4·96',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 5],
    ],
    attributes: {
      inputs: [
        ['N', 'C'],
        ['N', 'C'],
      ],
      output: ['N', 'C'],
    },
    problem: 'rank-mismatch',
  },
  { inputs: [['N', 4]], attributes: { inputs: [['N', 3]], output: ['N'] }, problem: 'rank-mismatch' },
  { inputs: [['N', 4]], attributes: { inputs: [['N', 'S', 'C']], output: ['N'] }, problem: 'rank-mismatch' },
  {
    inputs: [['N', 4]],
    attributes: { inputs: [['N', 'C'], ['N']], output: ['N'] },
    problem: 'input-count',
  },
  {
    inputs: [['N', 4]],
    attributes: { inputs: [['N', 'C']], output: ['N', 'D'] },
    problem: 'wrong-attribute',
  },
  {
    inputs: [['N', 4]],
    attributes: { inputs: [['N', 'C']], output: ['N', 'C - 4'] },
    problem: 'bad-dimension',
  },
  { inputs: [['N', 4]], attributes: { inputs: [['N', 'C']] }, problem: 'wrong-attribute' },
  {
    inputs: [['N', 4]],
    attributes: { inputs: [['N', 'C']], outputs: { y: ['N'] }, dtype: { z: 'int32' } },
    problem: 'wrong-attribute',
  },
  {
    inputs: [['N', 'S', 4]],
    attributes: {
      inputs: [['N', 'S', 'C']],
      output: ['N', 'S', 'C'],
      weights: { table: { shape: ['S', 'C'] } },
    },
    problem: 'symbolic-size',
  },
];
