import type { TypedGraph, TypedValue } from '../ir/graph.ts';

/** What the passes do, as it is printed before a count. */
export const passNames = [
  'no-ops removed',
  'constants folded',
  'batch norms folded',
  'paddings merged',
  'permutes merged',
  'reshapes merged',
  'dead nodes removed',
  'activations fused',
] as const;

export type PassName = (typeof passNames)[number];

/** What a pass did. */
export interface PassReport {
  readonly pass: PassName;
  /** The nodes that are no longer there, or that are constants now, by their full names. */
  readonly nodes: readonly string[];
}

export interface PassOptions {
  /** End points are outputs of the model, and must stay. */
  readonly endPoints: boolean;
  /** The model holds its weights, so that others can follow from them. */
  readonly foldsWeights: boolean;
}

/** A network, and the names of the nodes that a pass took out of it or made constants of. */
export interface Passed {
  readonly graph: TypedGraph;
  readonly nodes: readonly string[];
}

/** A rewrite of a network that keeps its numbers. */
export type Pass = (graph: TypedGraph, options: PassOptions) => Passed;

/** The values that the model gives to its caller, under the names by which it gives them. */
export function exposed(
  { outputs, endPoints }: TypedGraph,
  options: Pick<PassOptions, 'endPoints'>,
): readonly { readonly name: string; readonly value: TypedValue }[] {
  return options.endPoints ? [...outputs, ...endPoints] : outputs;
}

/** The ids of the values that must stay. */
export function pinnedIds(graph: TypedGraph, options: Pick<PassOptions, 'endPoints'>): ReadonlySet<number> {
  return new Set(exposed(graph, options).map(({ value }) => value.id));
}
