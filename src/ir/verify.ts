import type { TypedGraph } from './graph.ts';

/**
 * What must hold of every graph, whatever was written: names are unique, every value is made before it is read, every
 * output exists. A violation is a fault of the compiler, so it is an exception.
 */
export function checkGraph(graph: TypedGraph): TypedGraph {
  // By id, which count from 0.
  const made: true[] = [];
  for (const { value } of graph.inputs) made[value.id] = true;
  const valueNames = new Set(graph.inputs.map((i) => i.value.name));
  const nodeNames = new Set<string>();
  for (const node of graph.nodes) {
    for (const value of node.inputs) {
      if (made[value.id] === undefined)
        throw new Error(`invariant: ${node.name} reads ${value.name} before it is made`);
    }
    if (nodeNames.has(node.name)) throw new Error(`invariant: two nodes are called ${node.name}`);
    nodeNames.add(node.name);
    for (const value of node.outputs) {
      if (valueNames.has(value.name)) throw new Error(`invariant: two values are called ${value.name}`);
      valueNames.add(value.name);
      made[value.id] = true;
    }
  }
  for (const { name, value } of [...graph.outputs, ...graph.endPoints]) {
    if (made[value.id] === undefined) throw new Error(`invariant: nothing makes ${name}`);
  }
  return graph;
}
