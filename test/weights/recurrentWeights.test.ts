import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import { schemeMap } from '../../src/weights/nameMap.ts';
import type { SchemeName } from '../../src/weights/nameSchemes.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { counting, nothingBeside, safetensorsFile, type Written } from './filledFile.ts';

/** Reads a file for a network of these steps on [N, 4, 3]; the numbers of each weight, or the names of the problems. */
function read(steps: string, names: SchemeName, tensors: Readonly<Record<string, Written>>) {
  const text = `inception: 1\nname: net\ninputs: { x: [N, 4, 3] }\nnetwork:\n${steps}`;
  const { graph, diagnostics } = compile(text, { name: 'net.yaml' });
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  const given = {
    name: 'w.safetensors',
    bytes: safetensorsFile(tensors),
    open: nothingBeside,
    names: schemeMap(names),
    allowMissing: false,
    allowUnexpected: false,
  };
  const result = weightsFromFile(graph, given, weightSource({ kind: 'zeros' })!);
  if (!result.ok) return result.problems.map(({ name, params }) => [name, params.items]);
  const weights = graph.nodes.flatMap((node) => node.weights);
  return Object.fromEntries(weights.map((w) => [w.fullName, [...result.value.source.values(w)]]));
}

/** 100 times the values of `counting`, which tells the tensors of a sum apart. */
function hundreds(...shape: readonly number[]): Written {
  return { shape, values: counting(...shape).values.map((value) => 100 * value) };
}

// torch.nn.LSTM: weight_ih_l[k] is (W_ii|W_if|W_ig|W_io), [4·hidden, input]; Keras' columns are i, f, c, o, and g is c.
test('an LSTM of PyTorch: the gates stand as in Keras, and its two biases are added up', () => {
  const tensors = {
    'rnn.weight_ih_l0': counting(8, 3),
    'rnn.weight_hh_l0': counting(8, 2),
    'rnn.bias_ih_l0': counting(8),
    'rnn.bias_hh_l0': hundreds(8),
  };
  expect(read('  - lstm: 2\n    name: rnn\n', 'torch', tensors)).toEqual({
    // Row g, column c there is number 3g + c, and stands at (c, g) here.
    'rnn/kernel': [0, 3, 6, 9, 12, 15, 18, 21, 1, 4, 7, 10, 13, 16, 19, 22, 2, 5, 8, 11, 14, 17, 20, 23],
    'rnn/recurrent_kernel': [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15],
    'rnn/bias': [0, 101, 202, 303, 404, 505, 606, 707],
  });
});

// torch.nn.GRU: (W_ir|W_iz|W_in), n = tanh(W_in x + b_in + r ∘ (W_hn h + b_hn)); Keras' columns are z, r, h and the rows of
// its bias that of the input and that of the state.
test("a GRU of PyTorch: r z n becomes z r h, and its two biases are the rows of Keras'", () => {
  const tensors = {
    'rnn.weight_ih_l0': counting(6, 3),
    'rnn.weight_hh_l0': counting(6, 2),
    'rnn.bias_ih_l0': counting(6),
    'rnn.bias_hh_l0': hundreds(6),
  };
  expect(read('  - gru: 2\n    name: rnn\n', 'torch', tensors)).toEqual({
    // Rows 0 and 1 there are r, 2 and 3 z, 4 and 5 n; here the columns are rows 2, 3, 0, 1, 4, 5 of it.
    'rnn/kernel': [6, 9, 0, 3, 12, 15, 7, 10, 1, 4, 13, 16, 8, 11, 2, 5, 14, 17],
    'rnn/recurrent_kernel': [4, 6, 0, 2, 8, 10, 5, 7, 1, 3, 9, 11],
    'rnn/bias': [2, 3, 0, 1, 4, 5, 200, 300, 0, 100, 400, 500],
  });
});

