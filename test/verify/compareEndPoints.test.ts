import { expect, test } from 'vitest';
import type { DType } from '../../src/tensor/dtype.ts';
import { compareEndPoints } from '../../src/verify/compareEndPoints.ts';
import type { EmittedModels } from '../../src/verify/emitModels.ts';
import type { ModelRun, Values } from '../../src/verify/modelRun.ts';

/** Models with one end point `y` of this type. */
function models(dtype: DType): EmittedModels {
  const value = { id: 1, name: 'y', type: { dtype, shape: [2, 3] } };
  return { onnx: [], tfjs: [], outputs: [{ name: 'y', value }] };
}

function run(...samples: readonly Values[]): ModelRun {
  return { ok: true, samples: samples.map((values) => [{ shape: [2, 3], values: () => values }]) };
}

function compared(dtype: DType, onnx: ModelRun, tfjs: ModelRun) {
  const runs = { onnx, tfjs: [{ format: 'graph' as const, run: tfjs }] };
  return compareEndPoints(models(dtype), runs, { sizes: {}, tolerance: 1e-2 });
}

test('floats may differ by the tolerance', () => {
  const [y] = compared(
    'float32',
    run(Float32Array.of(0, 0, 0, 0, 0, 100)),
    run(Float32Array.of(1, 0, 0, 0, 0, 100)),
  );
  expect(y).toMatchObject({ agrees: true, greatestDifference: 1, relativeError: 0.01, greatest: 100 });
});

test('whole numbers may not', () => {
  const [y] = compared(
    'int32',
    run(Int32Array.of(0, 0, 0, 0, 1, 1000)),
    run(Int32Array.of(0, 0, 0, 0, 0, 1000)),
  );
  expect(y).toMatchObject({ agrees: false, apart: { sample: 0, index: [1, 1], onnx: 1, tfjs: 0 } });
});

test('truths may not, also where a runtime holds them as floats', () => {
  const truths = Uint8Array.of(1, 0, 1, 0, 1, 0);
  expect(compared('bool', run(truths), run(Float32Array.from(truths)))[0]?.agrees).toBe(true);
  expect(compared('bool', run(truths), run(Float32Array.of(1, 0, 1, 1, 1, 0)))[0]).toMatchObject({
    agrees: false,
    apart: { index: [1, 0], onnx: 0, tfjs: 1 },
  });
});

test('the first sample that differs is told, with the greatest distance over all', () => {
  const ones = Float32Array.of(1, 1, 1, 1, 1, 1);
  const [y] = compared(
    'float32',
    run(ones, ones, ones),
    run(ones, Float32Array.of(1, 1, 1.5, 1, 1, 1), Float32Array.of(3, 1, 1, 1, 1, 1)),
  );
  expect(y).toMatchObject({
    agrees: false,
    apart: { sample: 1, index: [0, 2], onnx: 1, tfjs: 1.5 },
    greatestDifference: 2,
    greatest: 3,
  });
});

test('a model that did not run is not compared', () => {
  const values = run(Float32Array.of(1, 1, 1, 1, 1, 1));
  expect(compared('float32', values, { ok: false, error: 'none' })).toEqual([]);
  expect(compared('float32', { ok: false, error: 'none' }, values)).toEqual([]);
});
