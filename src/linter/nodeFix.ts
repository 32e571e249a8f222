import type { Fix } from '../diagnostics/fix.ts';
import type { TypedNode } from '../ir/graph.ts';
import { attributeEdit } from './edits.ts';
import type { LintedGraph } from './lintedGraph.ts';

/** What is written in a node's step, and whether the network stays the same. */
interface Written {
  readonly attribute: string;
  readonly value: string;
  readonly safety: Fix['safety'];
}

/** Writes an attribute in the step that made a node, as a part of a finding; nothing where another op or a structure made it. */
export function nodeFix(
  node: TypedNode,
  { attribute, value, safety }: Written,
  graph: LintedGraph,
): { readonly fix?: Fix } {
  const step = graph.stepOf(node);
  const own = step?.kind === 'op' && step.op === node.op;
  const edit = own ? attributeEdit(step, attribute, value) : undefined;
  if (edit === undefined) return {};
  return { fix: { safety, title: `write \`${attribute}: ${value}\``, edits: [edit] } };
}

/** Writes another activation in the step of the layer that a node is the activation of; changes the network. */
export function activationFix(node: TypedNode, value: string, graph: LintedGraph): { readonly fix?: Fix } {
  const step = graph.stepOf(node);
  if (step?.kind !== 'op' || !step.attributes.some(({ key }) => key === 'activation')) return {};
  const edit = attributeEdit(step, 'activation', value);
  if (edit === undefined) return {};
  return { fix: { safety: 'unsafe', title: `write \`activation: ${value}\``, edits: [edit] } };
}
