import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { type OnnxOptions, onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { compareValues, relativeError } from '../../src/verify/compareValues.ts';
import { drawInputs } from '../../src/verify/drawInputs.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { run } from '../emitters/onnx/runModel.ts';
import { type Reduced, reducedSizes } from './reducedSizes.ts';

/** Between them: blocks in blocks, blocks called in several forms, sizes that are worked out, caches and shared weights. */
const files = [
  'convnext.yaml',
  'mobilenet_v3_small.yaml',
  'yolov8.yaml',
  'swin.yaml',
  'llama.yaml',
  'gpt2.yaml',
];

const networks: readonly Reduced[] = reducedSizes.filter(({ file }) => files.includes(file));

test('all of them are there', () => {
  expect(files.filter((file) => !networks.some((n) => n.file === file))).toEqual([]);
});

test.each(networks)(
  '$file $variant gives the same numbers with functions as without',
  async ({ file, sizes = { N: 1 }, formats: _, ...options }) => {
    const name = `specs/${file}`;
    const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
    const { graph } = compile(readFileSync(name, 'utf8'), { name, readFile, ...options });
    const lively = withLivelyWeights(graph!);
    const drawn = Object.entries(drawInputs(lively, sizes, 1));
    const inputs = Object.fromEntries(
      drawn.map(([input, { shape, values }]) => [input, { shape, values: Float64Array.from(values) }]),
    );
    const outputs = (changed: Partial<OnnxOptions>) => run(lively, { ...onnxDefaults, ...changed }, inputs);
    const flat = await outputs({ endPoints: true });
    const withEndPoints = await outputs({ endPoints: true, functions: true });
    const without = await outputs({ functions: true });
    expect(Object.keys(withEndPoints)).toEqual(Object.keys(flat));
    expect(Object.keys(without)).toEqual(lively.outputs.map((output) => output.name));
    for (const [key, { shape, values }] of [...Object.entries(withEndPoints), ...Object.entries(without)]) {
      const expected = flat[key]!;
      expect(shape).toEqual(expected.shape);
      const distance = compareValues(Float32Array.from(values), Float32Array.from(expected.values), 1e-5);
      expect(relativeError(distance), key).toBeLessThanOrEqual(1e-5);
      expect(distance.greatest, key).toBeGreaterThan(0);
    }
  },
  180_000,
);
