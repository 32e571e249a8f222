import type { TypedGraph, TypedNode, TypedValue } from '../../../ir/graph.ts';
import { opOf } from '../../../ops/registry.ts';
import { type Chain, linear, type Step } from './step.ts';
import {
  callsByLayer,
  type Layer,
  type LayerWeight,
  type NamedLayer,
  type Topology,
  verifyTopology,
} from './topology.ts';

/** The layers so far: which one makes a value, and which names are taken. */
interface Wiring {
  readonly layers: Layer[];
  readonly makers: Map<number, string>;
  readonly taken: Set<string>;
}

/** Names the layers of every chain, wires them, and leaves out what no output needs. */
export function connect(
  graph: TypedGraph,
  chains: ReadonlyMap<TypedNode, Chain>,
  options: { readonly endPoints: boolean },
): Topology {
  const inputs = graph.inputs.map((i) => i.value.name);
  const wiring: Wiring = {
    layers: graph.inputs.map((i) => inputLayer(i.value)),
    makers: new Map(graph.inputs.map((i) => [i.value.id, i.value.name])),
    taken: new Set([...inputs, ...graph.nodes.map((n) => n.name)]),
  };
  for (const node of graph.nodes) wire(node, chains.get(node) ?? [], wiring);
  const outputs = expose(wantedOutputs(graph, options), new Set(inputs), wiring);
  const layers = needed(wiring.layers, outputs);
  // A value is found by its layer's name only where the layer is called once.
  const called = callsByLayer(layers);
  const found = new Set(layers.filter((l) => called.get(l.calls)?.length === 1).map((l) => l.name));
  const endPoints = graph.endPoints
    .map(({ name, value }) => ({ name, layer: maker(value, wiring) }))
    .filter(({ layer }) => found.has(layer));
  const topology = { name: graph.name, layers, inputs, outputs, endPoints };
  verifyTopology(topology);
  return topology;
}

function inputLayer({ name, type }: TypedValue): Layer {
  const shape = type.shape.map((d) => (typeof d === 'number' ? d : null));
  const config = { batch_input_shape: shape, dtype: type.dtype, sparse: false };
  return { name, calls: name, className: 'InputLayer', config, inbound: [], weights: [] };
}

function wire(node: TypedNode, chain: Chain, wiring: Wiring): void {
  const inputs = distinct(node, wiring);
  const made = new Map<number | string, string>(inputs.entries());
  let before = inputs;
  for (const step of chain) {
    const { suffix, className, config, readsOutput } = step;
    const name = suffix === undefined ? node.name : fresh(`${node.name}/${suffix}`, wiring);
    const weights = suffix === undefined ? weightsOf(node, step) : [];
    const inbound = step.reads?.map((key) => readIn(made, key)) ?? before;
    const output = readsOutput === undefined ? {} : { inboundOutput: readsOutput };
    const calls = suffix === undefined ? ownerOf(node) : name;
    wiring.layers.push({ name, calls, className, config, inbound, ...output, weights });
    made.set(suffix ?? '', name);
    before = [name];
  }
  if (node.outputs.length > 1) noteAll(node, made, wiring);
  else noteMaker(node.outputs[0], before[0], wiring);
}

/** Of a node that gives several values, its own layer gives the first, and layers called as the others those. */
function noteAll(node: TypedNode, made: ReadonlyMap<number | string, string>, wiring: Wiring): void {
  const [, ...others] = opOf(node.op).outputs?.(node.attributes) ?? [];
  for (const [i, suffix] of ['', ...others].entries()) {
    noteMaker(node.outputs[i], readIn(made, suffix), wiring);
  }
}

function noteMaker(value: TypedValue | undefined, layer: string | undefined, { makers }: Wiring): void {
  if (value !== undefined && layer !== undefined) makers.set(value.id, layer);
}

function readIn(made: ReadonlyMap<number | string, string>, key: number | string): string {
  const name = made.get(key);
  if (name === undefined)
    throw new Error(`a layer reads ${key}, which is neither an input nor a layer before it`);
  return name;
}

/** tf.js frees a value too early when one layer reads it twice (executor.ts counts it once), so the second is a copy. */
function distinct(node: TypedNode, wiring: Wiring): readonly string[] {
  const seen = new Set<string>();
  return node.inputs.map((value) => {
    const source = maker(value, wiring);
    if (!seen.has(source)) {
      seen.add(source);
      return source;
    }
    return copy(source, `${node.name}/again`, wiring);
  });
}

function copy(source: string, wanted: string, wiring: Wiring): string {
  const name = fresh(wanted, wiring);
  wiring.layers.push({ name, calls: name, ...linear, inbound: [source], weights: [] });
  return name;
}

/** The node whose weights it uses: itself, unless it shares those of another. */
function ownerOf({ name, sharedWeights }: TypedNode): string {
  const [weight] = sharedWeights ?? [];
  return weight === undefined ? name : weight.fullName.slice(0, -weight.name.length - 1);
}

function weightsOf(node: TypedNode, { weightForms = {} }: Step): readonly LayerWeight[] {
  return node.weights.map((weight) => {
    const { name, shape } = weightForms[weight.name] ?? weight;
    return { name: `${ownerOf(node)}/${name}`, shape, weight };
  });
}

/** The outputs, and behind them the end points where they are asked for; no name twice. */
export function wantedOutputs(
  { outputs, endPoints }: TypedGraph,
  options: { readonly endPoints: boolean },
): TypedGraph['outputs'] {
  const known = new Set(outputs.map((o) => o.name));
  return options.endPoints ? [...outputs, ...endPoints.filter((e) => !known.has(e.name))] : outputs;
}

/** tf.js fills one output only of two that are one layer, so the second is a copy; so is an output that is an input. */
function expose(
  wanted: readonly { readonly name: string; readonly value: TypedValue }[],
  inputs: ReadonlySet<string>,
  wiring: Wiring,
): readonly NamedLayer[] {
  const used = new Set(inputs);
  return wanted.map(({ name, value }) => {
    const source = maker(value, wiring);
    const layer = used.has(source) ? copy(source, name, wiring) : source;
    used.add(source);
    return { name, layer };
  });
}

/** A layer that leads to no output is not part of the model that tf.js builds, and its weights would be refused. */
function needed(layers: readonly Layer[], outputs: readonly NamedLayer[]): readonly Layer[] {
  const wanted = new Set(outputs.map((o) => o.layer));
  for (const { name, inbound } of layers.toReversed()) {
    if (wanted.has(name)) for (const source of inbound) wanted.add(source);
  }
  return layers.filter((l) => l.className === 'InputLayer' || wanted.has(l.name));
}

function maker(value: TypedValue, { makers }: Wiring): string {
  const layer = makers.get(value.id);
  if (layer === undefined) throw new Error(`${value.name} is read before it is made`);
  return layer;
}

/** The wanted name, or it with the first number that makes it new. */
function fresh(wanted: string, { taken }: Wiring): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}