test('both directions and several layers of a simple cell of PyTorch', () => {
  const layer = (suffix: string, width: number) => ({
    [`encoder.rnn.weight_ih_${suffix}`]: counting(1, width),
    [`encoder.rnn.weight_hh_${suffix}`]: counting(1, 1),
    [`encoder.rnn.bias_ih_${suffix}`]: counting(1),
    [`encoder.rnn.bias_hh_${suffix}`]: counting(1),
  });
  const tensors = {
    ...layer('l0', 3),
    ...layer('l0_reverse', 3),
    ...layer('l1', 2),
    ...layer('l1_reverse', 2),
  };
  const call = '{ units: 1, bidirectional: true, return_sequences: true }';
  const step = (name: string) => `          - simple_rnn: ${call}\n            name: ${name}\n`;
  const steps = `  - steps:\n      - steps:\n${step('l0')}${step('l1')}        name: rnn\n    name: encoder\n`;
  expect(read(steps, 'torch', tensors)).toEqual({
    'encoder/rnn/l0/forward/kernel': [0, 1, 2],
    'encoder/rnn/l0/forward/recurrent_kernel': [0],
    'encoder/rnn/l0/forward/bias': [0],
    'encoder/rnn/l0/backward/kernel': [0, 1, 2],
    'encoder/rnn/l0/backward/recurrent_kernel': [0],
    'encoder/rnn/l0/backward/bias': [0],
    'encoder/rnn/l1/forward/kernel': [0, 1],
    'encoder/rnn/l1/forward/recurrent_kernel': [0],
    'encoder/rnn/l1/forward/bias': [0],
    'encoder/rnn/l1/backward/kernel': [0, 1],
    'encoder/rnn/l1/backward/recurrent_kernel': [0],
    'encoder/rnn/l1/backward/bias': [0],
  });
});

test('an LSTMCell of PyTorch without biases', () => {
  const tensors = { 'cell.weight_ih': counting(4, 3), 'cell.weight_hh': counting(4, 1) };
  expect(read('  - lstm: { units: 1, bias: false }\n    name: cell\n', 'torch', tensors)).toEqual({
    'cell/kernel': [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11],
    'cell/recurrent_kernel': [0, 1, 2, 3],
  });
});

test('one of the two biases alone is not the bias', () => {
  const tensors = {
    'rnn.weight_ih_l0': counting(1, 3),
    'rnn.weight_hh_l0': counting(1, 1),
    'rnn.bias_ih_l0': counting(1),
  };
  expect(read('  - simple_rnn: 1\n    name: rnn\n', 'torch', tensors)).toEqual([
    ['weights-missing', ['rnn/bias']],
    ['weights-unexpected', ['rnn.bias_ih_l0 [1]']],
  ]);
});

test('a GRU that resets before the product is none of PyTorch', () => {
  const tensors = { 'rnn.weight_ih_l0': counting(3, 3), 'rnn.weight_hh_l0': counting(3, 1) };
  const step = '  - gru: { units: 1, bias: false, reset_after: false }\n    name: rnn\n';
  expect(read(step, 'torch', tensors)).toEqual([
    ['weights-order', ['rnn/kernel: rnn.weight_ih_l0', 'rnn/recurrent_kernel: rnn.weight_hh_l0']],
  ]);
});

// The paths of variables in Keras 3: the cell is a layer inside, and Bidirectional calls its layers forward_… and backward_….
test.each([
  ['gru', 'rnn/gru_cell', 3],
  ['simple_rnn', 'rnn/simple_rnn_cell', 1],
  ['lstm', 'rnn', 4],
])('a layer %s of Keras as %s', (op, path, gates) => {
  const tensors = {
    [`${path}/kernel`]: counting(3, gates),
    [`${path}/recurrent_kernel`]: counting(1, gates),
  };
  const numbers = [...counting(3, gates).values];
  const step = `  - ${op}: { units: 1, bias: false }\n    name: rnn\n`;
  expect(read(step, 'keras', tensors)).toMatchObject({ 'rnn/kernel': numbers });
});

test('a Bidirectional of Keras', () => {
  const direction = (name: string) => ({
    [`bidirectional/${name}_lstm/lstm_cell/kernel`]: counting(3, 4),
    [`bidirectional/${name}_lstm/lstm_cell/recurrent_kernel`]: counting(1, 4),
    [`bidirectional/${name}_lstm/lstm_cell/bias`]: counting(4),
  });
  const step = '  - lstm: { units: 1, bidirectional: true }\n    name: bidirectional\n';
  expect(read(step, 'keras', { ...direction('forward'), ...direction('backward') })).toMatchObject({
    'bidirectional/forward/bias': [0, 1, 2, 3],
    'bidirectional/backward/kernel': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  });
});
