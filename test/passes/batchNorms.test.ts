import { describe, expect, test } from 'vitest';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { blobBytes, floatsBlob } from '../../src/weights/blob.ts';
import { type WeightSource, weightSource } from '../../src/weights/weightSource.ts';
import { nodeLines } from '../language/graphLines.ts';
import { optimizedSteps, passLines, usual } from './optimized.ts';

/** Numbers by the name of a weight without its node. */
function sourceOf(numbers: Readonly<Record<string, readonly number[]>>): WeightSource {
  const values = ({ fullName }: { fullName: string }) =>
    Float32Array.from(numbers[fullName.split('/').slice(1).join('/')] ?? []);
  const given: WeightSource = {
    values,
    fill: (w) => (out, first) => out.set(values(w).subarray(first, first + out.length)),
    blob: (w) => floatsBlob(values(w)),
  };
  const source = weightSource({ kind: 'given', source: given });
  if (source === undefined) throw new Error('a given source is one');
  return source;
}

/** Two channels: factor 4/√(3.99 + 0.01) = 2 and −3/√(0.99 + 0.01) = −3; offset 5 − 1·2 = 3 and 7 − 2·−3 = 13. */
const norm = { gamma: [4, -3], beta: [5, 7], moving_mean: [1, 2], moving_variance: [3.99, 0.99] };

/** The numbers of the weights of the first node, by their names, three decimals. */
function weights(graph: TypedGraph, numbers: Readonly<Record<string, readonly number[]>>) {
  const source = sourceOf({ ...norm, ...numbers });
  return Object.fromEntries(
    graph.nodes[0]!.weights.map((w) => {
      const bytes = blobBytes(source.blob(w));
      expect(new Float32Array(bytes.buffer)).toEqual(source.values(w));
      return [w.name, [...source.values(w)].map((v) => Math.round(v * 1000) / 1000)];
    }),
  );
}

const steps = (layer: string) => `- ${layer}\n- batch_norm: { epsilon: 0.01 }\n  name: normal`;

