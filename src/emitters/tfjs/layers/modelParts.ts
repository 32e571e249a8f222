import type { TypedGraph } from '../../../ir/graph.ts';
import type { Json } from '../json.ts';
import { type ModelParts, metadataOf } from '../modelFiles.ts';
import type { Config } from './step.ts';
import type { Layer, NamedLayer, Topology } from './topology.ts';

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

function functionalConfig({ name, layers, inputs, outputs }: Topology): Config {
  return {
    name,
    layers: layers.map(layerJson),
    input_layers: inputs.map(tensorOf),
    output_layers: outputs.map((o) => tensorOf(o.layer)),
  };
}

/** `config` begins with the name: tf.js takes a layer's name from there, and refers to it by the one outside. */
function layerJson({ name, className, config, inbound }: Layer): Json {
  return {
    class_name: className,
    config: { name, ...config },
    name,
    inbound_nodes: inbound.length === 0 ? [] : [inbound.map((source) => [...tensorOf(source), {}])],
  };
}

/** The only tensor of a layer: its first call, its first output. */
function tensorOf(layer: string): readonly [string, number, number] {
  return [layer, 0, 0];
}

function layersByName(named: readonly NamedLayer[]): Config {
  return Object.fromEntries(named.map(({ name, layer }) => [name, layer]));
}
