import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { applyFixes } from '../../src/linter/applyFixes.ts';
import { findingsOf, network } from './findings.ts';

/** The attribute and the value that the rule about defaults of frameworks names. */
function left(text: string): readonly string[] {
  return findingsOf('INC610', text).map(({ params }) => `${params.attribute}: ${params.value}`);
}

const map = '[N, 8, 8, 4]';
const sequence = '[N, 5, 4]';

describe('what is left to a default that differs', () => {
  test.each([
    ['- batch_norm', map, ['epsilon: 0.001']],
    ['- group_norm: 2', map, ['epsilon: 0.00001']],
    ['- layer_norm: { epsilon: 0.001 }', map, ['axes: channel']],
    ['- layer_norm: { epsilon: 0.001 }', sequence, []],
    ['- layer_norm: { epsilon: 0.001, axes: [1, 2, 3] }', map, []],
    ['- softmax', map, ['axis: -1']],
    ['- log_softmax', sequence, ['axis: -1']],
    ['- softmax', '[N, 4]', []],
    ['- softmax: 1', map, []],
    ['- prelu', map, ['shared_axes: [height, width]']],
    ['- prelu', '[N, 2, 3, 4, 5]', ['shared_axes: [depth, height, width]']],
    ['- prelu', sequence, ['shared_axes: [1]']],
    ['- prelu', '[N, 4]', []],
    ['- prelu: { shared_axes: [] }', map, []],
    ['- lrn: { size: 5, divide_by_size: true }', map, ['alpha: 0.0001', 'beta: 0.75', 'k: 1']],
    ['- l2_normalize', map, ['epsilon: 1e-12']],
    ['- lstm: 4', sequence, ['recurrent_activation: sigmoid']],
    ['- gru: 4', sequence, ['reset_after: true', 'recurrent_activation: sigmoid']],
    ['- position_embedding', sequence, []],
    ['- position_embedding: { kind: sinusoid }', sequence, ['order: interleaved', 'denominator: half']],
    ['- depth_to_space: 2', map, ['order: row_column_channel']],
  ])('%s on %s', (step, shape, expected) => {
    expect(left(network(`  ${step}\n`, { shape }))).toEqual(expected);
  });

  test('with channels first an axis of a map has no number, and softmax is over the channels', () => {
    expect(left(network('  - softmax\n', { shape: map, more: 'channels: first\n' }))).toEqual([]);
    expect(left(network('  - softmax\n', { shape: sequence, more: 'channels: first\n' }))).toEqual([
      'axis: -1',
    ]);
  });
});

/** Written out, an attribute keeps the value that the node had: the repair is safe. */
test.each([
  ['- layer_norm: { epsilon: 0.001 }', 'last'],
  ['- layer_norm: { epsilon: 0.001 }', 'first'],
  ['- softmax:', 'last'],
  ['- prelu', 'last'],
  ['- prelu:', 'first'],
  ['- lrn: { size: 5, divide_by_size: true }', 'first'],
])('what is written for %s with channels %s is the default', (step, channels) => {
  const name = 'test.yaml';
  let text = network(`  ${step}\n`, { shape: map, more: `channels: ${channels}\n` });
  const before = attributesOf(text);
  for (let found = findingsOf('INC610', text); found.length > 0; found = findingsOf('INC610', text)) {
    const { text: repaired, applied } = applyFixes({ name, text }, found, ({ safety }) => safety === 'safe');
    expect(applied).toBeGreaterThan(0);
    text = repaired;
  }
  expect(attributesOf(text)).toEqual(before);
});

function attributesOf(text: string): unknown {
  const { graph, diagnostics } = compile(text, { name: 'test.yaml' });
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return graph.nodes.map(({ attributes }) => attributes);
}
