import type { TypedGraph } from '../ir/graph.ts';
import { checkGraph } from '../ir/verify.ts';
import { foldConstants } from './constants/foldConstants.ts';
import { foldBatchNorms } from './foldBatchNorms.ts';
import { mergePaddings } from './mergePaddings.ts';
import { mergePermutes } from './mergePermutes.ts';
import { mergeReshapes } from './mergeReshapes.ts';
import { nameOutputs } from './nameOutputs.ts';
import type { Pass, PassName, PassOptions, PassReport } from './pass.ts';
import { removeDeadNodes } from './removeDeadNodes.ts';
import { removeNoOps } from './removeNoOps.ts';

/** A network as it is computed, and what was done to it. */
export interface Optimized {
  readonly graph: TypedGraph;
  /** What each pass did, in their order; a pass that found nothing is left out. */
  readonly passes: readonly PassReport[];
  /** The end points whose values are no longer computed. */
  readonly gone: readonly string[];
}

const passes: readonly (readonly [PassName, Pass])[] = [
  ['no-ops removed', removeNoOps],
  ['constants folded', foldConstants],
  ['batch norms folded', foldBatchNorms],
  ['paddings merged', mergePaddings],
  ['permutes merged', mergePermutes],
  ['reshapes merged', mergeReshapes],
  ['dead nodes removed', removeDeadNodes],
];

/**
 * The network as one would write it by hand for inference: with the same inputs and outputs, and the same numbers up to
 * rounding. Target-independent; shapes, names and weights follow the rules that emitters rely on. Claims, which are
 * about the network as it was written, are left out.
 */
export function optimize(graph: TypedGraph, options: PassOptions): Optimized {
  const done = new Map<PassName, string[]>();
  let { graph: current, found } = oneRound({ ...graph, claims: [] }, options, done);
  // What one pass leaves can be what another looks for. Each round takes nodes out or makes them constants.
  while (found) ({ graph: current, found } = oneRound(current, options, done));
  const endPoints = reachable(current);
  const kept = new Set(endPoints.map(({ name }) => name));
  return {
    graph: checkGraph(nameOutputs({ ...current, endPoints }, options)),
    passes: passes.flatMap(([pass]) => reportOf(pass, done)),
    gone: graph.endPoints.map(({ name }) => name).filter((name) => !kept.has(name)),
  };
}

/** The end points whose values are still made. */
function reachable({ inputs, nodes, endPoints }: TypedGraph): TypedGraph['endPoints'] {
  const values = [...inputs.map((i) => i.value), ...nodes.flatMap((n) => n.outputs)];
  const made = new Set(values.map(({ id }) => id));
  return endPoints.filter(({ value }) => made.has(value.id));
}

function oneRound(graph: TypedGraph, options: PassOptions, done: Map<PassName, string[]>) {
  let current = graph;
  let found = false;
  for (const [name, pass] of passes) {
    const { graph: next, nodes } = pass(current, options);
    if (nodes.length === 0) continue;
    current = next;
    found = true;
    done.set(name, [...(done.get(name) ?? []), ...nodes]);
  }
  return { graph: current, found };
}

function reportOf(pass: PassName, done: ReadonlyMap<PassName, readonly string[]>): readonly PassReport[] {
  const nodes = done.get(pass) ?? [];
  return nodes.length === 0 ? [] : [{ pass, nodes }];
}
