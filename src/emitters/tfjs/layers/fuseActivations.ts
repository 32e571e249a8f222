import type { TypedGraph, TypedNode } from '../../../ir/graph.ts';
import { soleReaders } from '../../../ir/soleReaders.ts';
import { weightUsers } from '../../../ir/weightUsers.ts';
import { wantedOutputs } from './connect.ts';
import type { Chain, Step } from './step.ts';

/** Chains after activations went into the layers before them. */
export interface Fused {
  readonly chains: ReadonlyMap<TypedNode, Chain>;
  /** The nodes that have no layer any more. */
  readonly nodes: readonly TypedNode[];
}

/** The chains as they are. */
export function nothingFused(chains: ReadonlyMap<TypedNode, Chain>): Fused {
  return { chains, nodes: [] };
}

/** Layers of tfjs-layers 4.22 that apply an `activation` to all that they give. */
const applying: readonly string[] = [
  'Conv1D',
  'Conv2D',
  'Conv3D',
  'Conv2DTranspose',
  'Dense',
  'DepthwiseConv2D',
  'SeparableConv2D',
];

/**
 * Lets a layer with weights say the activation that alone reads it, as one writes it by hand. A layer that is called
 * several times says the same at every call, so it is left alone.
 */
export function fuseActivations(
  graph: TypedGraph,
  chains: ReadonlyMap<TypedNode, Chain>,
  options: { readonly endPoints: boolean },
): Fused {
  const pinned = new Set(wantedOutputs(graph, options).map(({ value }) => value.id));
  const soleReader = soleReaders(graph, pinned);
  const users = weightUsers(graph);
  const fused = new Map(chains);
  const nodes: TypedNode[] = [];
  for (const [node, chain] of chains) {
    const [y] = node.outputs;
    const reader = y === undefined ? undefined : soleReader(y);
    const activation = reader === undefined ? undefined : activationOf(chains.get(reader) ?? []);
    const isAlone = node.weights.every((w) => users.get(w.fullName) === 1);
    if (reader === undefined || activation === undefined || !isAlone || !ends(chain)) continue;
    fused.set(node, [...chain.slice(0, -1), ...chain.slice(-1).map((step) => applied(step, activation))]);
    fused.set(reader, []);
    nodes.push(reader);
  }
  return { chains: fused, nodes };
}

/** Whether a chain ends with a layer of weights that applies nothing yet. */
function ends(chain: Chain): boolean {
  const last = chain.at(-1);
  return last !== undefined && applying.includes(last.className) && last.config.activation === 'linear';
}

function applied(step: Step, activation: string): Step {
  return { ...step, config: { ...step.config, activation } };
}

/** The name by which a layer takes an activation, where the chain is nothing else. */
function activationOf([step, ...others]: Chain): string | undefined {
  if (step === undefined || others.length > 0) return undefined;
  const { className, config } = step;
  if (className === 'Activation')
    return config.activation === 'linear' ? undefined : String(config.activation);
  if (className === 'ReLU') return config.max_value === null ? 'relu' : 'relu6';
  if (className === 'ELU') return 'elu';
  return className === 'Softmax' ? 'softmax' : undefined;
}
