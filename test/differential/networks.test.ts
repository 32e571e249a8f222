import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CompileOptions } from '../../src/compile.ts';
import { compile } from '../../src/compile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { EndPointComparison } from '../../src/verify/compareEndPoints.ts';
import { tfjsFormats } from '../../src/verify/emitModels.ts';
import { compareTargets } from './compareTargets.ts';
import { type Reduced, reducedSizes } from './reducedSizes.ts';

function compiled(file: string, options: CompileOptions = {}): TypedGraph {
  const name = `specs/${file}`;
  const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
  const { graph, diagnostics } = compile(readFileSync(name, 'utf8'), { name, readFile, ...options });
  // At another size claims are not checked, which is said and is no finding.
  expect(diagnostics.filter((d) => d.severity !== 'info')).toEqual([]);
  if (graph === undefined) throw new Error(`${name} has no graph`);
  return graph;
}

/** Run at their own size, in their default form and where the structure differs in another. */
const wholeNetworks: readonly Reduced[] = [
  { file: 'inception_v1.yaml' },
  { file: 'inception_v3.yaml' },
  { file: 'inception_v3.yaml', variant: 'slim' },
  { file: 'inception_v4.yaml' },
  { file: 'inception_v4.yaml', variant: 'slim' },
  { file: 'inception_resnet_v1.yaml' },
  { file: 'inception_resnet_v2.yaml' },
  { file: 'inception_resnet_v2.yaml', variant: 'slim' },
  { file: 'inception_resnet_v2_paper.yaml' },
  { file: 'lenet5.yaml' },
  { file: 'autoencoder.yaml' },
  { file: 'convolutional_autoencoder.yaml' },
  { file: 'dcgan_generator.yaml' },
  { file: 'dcgan_discriminator.yaml' },
  { file: 'text_lstm.yaml' },
  { file: 'seed_stem.yaml' },
  { file: 'seed_stem_listing.yaml' },
];

const networks: readonly Reduced[] = [...wholeNetworks, ...reducedSizes];

test('every network of specs/ is run', () => {
  const files = readdirSync('specs').filter((f) => f.endsWith('.yaml'));
  expect(files.filter((f) => !networks.some((n) => n.file === f))).toEqual([]);
});

/** Set to a file, the measured errors are appended to it, a line per network. */
const report = process.env.DIFFERENTIAL_REPORT;

function summary(graph: TypedGraph, comparisons: readonly EndPointComparison[]): string {
  const worst = tfjsFormats.flatMap((format) => {
    const errors = comparisons.filter((c) => c.format === format).map((c) => c.relativeError);
    return errors.length === 0 ? [] : [`${format} ${Math.max(...errors).toExponential(1)}`];
  });
  return `${graph.name} ${graph.endPoints.length} end points, worst ${worst.join(', ')}`;
}

describe('tf.js, in both formats, and onnxruntime give the same numbers at every end point', () => {
  test.each(networks)(
    '$file $variant',
    async ({ file, formats = tfjsFormats, sizes, ...options }) => {
      const graph = compiled(file, options);
      const comparisons = await compareTargets(graph, { formats, ...(sizes === undefined ? {} : { sizes }) });
      expect(comparisons.length).toBeGreaterThan(0);
      const wrongShape = comparisons.find(
        (c) => String(c.tfjsShape) !== String(c.shape) || String(c.onnxShape) !== String(c.shape),
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
  const graph = compiled('seed_stem.yaml');
  const listing = compiled('seed_stem_listing.yaml');
  expect(existsSync('specs/seed_stem.yaml')).toBe(true);
  const [right, other] = [await compareTargets(graph), await compareTargets(listing)];
  expect(right[0]?.onnxShape).toEqual([1, 149, 149, 32]);
  expect(other[0]?.onnxShape).toEqual([1, 150, 150, 32]);
}, 120_000);