describe('a batch norm goes into the layer before it', () => {
  test('a convolution gets a bias: [1, 1, 4, 2], output channels last', () => {
    const result = optimizedSteps(steps('conv: { filters: 2, kernel: 1, bias: false }'));
    expect(nodeLines(result.graph)).toEqual(['conv: conv of x gives normal [N, 9, 8, 2]']);
    expect(passLines(result)).toEqual(['batch norms folded: normal']);
    expect(result.graph.nodes[0]?.attributes).toMatchObject({ bias: true });
    expect(result.graph.nodes[0]?.weights.map((w) => [w.fullName, w.shape])).toEqual([
      ['conv/kernel', [1, 1, 4, 2]],
      ['conv/bias', [2]],
    ]);
    expect(weights(result.graph, { kernel: [1, 2, 3, 4, 5, 6, 7, 8] })).toEqual({
      kernel: [2, -6, 6, -12, 10, -18, 14, -24],
      bias: [3, 13],
    });
  });

  test('the bias that it has is scaled: 10·2 + 3, 20·−3 + 13', () => {
    const { graph } = optimizedSteps(
      '- flatten\n- slice: { axis: 1, to: 1 }\n- dense: 2\n- batch_norm: { epsilon: 0.01 }',
    );
    const only = { ...graph, nodes: graph.nodes.slice(-1) };
    expect(only.nodes.map((n) => n.op)).toEqual(['dense']);
    expect(weights(only, { kernel: [1, 2], bias: [10, 20] })).toEqual({ kernel: [2, -6], bias: [23, -47] });
  });

  test('a transposed convolution: [1, 1, 2, 4], output channels before input channels', () => {
    const { graph } = optimizedSteps(steps('conv_transpose: { filters: 2, kernel: 1 }'));
    expect(weights(graph, { kernel: [1, 2, 3, 4, 5, 6, 7, 8], bias: [0, 1] })).toEqual({
      kernel: [2, 4, 6, 8, -15, -18, -21, -24],
      bias: [3, 10],
    });
  });

  test('a depthwise convolution: [1, 1, channels, multiplier], as many factors as both together', () => {
    const { graph } = optimizedSteps(
      '- slice: { axis: channel, to: 1 }\n- depthwise_conv: { kernel: 1, multiplier: 2, bias: false }\n- batch_norm: { epsilon: 0.01 }',
    );
    const only = { ...graph, nodes: graph.nodes.slice(-1) };
    expect(weights(only, { depthwise_kernel: [5, 7] })).toEqual({
      depthwise_kernel: [10, -21],
      bias: [3, 13],
    });
  });

  test('a separable convolution: the pointwise kernel alone is scaled', () => {
    const { graph } = optimizedSteps(steps('separable_conv: { filters: 2, kernel: 1, bias: false }'));
    const numbers = { depthwise_kernel: [1, 2, 3, 4], pointwise_kernel: [1, 2, 3, 4, 5, 6, 7, 8] };
    expect(weights(graph, numbers)).toEqual({
      depthwise_kernel: [1, 2, 3, 4],
      pointwise_kernel: [2, -6, 6, -12, 10, -18, 14, -24],
      bias: [3, 13],
    });
  });

  test('a norm without gamma and beta: factor 1/√4 = 1/2 and 1/√1, offset −1/2 and −2', () => {
    const { graph } = optimizedSteps(
      '- conv: { filters: 2, kernel: 1, bias: false }\n- batch_norm: { epsilon: 0.01, center: false, scale: false }',
    );
    const numbers = { kernel: [2, 2, 4, 4, 6, 6, 8, 8] };
    expect(weights(graph, numbers)).toEqual({ kernel: [1, 2, 2, 4, 3, 6, 4, 8], bias: [-0.5, -2] });
  });

  test('one norm after the other, and one behind dropout', () => {
    const result = optimizedSteps(
      '- conv: { filters: 2, kernel: 1, norm: batch_norm }\n- dropout: 0.5\n- batch_norm\n- relu',
    );
    expect(result.graph.nodes.map((n) => n.op)).toEqual(['conv', 'relu']);
    expect(result.passes.map(({ pass, nodes }) => [pass, nodes.length])).toEqual([
      ['no-ops removed', 1],
      ['batch norms folded', 2],
    ]);
  });
});

describe('a batch norm stays', () => {
  test('where another step reads what it reads', () => {
    const { passes } = optimizedSteps(
      '- conv: { filters: 4, kernel: 1 }\n  name: raw\n- batch_norm\n- add: [_, raw]',
    );
    expect(passes).toEqual([]);
  });

  test('where its input is an output of the model, as an end point can be', () => {
    const text = '- conv: { filters: 2, kernel: 1 }\n  name: raw\n- batch_norm\n- relu';
    expect(optimizedSteps(text, { ...usual, endPoints: true }).passes).toEqual([]);
    expect(passLines(optimizedSteps(text))).toEqual([
      'batch norms folded: batch_norm',
      'end points gone: raw',
    ]);
  });

  test('where the weights of the layer are used twice', () => {
    const { passes } = optimizedSteps(
      '- conv: { filters: 4, kernel: 1 }\n  name: first\n- batch_norm\n- conv: { filters: 4, kernel: 1 }\n  share: first\n- batch_norm',
    );
    expect(passes).toEqual([]);
  });

  test('where it is no layer that it follows, and where the model holds no weights', () => {
    expect(
      optimizedSteps('- conv: { filters: 4, kernel: 1, activation: relu }\n- batch_norm').passes,
    ).toEqual([]);
    const text = '- conv: { filters: 2, kernel: 1 }\n- batch_norm';
    expect(optimizedSteps(text, { ...usual, foldsWeights: false }).passes).toEqual([]);
  });
});
