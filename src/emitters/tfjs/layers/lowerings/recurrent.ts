import type { TypedNode } from '../../../../ir/graph.ts';
import { byInput, type CellActivation, prefixes } from '../../../../ops/recurrent.ts';
import { type Unsupported, unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { initializer } from '../initializer.ts';
import { type Chain, type Config, helper, own, type Step, type WeightForm } from '../step.ts';

type RecurrentNode = TypedNode<'lstm' | 'gru' | 'simple_rnn'>;

/** Recurrent layers, whose defaults in tf.js differ from Keras': every function is written out. */
export const recurrentLowerings = {
  lstm: (node) =>
    layered(node, 'LSTM', {
      recurrent_activation: functionNames[node.attributes.recurrent_activation],
      unit_forget_bias: node.attributes.bias,
      implementation: 1,
    }),
  gru: (node) =>
    node.attributes.reset_after
      ? unsupported(resetsBefore)
      : layered(node, 'GRU', {
          recurrent_activation: functionNames[node.attributes.recurrent_activation],
          reset_after: false,
          implementation: 1,
        }),
  simple_rnn: (node) => layered(node, 'SimpleRNN', {}),
} satisfies Partial<LayerLowerings>;

const resetsBefore = 'GRU of tf.js has `reset_after: false` only; the graph format has both forms';

const noLengths =
  'a layer of tf.js takes the lengths of sequences from padding only; the graph format reads them';

const noParts =
  'initial states of two directions come side by side, and no layer of tf.js gives a part of its input; the graph format cuts them';

const readsBackwards =
  'a layer of tf.js that reads from the end gives its outputs in the order of reading, and none turns them round; the graph format keeps their positions';

const functionNames: Readonly<Record<CellActivation, string>> = {
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  relu: 'relu',
  hard_sigmoid: 'hard_sigmoid',
  linear: 'linear',
};

function layered(node: RecurrentNode, className: string, config: Config): Chain | Unsupported {
  const reason = refusal(node);
  if (reason !== undefined) return unsupported(reason);
  const layer = { ...commonConfig(node), ...config };
  const { bidirectional, return_state } = node.attributes;
  const states = return_state ? statesOf(node) : [];
  if (!bidirectional) return [own(className, layer), ...states];
  const inner = { class_name: className, config: { name: innerName, ...layer } };
  const weightForms = Object.fromEntries(
    node.weights.map(({ name, shape }) => [name, innerForm(name, shape)]),
  );
  return [{ ...own('Bidirectional', { merge_mode: 'concat', layer: inner }), weightForms }, ...states];
}

function refusal({ inputs, roles, attributes }: RecurrentNode): string | undefined {
  const given = byInput(inputs, roles);
  if (given.lengths !== undefined) return noLengths;
  if (given.initial_state !== undefined && attributes.bidirectional) return noParts;
  return attributes.reverse && attributes.return_sequences ? readsBackwards : undefined;
}

/** Layers that pass the further outputs on: the states, or those of one direction after those of the other. */
function statesOf(node: RecurrentNode): Chain {
  const names = node.op === 'lstm' ? ['state', 'cell'] : ['state'];
  return names.flatMap((name, i) => {
    if (!node.attributes.bidirectional) return [passed(name, i + 1)];
    const [first, second] = [`forward_${name}`, `backward_${name}`];
    const both = { ...helper(name, 'Concatenate', { axis: -1 }), reads: [first, second] };
    return [passed(first, i + 1), passed(second, names.length + i + 1), both];
  });
}

function passed(suffix: string, output: number): Step {
  return { ...helper(suffix, 'Activation', { activation: 'linear' }), reads: [''], readsOutput: output };
}

function commonConfig({ attributes, weights }: RecurrentNode): Config {
  const { units, activation, bias, return_sequences, return_state, reverse } = attributes;
  const [prefix = ''] = prefixes(attributes);
  const initialisers = weights
    .filter(({ name }) => name.startsWith(prefix))
    .map((w) => [
      `${w.name.slice(prefix.length).replace('_kernel', '')}_initializer`,
      initializer(w.initialiser),
    ]);
  return {
    units,
    activation: functionNames[activation],
    use_bias: bias,
    return_sequences,
    return_state,
    go_backwards: reverse,
    stateful: false,
    unroll: false,
    ...Object.fromEntries(initialisers),
  };
}

const innerName = 'cell';

/** `forward/kernel` is kept by the layer `forward_cell` inside. */
function innerForm(name: string, shape: readonly number[]): WeightForm {
  const [direction = '', weight = ''] = name.split('/');
  return { name: `${direction}_${innerName}/${weight}`, shape };
}
