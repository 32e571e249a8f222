import type { TypedGraph, TypedValue } from '../../../ir/graph.ts';
import type { Json, JsonObject } from '../json.ts';
import { type ModelParts, metadataOf } from '../modelFiles.ts';
import type { StoredTensor } from '../storedTensor.ts';
import { tensorShape, typeName } from './attributes.ts';
import type { Draft, Tensor } from './draft.ts';
import { captured, functionsOf, libraryOf } from './library.ts';
import type { Wanted } from './lower.ts';
import { Names } from './names.ts';
import { nameOf, nodeDef, tensorName } from './nodeDef.ts';
import type { GraphState } from './state.ts';

/** A name of the network and the tensor that holds its value. */
interface Exposed extends Wanted {
  readonly tensor: Tensor;
}

export interface GraphModel {
  readonly parts: ModelParts;
  readonly tensors: readonly StoredTensor[];
}

/** The model that gives the wanted values: what leads to none of them is left out. */
export function graphModel(graph: TypedGraph, wanted: readonly Wanted[], state: GraphState): GraphModel {
  const outputs = expose(wanted, state);
  const drafts = needed([...state.constants.drafts, ...state.nodes], outputs);
  const names = namesOf(drafts, state);
  const endPoints = graph.endPoints.flatMap(({ name, value }) => {
    const tensor = outputs.find((o) => o.name === name)?.tensor ?? state.values.get(value.id);
    return tensor !== undefined && names.has(tensor.draft) ? [{ name, value, tensor }] : [];
  });
  const parts: ModelParts = {
    format: 'graph-model',
    modelTopology: {
      node: drafts.map((d) => nodeDef(d, names)),
      ...libraryOf(drafts, names),
      versions: { producer: 0, minConsumer: 0 },
    },
    signature: signatureOf(graph, outputs, { state, names }),
    userDefinedMetadata: metadataOf(graph, {
      outputs: tensorsByName(outputs, names),
      endPoints: tensorsByName(endPoints, names),
    }),
  };
  return { parts, tensors: drafts.flatMap((d) => storedTensor(d, names)) };
}

/**
 * The tensors of the outputs. tf.js keeps one name of the signature for a node (mapSignatureEntries in
 * tfjs-converter/src/operations/operation_mapper.ts), and forgets which output of the node it was for, so a second name,
 * an input and one output among several get a node of their own; so does a constant, which the caller could dispose of.
 */
function expose(wanted: readonly Wanted[], state: GraphState): readonly Exposed[] {
  const used = new Set<Draft>();
  return wanted.map(({ name, value }) => {
    const tensor = state.values.get(value.id);
    if (tensor === undefined) throw new Error(`the output ${name} is never made`);
    const { draft } = tensor;
    const own = draft.outputs === 1 && !['Placeholder', 'Const'].includes(draft.op) && !used.has(draft);
    used.add(draft);
    return { name, value, tensor: own ? tensor : copyOf(tensor, name, state) };
  });
}

function copyOf(tensor: Tensor, wanted: string, { nodes }: GraphState): Tensor {
  const draft: Draft = { op: 'Identity', wanted, inputs: [tensor], attributes: {}, outputs: 1 };
  nodes.push(draft);
  return { draft, output: 0 };
}

function needed(drafts: readonly Draft[], outputs: readonly Exposed[]): readonly Draft[] {
  const wanted = new Set(outputs.map((o) => o.tensor.draft));
  for (const draft of drafts.toReversed()) {
    if (wanted.has(draft))
      for (const { draft: source } of [...draft.inputs, ...captured(draft)]) wanted.add(source);
  }
  return drafts.filter((d) => d.op === 'Placeholder' || wanted.has(d));
}

/**
 * Names inputs, values, constants and what was added, in this order: who comes later yields where names clash. What is in
 * functions comes last; a name is given once in the whole model, as a constant is one wherever it is read.
 */
function namesOf(drafts: readonly Draft[], { called }: GraphState): ReadonlyMap<Draft, string> {
  const names = new Names();
  const order = (d: Draft) => [d.op === 'Placeholder', called.has(d), d.op === 'Const', true].indexOf(true);
  const ordered = [0, 1, 2, 3].flatMap((place) => drafts.filter((d) => order(d) === place));
  const inner = functionsOf(drafts).flatMap(({ args, nodes }) => [...args, ...nodes]);
  return new Map([...ordered, ...inner].map((d) => [d, names.claim(called.get(d) ?? d.wanted)]));
}

function signatureOf(
  graph: TypedGraph,
  outputs: readonly Exposed[],
  { state, names }: { readonly state: GraphState; readonly names: ReadonlyMap<Draft, string> },
): JsonObject {
  const inputs = graph.inputs.map(({ value }) => ({
    name: value.name,
    value,
    tensor: state.values.get(value.id)!,
  }));
  const entries = (exposed: readonly Exposed[]) =>
    Object.fromEntries(
      exposed.map(({ name, value, tensor }) => [name, tensorInfo(nameOf(tensor.draft, names), value)]),
    );
  return { inputs: entries(inputs), outputs: entries(outputs) };
}

function tensorInfo(name: string, { type: { dtype, shape } }: TypedValue): Json {
  return { name: `${name}:0`, dtype: typeName(dtype), tensorShape: tensorShape(shape) };
}

function storedTensor(draft: Draft, names: ReadonlyMap<Draft, string>): readonly StoredTensor[] {
  return draft.stored === undefined ? [] : [{ name: nameOf(draft, names), ...draft.stored }];
}

function tensorsByName(exposed: readonly Exposed[], names: ReadonlyMap<Draft, string>): JsonObject {
  return Object.fromEntries(exposed.map(({ name, tensor }) => [name, tensorName(tensor, names)]));
}
