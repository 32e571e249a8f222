import { bypass } from './bypass.ts';
import { doesNothing } from './doesNothing.ts';
import type { Pass } from './pass.ts';

/** Takes out what changes nothing: identities, dropout and noise, which only training has, and arrangements that keep all in place. */
export const removeNoOps: Pass = (graph) => {
  const bypasses = graph.nodes.flatMap((node) => {
    const [instead] = node.inputs;
    const [made] = node.outputs;
    return instead !== undefined && made !== undefined && doesNothing(node) ? [{ node, made, instead }] : [];
  });
  return bypass(graph, bypasses);
};
