import type { TypedGraph } from '../../../ir/graph.ts';
import { version } from '../../../version.ts';
import type { Config, Json } from './step.ts';
import type { Layer, LayerWeight, NamedLayer, Topology } from './topology.ts';

/** What `model.json` holds of the weights: undefined for a model without them. */
export interface Manifest {
  readonly paths: readonly string[];
  readonly weights: readonly LayerWeight[];
}

/**
 * The content of `model.json`, as `LayersModel.save` of tf.js writes it (ModelJSON in tfjs-core/src/io/types.ts).
 * Without a manifest, tf.loadLayersModel draws weights by the layers' initialisers.
 */
export function modelJson(graph: TypedGraph, topology: Topology, manifest: Manifest | undefined): Config {
  return {
    format: 'layers-model',
    generatedBy: `inception-cli v${version}`,
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Functional', config: functionalConfig(topology) },
    },
    ...(manifest === undefined ? {} : { weightsManifest: weightsManifest(manifest) }),
    userDefinedMetadata: metadata(graph, topology),
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

function weightsManifest({ paths, weights }: Manifest): readonly Json[] {
  if (weights.length === 0) return [];
  return [{ paths, weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }];
}

/** What the inputs mean, and which layer makes the value that the network calls so. */
function metadata(graph: TypedGraph, { outputs, endPoints }: Topology): Config {
  return {
    ...(graph.title === undefined ? {} : { title: graph.title }),
    inputs: graph.inputs.map(({ value, meaning }) => ({ name: value.name, ...meaning })),
    outputs: layersByName(outputs),
    endPoints: layersByName(endPoints),
  };
}

function layersByName(named: readonly NamedLayer[]): Config {
  return Object.fromEntries(named.map(({ name, layer }) => [name, layer]));
}
