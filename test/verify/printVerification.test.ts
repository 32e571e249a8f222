import { expect, test } from 'vitest';
import type { EndPointComparison } from '../../src/verify/compareEndPoints.ts';
import { printVerification } from '../../src/verify/printVerification.ts';
import type { Verification } from '../../src/verify/verification.ts';
import { verificationData } from '../../src/verify/verificationData.ts';

const agreeing: EndPointComparison = {
  name: 'conv_1',
  format: 'layers',
  dtype: 'float32',
  shape: [2, 4],
  onnxShape: [2, 4],
  tfjsShape: [2, 4],
  greatestDifference: 2.5e-7,
  relativeError: 5e-8,
  greatest: 5,
  agrees: true,
};

const verification: Verification = {
  network: 'net',
  seed: 3,
  samples: 2,
  tolerance: 1e-4,
  sizes: { N: 2 },
  runtimes: [
    { name: 'onnxruntime-node', version: '1.0.0' },
    { name: 'tf.js', version: '4.0.0', backend: 'cpu' },
  ],
  failures: [],
  endPoints: [agreeing, { ...agreeing, name: 'dead', greatestDifference: 0, relativeError: 0, greatest: 0 }],
};

const notANumber: EndPointComparison = {
  ...agreeing,
  name: 'logits',
  greatestDifference: Number.POSITIVE_INFINITY,
  relativeError: Number.POSITIVE_INFINITY,
  apart: { sample: 1, index: [1, 3], onnx: 0.5, tfjs: Number.NaN },
  agrees: false,
};

test('a table and a verdict; an end point that is all zeros is marked', () => {
  expect(printVerification(verification)).toBe(`\
end point  shape   tf.js   difference  relative
-----------------------------------------------
conv_1     [2, 4]  layers  2.5e-7      5.0e-8
dead       [2, 4]  layers  0           0         all zeros

net: 2 end points agree within 0.0001 (seed 3, 2 samples, N = 2; onnxruntime-node 1.0.0, tf.js 4.0.0 on cpu)
`);
});

test('the first difference, with both values', () => {
  const printed = printVerification({ ...verification, endPoints: [agreeing, notANumber] });
  expect(printed).toContain('logits     [2, 4]  layers  unknown     unknown   differs\n');
  expect(printed).toContain(
    'logits is the first that differs: at [1, 3] of sample 2 onnxruntime gives 0.5, tf.js layers NaN\nnet: not verified, 1 of 2 end points differ (',
  );
});

test('figures that JSON has no word for are strings', () => {
  const data = verificationData({ ...verification, endPoints: [agreeing, notANumber] });
  expect(JSON.parse(JSON.stringify(data))).toMatchObject({
    formatVersion: 1,
    verified: false,
    firstDifference: {
      name: 'logits',
      relativeError: 'Infinity',
      apart: { sample: 1, index: [1, 3], onnx: 0.5, tfjs: 'NaN' },
    },
  });
});

test('a model that did not run is no agreement', () => {
  const failed = {
    ...verification,
    endPoints: [],
    failures: [{ model: 'onnxruntime', error: 'no operator' }],
  };
  expect(printVerification(failed)).toMatch(
    /^onnxruntime did not run the model: no operator\nnet: not verified, nothing was compared \(/,
  );
});
