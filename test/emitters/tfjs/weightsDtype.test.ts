import { enableProdMode, io, setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { emitTfjsGraph } from '../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TfjsOptions } from '../../../src/emitters/tfjs/options.ts';
import { readTfjsWeights } from '../../../src/emitters/tfjs/readWeights.ts';
import { withLivelyWeights } from '../../../src/verify/livelyWeights.ts';
import { blobBytes } from '../../../src/weights/blob.ts';
import { bytesInMemory } from '../../../src/weights/fileBytes.ts';
import { elementsOf, fillFloats } from '../../../src/weights/fileTensor.ts';
import { filledBlob } from '../../../src/weights/initialise.ts';
import type { WeightSource } from '../../../src/weights/weightSource.ts';

const normed = withLivelyWeights(
  compile(`
inception: 1
name: normed
inputs: { x: [N, 6, 5, 3] }
network:
  - conv: { filters: 5, kernel: 3, norm: batch_norm, activation: relu }
  - flatten
  - dense: 3
`).graph!,
);

const emitters = { layers: emitTfjs, graph: emitTfjsGraph };
type Format = keyof typeof emitters;

/** The emitted files by name; shards of 33 bytes cut every value that can be cut. */
function filesOf(format: Format, options: Partial<TfjsOptions> = {}, graph = normed) {
  const given = { weights: { kind: 'init', seed: 2 }, shardBytes: 33, endPoints: false, ...options } as const;
  const emitted = emitters[format](graph, given);
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  return new Map(emitted.files.map(({ path, content }) => [path, blobBytes(content)]));
}

type Files = ReturnType<typeof filesOf>;

function weightsOf(files: Files): io.WeightsManifestEntry[] {
  return JSON.parse(new TextDecoder().decode(files.get('model.json'))).weightsManifest[0].weights;
}

function bytesOf(files: Files): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    Buffer.concat([...files].filter(([name]) => name.endsWith('.bin')).map(([, bytes]) => bytes)),
  );
}

/** What tf.js itself makes of the files. */
function decoded(files: Files): ReadonlyMap<string, Float32Array> {
  const tensors = Object.entries(io.decodeWeights(bytesOf(files).buffer, weightsOf(files)));
  return new Map(tensors.map(([name, tensor]) => [name, Float32Array.from(tensor.dataSync())]));
}

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
}, 60_000);

describe('the example of `_quantize_entry` in tensorflowjs/write_weights.py', () => {
  const text =
    'inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - dense: { units: 1, bias: false }\n';
  const { graph } = compile(text);
  const values = Float32Array.of(0, -0.1, 1.2);
  const fill: WeightSource['fill'] = () => (out, first) =>
    out.set(values.subarray(first, first + out.length));
  const source = {
    values: () => values,
    fill,
    blob: () => filledBlob(3, fill(graph!.nodes[0]!.weights[0]!)),
  };
  const weights = { kind: 'given', source } as const;

  test.each(['layers', 'graph'] as const)('%s: uint8', (format) => {
    const files = filesOf(format, { weights, dtypes: [{ pattern: '*', dtype: 'uint8' }] }, graph);
    expect(weightsOf(files)).toEqual([
      {
        name: 'dense/kernel',
        shape: [3, 1],
        dtype: 'float32',
        quantization: {
          dtype: 'uint8',
          min: -0.10196078817049663,
          scale: 0.0050980394085248315,
          original_dtype: 'float32',
        },
      },
    ]);
    expect([...bytesOf(files)]).toEqual([20, 0, 255]);
  });

  test.each(['layers', 'graph'] as const)('%s: float16', (format) => {
    const files = filesOf(format, { weights, dtypes: [{ dtype: 'float16' }] }, graph);
    expect(weightsOf(files)[0]).toEqual({
      name: 'dense/kernel',
      shape: [3, 1],
      dtype: 'float32',
      quantization: { dtype: 'float16', original_dtype: 'float32' },
    });
    // numpy's float16 of the three: 0, −0.09998 and 1.2001953125.
    expect([...new Uint16Array(bytesOf(files).buffer)]).toEqual([0x0000, 0xae66, 0x3ccd]);
  });
});

describe.each(['layers', 'graph'] as const)('%s', (format) => {
  test.each(['float16', 'uint8', 'uint16'] as const)('%s is read as tf.js reads it, bit by bit', (dtype) => {
    const files = filesOf(format, { dtypes: [{ pattern: '*', dtype }] });
    const open = (path: string) => bytesInMemory(files.get(path)!);
    const read = readTfjsWeights(open('model.json'), open);
    if (!read.ok) throw new Error(read.reason);
    const theirs = decoded(files);
    const floats = read.tensors.filter(({ float }) => float !== undefined);
    expect(floats.length).toBeGreaterThanOrEqual(4);
    for (const tensor of floats) {
      const ours = new Float32Array(elementsOf(tensor.shape));
      fillFloats(tensor, 0, ours);
      expect(ours).toEqual(theirs.get(tensor.name));
    }
  });

  test('uint8: no stored number is further off than half a step', () => {
    const files = filesOf(format, { dtypes: [{ pattern: '*', dtype: 'uint8' }] });
    const [stored, exact] = [decoded(files), decoded(filesOf(format))];
    const scales = new Map(weightsOf(files).map((w) => [w.name, w.quantization?.scale]));
    const quantised = [...scales].filter(([, scale]) => scale !== undefined);
    expect(quantised.length).toBeGreaterThanOrEqual(4);
    for (const [name, scale = 0] of quantised) {
      const off = stored.get(name)!.map((x, i) => Math.abs(x - exact.get(name)![i]!));
      expect(Math.max(...off)).toBeLessThan((scale / 2) * (1 + 1e-5));
    }
  });

  test('shards are as long as they say', () => {
    const given = { weights: { kind: 'init', seed: 2 }, shardBytes: 33, endPoints: false } as const;
    const emitted = emitters[format](normed, { ...given, dtypes: [{ dtype: 'float16' }] });
    if (!emitted.ok) throw new Error('refused');
    for (const { content } of emitted.files) {
      const length = [...content.chunks()].reduce((sum, chunk) => sum + chunk.byteLength, 0);
      expect(length).toBe(content.byteLength);
    }
  });

  test('without a rule nothing is said of quantisation', () => {
    expect(weightsOf(filesOf(format)).some((w) => 'quantization' in w)).toBe(false);
  });

  test('bfloat16 is refused', () => {
    const given = { weights: { kind: 'init', seed: 2 }, shardBytes: 33, endPoints: false } as const;
    const emitted = emitters[format](normed, { ...given, dtypes: [{ dtype: 'bfloat16' }] });
    expect(emitted).toMatchObject({ ok: false, problems: [{ problem: { name: 'target-option' } }] });
  });
});
