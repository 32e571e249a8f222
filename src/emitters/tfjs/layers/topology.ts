import { groupBy } from '../../../common/groups.ts';
import type { Weight } from '../../../ir/graph.ts';
import type { Config } from './step.ts';

/** A call of a Keras layer; what is read of it is its first output, unless the reader says otherwise. */
export interface Layer {
  /** The call's own name; that of the layer, unless another call of the layer has it. */
  readonly name: string;
  /** The layer that is called: steps that share their weights are calls of one. */
  readonly calls: string;
  readonly className: string;
  readonly config: Config;
  /** The layers it reads, in order. */
  readonly inbound: readonly string[];
  /** Which output of those layers it reads; the first where left out. */
  readonly inboundOutput?: number;
  readonly weights: readonly LayerWeight[];
}

/** A weight as the model stores it: `<layer>/<weight>`. */
export interface LayerWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly weight: Weight;
}

/** A model of Keras layers by their calls, inputs first, in an order in which they can be computed. */
export interface Topology {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** Names of the input layers, in the order in which values are fed. */
  readonly inputs: readonly string[];
  readonly outputs: readonly NamedLayer[];
  /** The layer that makes each end point the model computes. */
  readonly endPoints: readonly NamedLayer[];
}

/** A name of the network and the call that makes its value. */
export interface NamedLayer {
  readonly name: string;
  readonly layer: string;
}

/** The names that tf.js accepts for tensors (tensorNameRegex in tfjs-layers/src/common.ts). */
const tensorName = /^[A-Za-z0-9][-A-Za-z0-9._/]*$/;

export const tensorNameRule =
  'tf.js takes letters, digits and . _ - / in the name of a layer, and a letter or digit at its start';

/** Whether tf.js takes this as the name of a layer. */
export function isTensorName(name: string): boolean {
  return tensorName.test(name);
}

/**
 * What must hold before a topology is printed. tf.loadLayersModel does not report a violation: a name given twice, a
 * layer that reads an unknown or a later one sends it into an endless loop.
 */
export function verifyTopology({ layers, inputs, outputs }: Topology): void {
  const known = new Set<string>();
  for (const { name, inbound } of layers) {
    invariant(isTensorName(name), `tf.js would refuse the layer name ${name}`);
    invariant(!known.has(name), `two layers are called ${name}`);
    for (const source of inbound)
      invariant(known.has(source), `${name} reads ${source}, which is not before it`);
    invariant(new Set(inbound).size === inbound.length, `${name} reads one layer twice`);
    known.add(name);
  }
  for (const [layer, calls] of callsByLayer(layers)) {
    const forms = new Set(calls.map(({ className, config }) => JSON.stringify([className, config])));
    invariant(forms.size === 1, `the calls of ${layer} are not alike`);
  }
  for (const name of inputs) invariant(known.has(name), `the input ${name} has no layer`);
  for (const { layer } of outputs) invariant(known.has(layer), `the output ${layer} has no layer`);
  invariant(new Set(outputs.map((o) => o.layer)).size === outputs.length, 'two outputs are one layer');
}

/** The calls of each layer, in order. */
export function callsByLayer(layers: readonly Layer[]): ReadonlyMap<string, readonly Layer[]> {
  return groupBy(layers, (layer) => layer.calls);
}

function invariant(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Error(`the tf.js topology is broken: ${why}`);
}
