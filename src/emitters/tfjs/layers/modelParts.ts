import type { TypedGraph } from '../../../ir/graph.ts';
import type { Json } from '../json.ts';
import { type ModelParts, metadataOf } from '../modelFiles.ts';
import type { Config } from './step.ts';
import { callsByLayer, type Layer, type NamedLayer, type Topology } from './topology.ts';

/**
 * A model as `LayersModel.save` of tf.js describes it, with the layer that makes each output and end point. Where no
 * weights are given, tf.loadLayersModel draws them by the layers' initialisers.
 */
export function modelParts(graph: TypedGraph, topology: Topology): ModelParts {
  const outputs = layersByName(topology.outputs);
  const endPoints = layersByName(topology.endPoints);
  return {
    format: 'layers-model',
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Functional', config: functionalConfig(topology) },
    },
    userDefinedMetadata: metadataOf(graph, { outputs, endPoints }),
  };
}

/** A tensor: its layer, the number of the call and of the output. */
type TensorReference = readonly [string, number, number];

function functionalConfig({ name, layers, inputs, outputs }: Topology): Config {
  const byLayer = callsByLayer(layers);
  const tensors = new Map<string, TensorReference>();
  for (const [layer, calls] of byLayer)
    for (const [i, call] of calls.entries()) tensors.set(call.name, [layer, i, 0]);
  const tensorOf = (call: string): TensorReference => tensors.get(call) ?? [call, 0, 0];
  return {
    name,
    layers: [...byLayer].map(([layer, calls]) => layerJson(layer, calls, tensorOf)),
    input_layers: inputs.map(tensorOf),
    output_layers: outputs.map((o) => tensorOf(o.layer)),
  };
}

/** `config` begins with the name: tf.js takes a layer's name from there, and refers to it by the one outside. */
function layerJson(name: string, calls: readonly Layer[], tensorOf: (call: string) => TensorReference): Json {
  const [first] = calls;
  const reading = calls.filter(({ inbound }) => inbound.length > 0);
  return {
    class_name: first?.className ?? '',
    config: { name, ...first?.config },
    name,
    inbound_nodes: reading.map(({ inbound, inboundOutput = 0 }) =>
      inbound.map((source) => {
        const [layer, call] = tensorOf(source);
        return [layer, call, inboundOutput, {}];
      }),
    ),
  };
}

function layersByName(named: readonly NamedLayer[]): Config {
  return Object.fromEntries(named.map(({ name, layer }) => [name, layer]));
}
