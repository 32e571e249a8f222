import { expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec } from '../golden/compileSpec.ts';

/*
 * Networks on sequences. What model.summary() prints on keras.io/examples/nlp/bidirectional_lstm_imdb: shapes, and
 * parameters of each layer.
 */

test('text_lstm has the layers that Keras prints', () => {
  const { graph, diagnostics } = compileSpec('specs/text_lstm.yaml');
  expect(diagnostics).toEqual([]);
  const rows = graph?.nodes.map(({ name, weights, outputs: [y] }) => {
    const count = weights.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
    return [name, showShape(y!.type.shape), count];
  });
  expect(rows).toEqual([
    ['vectors', '[N, 200, 128]', 2560000],
    ['lstm_1', '[N, 200, 128]', 98816],
    ['lstm_2', '[N, 128]', 98816],
    ['positive', '[N, 1]', 129],
    ['positive/sigmoid', '[N, 1]', 0],
  ]);
  expect(totals(graph?.nodes ?? []).parameters).toEqual({ trainable: 2757761, nonTrainable: 0 });
});

test('text_lstm takes reviews of any length, as the example does', () => {
  const { graph, diagnostics } = compileSpec('specs/text_lstm.yaml', { inputs: { words: ['N', 'T'] } });
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(graph?.nodes.map(({ outputs: [y] }) => showShape(y!.type.shape))).toEqual([
    '[N, T, 128]',
    '[N, T, 128]',
    '[N, 128]',
    '[N, 1]',
    '[N, 1]',
  ]);
});
