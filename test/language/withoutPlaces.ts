import type { TypedGraph } from '../../src/ir/graph.ts';

/** A graph without the places in the text from which it came, and without what it was told about the file. */
export function withoutPlaces(graph: TypedGraph | undefined): unknown {
  if (graph === undefined) return undefined;
  const { name, nodes, inputs, outputs, endPoints, claims, facts } = graph;
  return {
    name,
    facts,
    outputs,
    inputs: inputs.map(({ value, type, meaning }) => ({ value, type, meaning })),
    nodes: nodes.map(({ op, name, step, note, attributes, origins, inputs, outputs, weights, macs }) => {
      const kinds = Object.entries(origins).map(([key, { kind }]) => [key, kind]);
      return { op, name, step, note, attributes, kinds, inputs, outputs, weights, macs };
    }),
    endPoints: endPoints.map(({ name, value }) => ({ name, value })),
    claims: claims.map((claim) =>
      claim.kind === 'shape'
        ? { name: claim.name, value: claim.value, shape: claim.shape }
        : { what: claim.what, claimed: claim.claimed, part: claim.part?.name, nodes: claim.part?.nodes },
    ),
  };
}
