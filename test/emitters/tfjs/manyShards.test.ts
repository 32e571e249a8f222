import { expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { compileSpec } from '../../golden/compileSpec.ts';
import { runTfjs } from '../../support/runTfjs.ts';

// 13,224 weights and some constants take more than 52,896 bytes: 53 files and more, which cut values and tensors.
test('tf.js puts the tensors of many shards together: the same numbers as from one file', async () => {
  const { graph } = compileSpec('specs/llama.yaml', { variant: 'tiny' });
  if (graph === undefined) throw new Error('the spec has errors');
  const sizes = [1001, 4_194_304];
  const models = sizes.map((shardBytes) => {
    const emitted = emitTfjsGraph(graph, {
      weights: { kind: 'init', seed: 1 },
      shardBytes,
      endPoints: false,
    });
    if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems));
    return emitted.files;
  });
  const [many, one] = models.map((files) => files.length - 1);
  expect(many).toBeGreaterThanOrEqual(53);
  expect(one).toBe(1);
  const inputs = {
    tokens: { shape: [1, 4], values: Float32Array.of(3, 1, 4, 1), dtype: 'int32' },
    positions: { shape: [1, 4], values: Float32Array.of(0, 1, 2, 3), dtype: 'int32' },
  } as const;
  const [first, second] = await runTfjs(models.map((model) => ({ model, inputs })));
  if (!first?.ok || !second?.ok) throw new Error(JSON.stringify([first, second]));
  expect(first.outputs[0]?.shape).toEqual([1, 4, 50]);
  expect(first.outputs).toEqual(second.outputs);
});
