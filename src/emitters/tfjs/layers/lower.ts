import { problem } from '../../../diagnostics/diagnostic.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../../ir/graph.ts';
import type { DType } from '../../../tensor/dtype.ts';
import { isUnsupported, lowerNode, type NodeProblem } from '../../emitter.ts';
import type { TfjsOptions } from '../options.ts';
import { connect } from './connect.ts';
import type { Context } from './context.ts';
import { fuseActivations, nothingFused } from './fuseActivations.ts';
import { lowerings } from './lowerings.ts';
import { nonNegativeValues } from './nonNegative.ts';
import type { Chain } from './step.ts';
import { isTensorName, type Topology, tensorNameRule } from './topology.ts';

/** What a refusal calls this target. */
const target = 'the tf.js layers format';

/** The graph format says all that this one cannot, but half precision. */
function helpFor(values: readonly TypedValue[]): { readonly help?: string } {
  const isHalf = values.some((v) => v.type.dtype === 'float16');
  return isHalf ? {} : { help: 'the graph format can say more: emit with --tfjs-format graph' };
}

export type Lowered =
  | {
      readonly ok: true;
      readonly topology: Topology;
      /** The activations that the layers before them say. */
      readonly fused: readonly TypedNode[];
    }
  | { readonly ok: false; readonly problems: readonly NodeProblem[] };

/** A network as Keras layers, or everything of it that tfjs-layers has no words for. */
export function lower(
  graph: TypedGraph,
  options: Pick<TfjsOptions, 'endPoints' | 'fuseActivations'>,
): Lowered {
  const context: Context = { nonNegative: nonNegativeValues(graph) };
  const chains = new Map<TypedNode, Chain>();
  const problems: NodeProblem[] = graph.inputs.flatMap(({ value }) => inputProblems(value, graph));
  for (const node of graph.nodes) {
    const lowered = lowerNode(lowerings, node, context);
    if (!isTensorName(node.name)) problems.push(refusal(node, tensorNameRule));
    if (isUnsupported(lowered)) problems.push(refusal(node, lowered.unsupported));
    else chains.set(node, lowered);
  }
  if (problems.length > 0) return { ok: false, problems };
  const fused =
    options.fuseActivations === true ? fuseActivations(graph, chains, options) : nothingFused(chains);
  return { ok: true, topology: connect(graph, fused.chains, options), fused: fused.nodes };
}

function refusal(node: TypedNode, reason: string): NodeProblem {
  const { op, step, inputs, outputs } = node;
  // What is declared for each target apart need not be declared for that format.
  const isUndeclared = node.op === 'custom' && node.attributes.tfjs_graph === undefined;
  const help = isUndeclared ? {} : helpFor([...inputs, ...outputs]);
  return { problem: problem('unsupported', { target, op, node: step, reason, ...help }), node };
}

function inputProblems(value: TypedValue, graph: TypedGraph): NodeProblem[] {
  const { id, name, type } = value;
  const looksUp = type.dtype === 'int32' && readersOf(id, graph).every(({ op }) => op === 'embedding');
  const reasons = [
    ...(type.dtype === 'float32' || looksUp ? [] : [onlyFloats(type.dtype)]),
    ...(type.shape.length < 2 ? [noVectors] : []),
    ...(isTensorName(name) ? [] : [tensorNameRule]),
  ];
  return reasons.map((reason) => ({
    problem: problem('unsupported', { target, op: 'input', node: name, reason, ...helpFor([value]) }),
  }));
}

/** Embedding is the one layer that reads whole numbers. */
function readersOf(id: number, { nodes }: TypedGraph): readonly TypedNode[] {
  return nodes.filter((node) => node.inputs.some((v) => v.id === id));
}

/** What a layer gives is cast to float32 (guessOutputDType in tfjs-layers/src/engine/topology.ts, and FeedDict.add). */
function onlyFloats(dtype: DType): string {
  return `every layer of tf.js gives float32, so ${dtype} would not stay what it is; make the input float32. Only an embedding reads int32`;
}

const noVectors = 'tf.js makes a column of a vector that is fed; give the input two axes or more';
