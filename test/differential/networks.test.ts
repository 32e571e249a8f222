import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CompileOptions } from '../../src/compile.ts';
import { compile } from '../../src/compile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { withLivelyWeights } from '../support/livelyWeights.ts';
import { type Comparison, compareTargets, tfjsFormats } from './compareTargets.ts';

function compiled(file: string, options: CompileOptions = {}): TypedGraph {
  const name = `specs/${file}`;
  const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
  const { graph, diagnostics } = compile(readFileSync(name, 'utf8'), { name, readFile, ...options });
  expect(diagnostics).toEqual([]);
  if (graph === undefined) throw new Error(`${name} has no graph`);
  return graph;
}

/** Every network of the zoo in its default form, and the forms that differ in structure. */
const networks: readonly (readonly [file: string, variant: string])[] = [
  ...readdirSync('specs')
    .filter((f) => f.endsWith('.yaml'))
    .map((f) => [f, ''] as const),
  ['inception_v4.yaml', 'slim'],
  ['inception_resnet_v2.yaml', 'slim'],
  ['inception_v3.yaml', 'slim'],
];

/** Set to a file, the measured errors are appended to it, a line per network. */
const report = process.env.DIFFERENTIAL_REPORT;

function summary(graph: TypedGraph, comparisons: readonly Comparison[]): string {
  const worst = tfjsFormats.map((format) => {
    const errors = comparisons.filter((c) => c.format === format).map((c) => c.relativeError);
    return `${format} ${Math.max(...errors).toExponential(1)}`;
  });
  return `${graph.name} ${comparisons.length / tfjsFormats.length} end points, worst ${worst.join(', ')}`;
}

describe('tf.js, in both formats, and onnxruntime give the same numbers at every end point', () => {
  test.each(networks)(
    '%s %s',
    async (file, variant) => {
      const graph = withLivelyWeights(compiled(file, variant === '' ? {} : { variant }));
      const comparisons = await compareTargets(graph);
      expect(comparisons.length).toBeGreaterThan(0);
      const wrongShape = comparisons.find(
        (c) => String(c.tfjs) !== String(c.inferred) || String(c.onnx) !== String(c.inferred),
      );
      expect(wrongShape, 'the first end point whose shape differs').toBe(undefined);
      const dead = comparisons.find((c) => !(c.greatest > 0));
      expect(dead, 'an end point that is all zeros').toBe(undefined);
      const apart = comparisons.find((c) => !(c.relativeError <= 1e-4));
      expect(apart, 'the first end point whose values differ').toBe(undefined);
      if (report !== undefined) appendFileSync(report, `${summary(graph, comparisons)}\n`);
    },
    180_000,
  );
});

test('the comparison can fail: one padding changed in one target shows at that end point', async () => {
  const graph = withLivelyWeights(compiled('seed_stem.yaml'));
  const listing = withLivelyWeights(compiled('seed_stem_listing.yaml'));
  expect(existsSync('specs/seed_stem.yaml')).toBe(true);
  const [right, other] = [await compareTargets(graph), await compareTargets(listing)];
  expect(right[0]?.onnx).toEqual([1, 149, 149, 32]);
  expect(other[0]?.onnx).toEqual([1, 150, 150, 32]);
}, 120_000);
