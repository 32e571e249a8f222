import { problem } from '../../../diagnostics/diagnostic.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../../ir/graph.ts';
import { isUnsupported, lowerNode, type NodeProblem, type Rounding, unsupported } from '../../emitter.ts';
import { WeightEncodings } from '../../weightEncodings.ts';
import type { TfjsOptions } from '../options.ts';
import { GraphContext } from './context.ts';
import { graphLowerings } from './lowerings.ts';
import { GraphState } from './state.ts';

/** What a refusal calls this target. */
const target = 'the tf.js graph format';

export type LoweredGraph =
  | { readonly ok: true; readonly state: GraphState; readonly rounding: Rounding | undefined }
  | { readonly ok: false; readonly problems: readonly NodeProblem[] };

/** A value that the model gives to its caller, under a name of the network. */
export interface Wanted {
  readonly name: string;
  readonly value: TypedValue;
}

/** The outputs, and behind them the end points where they are asked for; no name twice. */
export function wantedValues({ outputs, endPoints }: TypedGraph, options: Pick<TfjsOptions, 'endPoints'>) {
  const known = new Set(outputs.map((o) => o.name));
  const further: readonly Wanted[] = options.endPoints ? endPoints.filter((e) => !known.has(e.name)) : [];
  return [...outputs, ...further];
}

/** A network as nodes of a GraphDef, or everything of it that tf.js cannot compute. */
export function lowerGraph(graph: TypedGraph, options: TfjsOptions): LoweredGraph {
  const pinned = new Set(wantedValues(graph, options).map(({ value }) => value.id));
  const encodings = new WeightEncodings(options.dtypes);
  const state = new GraphState(graph, { weights: options.weights, encodings }, pinned);
  const problems = [
    ...graph.inputs.flatMap(({ value }) => inputProblems(value)),
    ...graph.nodes.flatMap((node) => (state.isAbsorbed(node) ? [] : lowerInto(state, node))),
  ];
  problems.push(...encodings.problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, state, rounding: encodings.rounding };
}

function lowerInto(state: GraphState, node: TypedNode): readonly NodeProblem[] {
  const at = new GraphContext(state, node.name);
  const lowered = node.outputs.some(isHalf) ? unsupported(noHalves) : lowerNode(graphLowerings, node, at);
  if (isUnsupported(lowered)) {
    // So that the nodes after it can be looked at too.
    for (const value of node.outputs) state.write(value, at.node('Identity', []));
    const { op, step } = node;
    return [
      { problem: problem('unsupported', { target, op, node: step, reason: lowered.unsupported }), node },
    ];
  }
  const tensors = 'draft' in lowered ? [lowered] : lowered;
  const values = state.madeBy(node);
  if (tensors.length !== values.length) {
    throw new Error(`the lowering of ${node.op} gives ${tensors.length} tensors for ${values.length} values`);
  }
  for (const [i, value] of values.entries()) state.write(value, tensors[i]!);
  return [];
}

const noHalves = 'tf.js computes in float32 and has no float16; make the input float32';

function isHalf({ type }: TypedValue): boolean {
  return type.dtype === 'float16';
}

function inputProblems(value: TypedValue): readonly NodeProblem[] {
  if (!isHalf(value)) return [];
  return [{ problem: problem('unsupported', { target, op: 'input', node: value.name, reason: noHalves }) }];
}
