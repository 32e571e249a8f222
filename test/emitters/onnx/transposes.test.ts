import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lowerGraph } from '../../../src/emitters/onnx/lower.ts';
import type { NodeMessage } from '../../../src/emitters/onnx/nodeMessage.ts';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import type { Message } from '../../../src/emitters/onnx/wire/messages.ts';
import type { TypedGraph } from '../../../src/ir/graph.ts';
import { compileSpec } from '../../golden/compileSpec.ts';

/**
 * Transposes between layouts that are needed inside of a network, in any layout of its input.
 *
 * - A map of several positions that is flattened in the order of the spec, whose channels are last: one.
 * - A map from a convolution that becomes a sequence of tokens: one, as in the authors' code.
 * - ConvNeXt, by hand: its 18 blocks have a depthwise convolution, channels first, and a norm and dense layers along
 *   the channels, last: two in each, as the permutes in torchvision's `CNBlock`. The norm of the stem takes one. Those
 *   between stages read what they find and give it to a convolution: one where the stage before ended channels last
 *   (the first, as its block 0 began so), two where it ended channels first. 18·2 + 1 + 1 + 2 + 2 = 42.
 */
const inside: Readonly<Record<string, number>> = {
  'alexnet.yaml': 1,
  'alexnet_owt.yaml': 1,
  'vgg.yaml': 1,
  'vit.yaml': 1,
  'swin.yaml': 1,
  'convnext.yaml': 42,
};

const files = readdirSync('specs').filter((file) => file.endsWith('.yaml'));

function modelOf(graph: TypedGraph, options: Partial<OnnxOptions>): Message<'Model'> {
  const lowered = lowerGraph(graph, { ...onnxDefaults, weights: { kind: 'none' }, ...options });
  if (!lowered.ok) throw new Error(JSON.stringify(lowered.problems.map((p) => p.problem)));
  return lowered.model;
}

/** Those that bring a value into the other layout are named after the layout. */
function isBetweenLayouts({ op_type, name = '' }: NodeMessage): boolean {
  return op_type === 'Transpose' && /\/to_n\w*c\w*(\/added(_\d+)?)?$/.test(name);
}

/** How often each tensor of the caller is brought into another layout, and how many Transposes are on none. */
function counted({ graph }: Message<'Model'>) {
  const seen = [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({ name = '' }) => name);
  const ends = (graph?.node ?? [])
    .filter(isBetweenLayouts)
    .map((node) => [...(node.input ?? []), ...(node.output ?? [])]);
  const often = seen.map((name) => ends.filter((end) => end.includes(name)).length);
  return {
    within: ends.filter((end) => !end.some((name) => seen.includes(name))).length,
    most: Math.max(...often),
  };
}

/** All Transposes, those in functions as often as they are called. */
function allTransposes({ graph, functions = [] }: Message<'Model'>): number {
  const inFunction = new Map<string, number>();
  const count = (nodes: readonly NodeMessage[]): number =>
    nodes.reduce(
      (sum, { op_type = '' }) => sum + (inFunction.get(op_type) ?? Number(op_type === 'Transpose')),
      0,
    );
  for (const { name = '', node = [] } of functions) inFunction.set(name, count(node));
  return count(graph?.node ?? []);
}

test.each(files)('%s: at most one at each input and output, and none inside that is not needed', (file) => {
  const { graph } = compileSpec(`specs/${file}`);
  const [nhwc, nchw] = [modelOf(graph!, { layout: 'nhwc' }), modelOf(graph!, { layout: 'nchw' })];
  for (const model of [nhwc, nchw]) {
    expect(counted(model).within).toBe(inside[file] ?? 0);
    expect(counted(model).most).toBeLessThanOrEqual(1);
  }
  expect(allTransposes(modelOf(graph!, { layout: 'nhwc', functions: true }))).toBe(allTransposes(nhwc));
});

test('a network of maps has none at all where its caller gives channels first', () => {
  const { graph } = compileSpec('specs/inception_v4.yaml');
  expect(allTransposes(modelOf(graph!, { layout: 'nchw' }))).toBe(0);
  expect(allTransposes(modelOf(graph!, { layout: 'nhwc' }))).toBe(1);
});
