import { type Diagnostic, type TargetChoice, type TypedGraph, targetProblems } from '../../index.ts';

/** What the targets cannot say of a network. In a file of its own, as the emitters are loaded for it alone. */
export function checkTargets(targets: readonly TargetChoice[]): (graph: TypedGraph) => readonly Diagnostic[] {
  return (graph) => targets.flatMap((target) => targetProblems(graph, target));
}
