import { type Pass, pinnedIds } from './pass.ts';

/** Takes out what leads to no output. Inputs stay, read or not: they are how the model is called. */
export const removeDeadNodes: Pass = (graph, options) => {
  const wanted = new Set(pinnedIds(graph, options));
  const live = graph.nodes.toReversed().filter((node) => {
    const isLive = node.outputs.some(({ id }) => wanted.has(id));
    if (isLive) for (const { id } of node.inputs) wanted.add(id);
    return isLive;
  });
  const kept = new Set(live);
  const dead = graph.nodes.filter((node) => !kept.has(node));
  if (dead.length === 0) return { graph, nodes: [] };
  return {
    graph: { ...graph, nodes: graph.nodes.filter((n) => kept.has(n)) },
    nodes: dead.map(({ name }) => name),
  };
};
