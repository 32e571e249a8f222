import { expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { graphOf } from '../../../language/graphLines.ts';
import { modelOf, seeded } from './modelOf.ts';

const graph = graphOf(`inception: 1
name: net
inputs: { x: [N, 9, 8, 4] }
network:
  - conv: { filters: 3, kernel: 3, padding: [[0, 1], [2, 0]], activation: relu6 }
  - depthwise_conv: { kernel: 3, activation: relu }
    name: read_twice
  - conv: { filters: 3, kernel: 1 }
    name: raw
  - elu
  - add: [_, read_twice]
  - conv: { filters: 3, kernel: 1 }
    name: shared
  - sigmoid
  - conv: { filters: 3, kernel: 1 }
    share: shared
  - sigmoid
  - leaky_relu: 0.1
  - global_avg_pool
  - dense: { units: 5, activation: tanh }
  - dense: 2
    name: logits
  - softmax:
    name: shares
outputs: [raw, shares]
`);

interface Listed {
  readonly class_name: string;
  readonly name: string;
  readonly config: { readonly activation?: string };
}

/** The layers but the input, as `Dense logits linear`. */
function layers(fuseActivations: boolean): string[] {
  const { modelTopology } = modelOf(graph, { fuseActivations });
  const listed: readonly Listed[] = modelTopology.model_config.config.layers;
  return listed
    .slice(1)
    .map(({ class_name, name, config }) =>
      [class_name, name, ...(config.activation === undefined ? [] : [config.activation])].join(' '),
    );
}

test('a layer says the activation that alone reads it, by the names of tfjs-layers/src/activations.ts', () => {
  expect(layers(true)).toEqual([
    'ZeroPadding2D conv/pad',
    'Conv2D conv relu6',
    'DepthwiseConv2D read_twice relu',
    'Conv2D raw linear', // an output
    'ELU elu',
    'Add add',
    'Conv2D shared linear', // called twice
    'Activation sigmoid sigmoid',
    'Activation sigmoid_2 sigmoid',
    'LeakyReLU leaky_relu', // with a slope
    'GlobalAveragePooling2D global_avg_pool',
    'Dense dense tanh',
    'Dense logits softmax',
  ]);
});

test('what it did is reported, and nothing where it is not asked for', () => {
  const emitted = (fuseActivations: boolean) => {
    const { files: _, ...rest } = emitTfjs(graph, { ...seeded, fuseActivations }) as { files?: unknown };
    return rest;
  };
  const nodes = ['conv/relu6', 'read_twice/relu', 'dense/tanh', 'shares'];
  expect(emitted(true)).toEqual({ ok: true, passes: [{ pass: 'activations fused', nodes }] });
  expect(emitted(false)).toEqual({ ok: true });
  expect(layers(false).filter((line) => / (relu6?|tanh|softmax)$/.test(line))).toEqual([
    'Activation dense/tanh tanh',
  ]);
});

test('the metadata names the layers that give the outputs', () => {
  const { outputs } = modelOf(graph, { fuseActivations: true }).userDefinedMetadata;
  expect(outputs).toEqual({ raw: 'raw', shares: 'logits' });
});
