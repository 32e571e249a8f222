import { describe, expect, test } from 'vitest';
import { showShape } from '../../src/tensor/shape.ts';
import { compileText } from '../golden/compileSpec.ts';

function compiled(network: string) {
  const text = `inception: 1
name: t
inputs:
  x: [N, 7, 3]
  lengths: { shape: [N], dtype: int32 }
network:
${network}`;
  const { graph, diagnostics } = compileText(text, 'test.yaml');
  return {
    said: diagnostics.map((d) => d.message),
    outputs: graph?.outputs.map(({ name, value }) => `${name}: ${showShape(value.type.shape)}`),
    weights: graph?.nodes.flatMap((n) => n.weights).map((w) => `${w.fullName}: [${w.shape.join(', ')}]`),
  };
}

describe('a recurrent step', () => {
  test('passes one value on', () => {
    const { said, outputs, weights } = compiled(`  - lstm: { units: 5, bidirectional: true }
    from: x
    name: encoder
  - dense: 2`);
    expect(said).toEqual([]);
    expect(outputs).toEqual(['dense: [N, 2]']);
    expect(weights).toEqual([
      'encoder/forward/kernel: [3, 20]',
      'encoder/forward/recurrent_kernel: [5, 20]',
      'encoder/forward/bias: [20]',
      'encoder/backward/kernel: [3, 20]',
      'encoder/backward/recurrent_kernel: [5, 20]',
      'encoder/backward/bias: [20]',
      'dense/kernel: [10, 2]',
      'dense/bias: [2]',
    ]);
  });

  test('gives its states by name, from which another begins', () => {
    const { said, outputs } = compiled(`  - lstm: { units: 5, return_state: true }
    name: encoder
    from: { x: x, lengths: lengths }
  - lstm: { units: 5, return_sequences: true }
    name: decoder
    from: { x: x, initial_state: encoder/state, initial_cell: encoder/cell }`);
    expect(said).toEqual([]);
    expect(outputs).toEqual(['decoder: [N, 7, 5]']);
  });

  test('takes the number of units alone', () => {
    const { said, outputs, weights } = compiled(`  - gru: 4
    from: x`);
    expect(said).toEqual([]);
    expect(outputs).toEqual(['gru: [N, 4]']);
    expect(weights).toEqual(['gru/kernel: [3, 12]', 'gru/recurrent_kernel: [4, 12]', 'gru/bias: [2, 12]']);
  });
});
