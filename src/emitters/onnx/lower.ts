import { problem } from '../../diagnostics/diagnostic.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import { weightSource } from '../../weights/weightSource.ts';
import {
  isUnsupported,
  type Lowerings,
  lowerNode,
  type NodeProblem,
  type Rounding,
  unsupported,
} from '../emitter.ts';
import { WeightEncodings } from '../weightEncodings.ts';
import { OnnxContext } from './context.ts';
import { Initialisers } from './initialisers.ts';
import { hasLayouts, type Layout } from './layout.ts';
import { activations } from './lowerings/activations.ts';
import { arithmetic } from './lowerings/arithmetic.ts';
import { arrangement } from './lowerings/arrangement.ts';
import { attention } from './lowerings/attention.ts';
import { channels } from './lowerings/channels.ts';
import { custom } from './lowerings/custom.ts';
import { elementwise } from './lowerings/elementwise.ts';
import { extent } from './lowerings/extent.ts';
import { functions } from './lowerings/functions.ts';
import { kernels } from './lowerings/kernels.ts';
import { layerNorms } from './lowerings/layerNorms.ts';
import { learned } from './lowerings/learned.ts';
import { logic } from './lowerings/logic.ts';
import { lookups } from './lowerings/lookups.ts';
import { norms } from './lowerings/norms.ts';
import { parts } from './lowerings/parts.ts';
import { pooling } from './lowerings/pooling.ts';
import { positions } from './lowerings/positions.ts';
import { products } from './lowerings/products.ts';
import { recurrent } from './lowerings/recurrent.ts';
import { reductions } from './lowerings/reductions.ts';
import { reshaping } from './lowerings/reshaping.ts';
import { sources } from './lowerings/sources.ts';
import { modelMessage } from './model.ts';
import { type NamedOutput, nameTensors, type TensorNames } from './names.ts';
import { type NodeMessage, nodeMessage } from './nodeMessage.ts';
import { type OnnxOptions, publicLayout } from './options.ts';
import type { Message } from './wire/messages.ts';

/** How each op is said in ONNX. */
export const onnxLowerings = {
  ...elementwise,
  ...functions,
  ...activations,
  ...arithmetic,
  ...logic,
  ...reductions,
  ...arrangement,
  ...learned,
  ...pooling,
  ...norms,
  ...kernels,
  ...extent,
  ...channels,
  ...reshaping,
  ...parts,
  ...products,
  ...lookups,
  ...sources,
  ...layerNorms,
  ...positions,
  ...recurrent,
  ...custom,
  attention,
} satisfies Lowerings<readonly NodeMessage[], OnnxContext>;

export type Lowered =
  | { readonly ok: true; readonly model: Message<'Model'>; readonly rounding: Rounding | undefined }
  | { readonly ok: false; readonly problems: readonly NodeProblem[] };

/** Translates a network into an ONNX model, channels first inside; all that ONNX cannot say is reported at once. */
export function lowerGraph(graph: TypedGraph, options: OnnxOptions): Lowered {
  const tensorNames = nameTensors(graph, options);
  const layoutOf = (value: TypedValue) => publicLayout(options, graph.channels, value.type.shape.length);
  const encodings = new WeightEncodings(options.dtypes);
  const at = new OnnxContext({
    tensorNames,
    publicLayouts: publicLayouts(graph, tensorNames, layoutOf),
    pinned: new Set([...graph.outputs, ...graph.endPoints].map(({ value }) => value.id)),
    initialisers: new Initialisers(weightSource(options.weights), tensorNames, encodings),
    opset: options.opset,
    inputs: graph.inputs.map(({ value }) => value),
  });
  for (const { value } of graph.inputs) at.write(value, layoutOf(value));
  const problems = graph.nodes.flatMap((node) => lowerInto(at, node)).concat(encodings.problems);
  if (problems.length > 0) return { ok: false, problems };
  giveOutputs(at, tensorNames, layoutOf);
  return {
    ok: true,
    model: modelMessage({ graph, options, at, tensorNames }),
    rounding: encodings.rounding,
  };
}

/** The values that are inputs or outputs under their own names and differ between layouts. */
function publicLayouts(
  graph: TypedGraph,
  tensorNames: TensorNames,
  layoutOf: LayoutOf,
): ReadonlyMap<number, Layout> {
  const named = tensorNames.outputs.filter((o) => isOwnName(o, tensorNames));
  const values: readonly TypedValue[] = [...graph.inputs, ...named].map((item) => item.value);
  return new Map(values.filter(hasLayouts).map((value) => [value.id, layoutOf(value)]));
}

/** The layout in which the model's caller sees a value. */
type LayoutOf = (value: TypedValue) => Layout;

function isOwnName({ name, value }: NamedOutput, { values }: TensorNames): boolean {
  return values.get(value.id) === name;
}

function lowerInto(at: OnnxContext, node: TypedNode): readonly NodeProblem[] {
  const before = at.nodes.length;
  const mixed = node.weights.length > 0 && node.inputs.some((v) => v.type.dtype === 'float16');
  const lowered = mixed
    ? unsupported('its weights are float32, its input is float16')
    : lowerNode(onnxLowerings, node, at);
  if (!isUnsupported(lowered)) {
    at.nodes.push(...lowered);
    for (const made of at.nodes.slice(before)) at.frames.set(made, node.frame);
    return [];
  }
  // So that the nodes after it can be looked at too.
  for (const value of node.outputs) at.write(value, 'first');
  const { op, name } = node;
  return [
    {
      problem: problem('unsupported', { target: 'ONNX', op, node: name, reason: lowered.unsupported }),
      node,
    },
  ];
}

/** Brings every output into its layout and under its name; first those that are a value's own name. */
function giveOutputs(at: OnnxContext, tensorNames: TensorNames, layoutOf: LayoutOf): void {
  const own = tensorNames.outputs.filter((o) => isOwnName(o, tensorNames));
  for (const { value } of own) at.read(value, hasLayouts(value) ? layoutOf(value) : 'any');
  for (const output of tensorNames.outputs) {
    if (!own.includes(output)) giveFurtherName(at, output, layoutOf(output.value));
  }
}

function giveFurtherName(at: OnnxContext, { name, value }: NamedOutput, layout: Layout): void {
  if (!at.has(value, layout)) at.transpose(value, name);
  else {
    const inputs = [at.read(value, layout).name];
    at.nodes.push(nodeMessage('Identity', { name: at.fresh(`${name}/identity`), inputs, outputs: [name] }));
  }
}
