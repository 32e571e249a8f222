import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CompileOptions, compile } from '../../src/compile.ts';
import type { OnnxOptions } from '../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { parse } from '../../src/parser/parse.ts';
import { OpSchemas } from '../../src/parser/parseAttributes.ts';
import { symbol } from '../../src/tensor/dim.ts';
import { reducedSizes } from '../differential/reducedSizes.ts';
import { cases } from '../emitters/onnx/exampleCases.ts';
import { network } from '../emitters/onnx/network.ts';
import { checkModels, type Emission, type Findings, hasChecker } from './onnxChecker.ts';

const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });

function compiled(name: string, options: CompileOptions = {}): TypedGraph {
  const { graph } = compile(readFile(name).text, { name, readFile, ...options });
  if (graph === undefined) throw new Error(`${name} has no graph`);
  return graph;
}

/** Every network of specs/ at its own size, in its default form and in each variant. */
const whole = readdirSync('specs')
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => {
    const name = `specs/${file}`;
    const { value } = parse({ name, text: readFile(name).text }, new OpSchemas());
    const variants = [undefined, ...(value?.variants ?? []).map((v) => v.name)];
    return variants.map((variant) => ({
      title: `${name} ${variant ?? ''}`,
      graph: () => compiled(name, variant === undefined ? {} : { variant }),
    }));
  });

/** The forms with params of their own. */
const reduced = reducedSizes.map(({ file, formats: _, sizes: __, ...options }) => ({
  title: `specs/${file} ${JSON.stringify(options)}`,
  graph: () => compiled(`specs/${file}`, options),
}));

const networks = [...whole, ...reduced];

function* emissions(options: Partial<OnnxOptions>): Generator<Emission> {
  for (const { title, graph } of networks) yield { title, graph: graph(), options };
}

/**
 * Networks in which inference cannot know every size: it names no product or sum of symbols, which windows and texts of
 * open length have, and takes the sizes of a Resize one by one only where all are numbers.
 */
const open =
  /(bert|convolutional_autoencoder|deeplab_v3|fcn|fcn_8s|fpn|gpt2|llama|swin|unet_padded|wavenet|yolov8)\.yaml/;

function expectAccepted(found: Findings): void {
  const { models, same, open } = found;
  console.log(`${models} models: inference finds ${same} sizes as they are written, and leaves ${open} open`);
  expect(found.faults).toEqual([]);
  expect(same / (same + open)).toBeGreaterThan(0.9);
}

describe.skipIf(!hasChecker())('the official checker with full inference accepts', () => {
  test.each([
    { opset: 13 },
    { opset: 17 },
    { opset: 20, layout: 'nchw' },
    { opset: 21 },
    { opset: 24 },
  ] as const)('every example with %o', (options) => {
    const found = checkModels(cases.map(({ title, graph }) => ({ title, graph, options })));
    expectAccepted(found);
    expect(found.notFollowed).toEqual([]);
  });

  test.each([
    { opset: 13 },
    { layout: 'nchw', endPoints: true },
    { opset: 24, weights: { kind: 'none' } },
    { opset: 13, functions: true },
    { opset: 21, functions: true, endPoints: true },
  ] as const)('every network with %o', (options) => {
    const found = checkModels(emissions(options));
    expectAccepted(found);
    expect(found.openIn.filter((title) => !open.test(title))).toEqual([]);
    // The regions that a shifted window must not mix are sums of a row and a column.
    expect(found.notFollowed.filter((title) => !title.includes('swin.yaml'))).toEqual([]);
  });

  test.each([
    ['size', ['N', 7, 6, 4], 'differ in dimension 1: (6) vs (7)'],
    ['symbol', ['M', 6, 6, 4], "y: ['M', 6, 6, 4] of type 1, ['N', 6, 6, 4] of type 1"],
  ] as const)('and refuses a wrong %s', (_, [batch, ...sizes], told) => {
    const graph = network({
      inputs: { x: ['N', 8, 8, 3] },
      steps: { y: { op: 'conv', from: ['x'], attributes: { filters: 4, kernel: 3 } } },
    });
    const type = { dtype: 'float32', shape: [symbol(batch), ...sizes] } as const;
    const outputs = graph.outputs.map((output) => ({ ...output, value: { ...output.value, type } }));
    const { faults } = checkModels([{ title: 'net', graph: { ...graph, outputs } }]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(told);
  });
});
