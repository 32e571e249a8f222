import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { compareOpsets } from './compareOpsets.ts';
import { type Reduced, reducedSizes } from './reducedSizes.ts';

/** Between them: batch norms, hard swish, pooling, resizes, layer norms, RMS norms, attention, caches and an LSTM. */
const files = ['mobilenet_v3_small.yaml', 'yolov8.yaml', 'swin.yaml', 'gpt2.yaml', 'llama.yaml'];

const networks: readonly Reduced[] = [
  ...reducedSizes.filter(({ file }) => files.includes(file)),
  { file: 'text_lstm.yaml' },
  { file: 'inception_v1.yaml' },
];

test('all of them are there', () => {
  expect(files.filter((file) => !networks.some((n) => n.file === file))).toEqual([]);
});

test.each(networks)(
  '$file $variant gives the same numbers in operator sets 13, 20 and 24 as in 17',
  async ({ file, sizes, formats: _, ...options }) => {
    const name = `specs/${file}`;
    const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
    const { graph } = compile(readFileSync(name, 'utf8'), { name, readFile, ...options });
    const comparisons = await compareOpsets(withLivelyWeights(graph!), [13, 20, 24], sizes);
    expect(comparisons).toHaveLength(3 * graph!.endPoints.length);
    expect(comparisons.find((c) => !(c.greatest > 0))).toBe(undefined);
    expect(comparisons.find((c) => !(c.relativeError <= 1e-5))).toBe(undefined);
  },
  180_000,
);
