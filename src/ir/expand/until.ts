import { hasErrors, problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Graph, Node } from '../graph.ts';
import type { Expansion } from './expansion.ts';

/** The network up to one value: that value is the output, and only what it needs stays. */
export function keepUntil(graph: Graph, name: string, x: Expansion): Graph | undefined {
  const found = x.named?.get(name);
  if (found === undefined) {
    // It may be one of what could not be expanded.
    if (hasErrors(x.findings.diagnostics)) return undefined;
    const known = graph.endPoints.map((e) => e.name);
    const nearest = didYouMean(name, x.named?.keys() ?? []);
    x.findings.add(problem('unknown-name', { name, what: 'end point', known, nearest }), undefined);
    return undefined;
  }
  const producers = new Map(graph.nodes.flatMap((n) => n.outputs.map((v) => [v.id, n] as const)));
  const kept = ancestors(found.value.id, producers);
  const nodes = graph.nodes.filter((n) => kept.has(n));
  const made = new Set(nodes.flatMap((n) => n.outputs.map((v) => v.id)));
  const inputs = graph.inputs.filter((i) => nodes.some((n) => n.inputs.some((v) => v.id === i.value.id)));
  const there = (id: number) => made.has(id) || inputs.some((i) => i.value.id === id);
  const output = [...nodes.flatMap((n) => n.outputs), ...inputs.map((i) => i.value)].find(
    (v) => v.id === found.value.id,
  );
  const labels = graph.outputs.find((o) => o.value.id === found.value.id)?.labels;
  const named = labels === undefined ? {} : { labels };
  return {
    ...graph,
    inputs,
    nodes,
    outputs: output === undefined ? [] : [{ name, value: output, ...named }],
    endPoints: graph.endPoints.filter((e) => there(e.value.id)),
    claims: graph.claims.filter((c) => c.kind === 'shape' && there(c.value.id)),
  };
}

function ancestors(id: number, producers: ReadonlyMap<number, Node>): ReadonlySet<Node> {
  const kept = new Set<Node>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = producers.get(at);
    if (node === undefined || kept.has(node)) continue;
    kept.add(node);
    open.push(...node.inputs.map((v) => v.id));
  }
  return kept;
}
