import type { TypedGraph } from './graph.ts';

/**
 * What must hold of every graph, whatever was written: names are unique, every value is made before it is read, every
 * output exists. A violation is a fault of the compiler, so it is an exception.
 */
export function checkGraph(graph: TypedGraph): TypedGraph {
  const made = new Set(graph.inputs.map((i) => i.value.id));
  const valueNames = new Set(graph.inputs.map((i) => i.value.name));
  const nodeNames = new Set<string>();
  for (const node of graph.nodes) {
    for (const value of node.inputs) {
      if (!made.has(value.id))
        throw new Error(`invariant: ${node.name} reads ${value.name} before it is made`);
    }
    if (nodeNames.has(node.name)) throw new Error(`invariant: two nodes are called ${node.name}`);
    nodeNames.add(node.name);
    for (const value of node.outputs) {
      if (valueNames.has(value.name)) throw new Error(`invariant: two values are called ${value.name}`);
      valueNames.add(value.name);
      made.add(value.id);
    }
  }
  for (const { name, value } of [...graph.outputs, ...graph.endPoints]) {
    if (!made.has(value.id)) throw new Error(`invariant: nothing makes ${name}`);
  }
  return graph;
}
