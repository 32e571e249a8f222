import { expect, test } from 'vitest';
import { findRuntimes } from '../../src/cli/verify/runtimes.ts';
import { runVerification } from '../../src/cli/verify/runVerification.ts';
import { compile } from '../../src/compile.ts';
import type { EndPointComparison } from '../../src/verify/compareEndPoints.ts';
import { emitModels } from '../../src/verify/emitModels.ts';
import type { Verification } from '../../src/verify/verification.ts';

interface Form {
  readonly padding?: string;
  readonly epsilon?: number;
}

function network({ padding = 'valid', epsilon = 0.001 }: Form = {}, seed = 1) {
  const { graph, diagnostics } = compile(`
inception: 1
name: net
inputs: { image: [N, 9, 9, 3] }
network:
  - conv: { filters: 4, kernel: 3, stride: 2, padding: ${padding} }
    name: conv_1
  - batch_norm: { epsilon: ${epsilon} }
    name: norm_1
  - global_avg_pool
  - dense: 5
    name: logits
outputs: { norm: norm_1, logits: logits }
`);
  if (graph === undefined) throw new Error(JSON.stringify(diagnostics.map((d) => d.message)));
  const emitted = emitModels(graph, { seed, format: 'both' });
  if (!emitted.ok) throw new Error('refused');
  return { graph, models: emitted.models };
}

/** The tf.js models of a network against the ONNX model of another. */
async function verified(tfjs: ReturnType<typeof network>, onnx: ReturnType<typeof network>) {
  const found = findRuntimes();
  if ('missing' in found) throw new Error('not installed');
  const settings = { ...found, seed: 1, samples: 2, tolerance: 1e-4, sizes: { N: 2 }, limitMs: 60_000 };
  const verification = await runVerification(
    tfjs.graph,
    { ...tfjs.models, onnx: onnx.models.onnx },
    settings,
  );
  if ('unstarted' in verification) throw new Error(verification.error);
  return verification;
}

function agreeing({ endPoints }: Verification) {
  return endPoints.map(({ name, format, agrees }) => `${name} ${format} ${agrees}`);
}

const first = ({ endPoints }: Verification): EndPointComparison | undefined =>
  endPoints.find(({ agrees }) => !agrees);

test('a network agrees with itself, at every end point in the order of the network', async () => {
  const verification = await verified(network(), network());
  expect(agreeing(verification)).toEqual([
    'conv_1 layers true',
    'conv_1 graph true',
    'norm layers true',
    'norm graph true',
    'norm_1 layers true',
    'norm_1 graph true',
    'logits layers true',
    'logits graph true',
  ]);
  expect(verification.endPoints[0]).toMatchObject({ shape: [2, 4, 4, 4], dtype: 'float32' });
  expect(verification.endPoints.filter(({ greatest }) => greatest === 0)).toEqual([]);
  expect(verification.failures).toEqual([]);
});

test('another epsilon in one target shows where it is, and not before', async () => {
  const verification = await verified(network(), network({ epsilon: 0.1 }));
  expect(agreeing(verification).slice(0, 3)).toEqual([
    'conv_1 layers true',
    'conv_1 graph true',
    'norm layers false',
  ]);
  const { apart, relativeError } = first(verification)!;
  expect(apart!.sample).toBe(0);
  expect(apart!.onnx).not.toBe(apart!.tfjs);
  expect(relativeError).toBeGreaterThan(1e-2);
});

test('other weights in one target show at the first end point', async () => {
  expect(first(await verified(network(), network({}, 2)))?.name).toBe('conv_1');
});

test('another padding in one target shows as a shape', async () => {
  // (9 − 3)/2 + 1 = 4 without padding, ⌈9/2⌉ = 5 with.
  const apart = first(await verified(network(), network({ padding: 'same' })));
  expect(apart).toMatchObject({
    name: 'conv_1',
    shape: [2, 4, 4, 4],
    onnxShape: [2, 5, 5, 4],
    tfjsShape: [2, 4, 4, 4],
  });
  expect(apart?.apart).toBe(undefined);
});
