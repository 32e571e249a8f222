import type { TypedGraph, TypedNode } from '../../ir/graph.ts';
import type { Literal } from '../../ops/constant.ts';
import { type Pass, pinnedIds } from '../pass.ts';
import { evaluate } from './evaluate.ts';
import { countOf, type Numbers } from './numbers.ts';

/** Computes what follows from constants alone; what a node that is computed later reads of it becomes a constant. */
export const foldConstants: Pass = (graph, options) => {
  const known = knownValues(graph);
  const computed = graph.nodes.filter(
    (node) => node.op !== 'constant' && numbersOf(node, known) !== undefined,
  );
  if (computed.length === 0) return { graph, nodes: [] };
  const wanted = new Set(pinnedIds(graph, options));
  for (const node of graph.nodes) {
    if (numbersOf(node, known) === undefined) for (const { id } of node.inputs) wanted.add(id);
  }
  const nodes = graph.nodes.flatMap((node) => {
    const numbers = numbersOf(node, known);
    if (numbers === undefined) return [node];
    if (!node.outputs.some(({ id }) => wanted.has(id))) return [];
    return [node.op === 'constant' ? node : asConstant(node, numbers)];
  });
  return { graph: { ...graph, nodes }, nodes: computed.map(({ name }) => name) };
};

/** The numbers of every value that follows from constants. */
function knownValues({ nodes }: TypedGraph): ReadonlyMap<number, Numbers> {
  const known = new Map<number, Numbers>();
  for (const node of nodes) {
    const inputs = node.inputs.flatMap(({ id }) => known.get(id) ?? []);
    const made = inputs.length === node.inputs.length ? evaluate(node, inputs) : undefined;
    const [y] = node.outputs;
    if (made !== undefined && y !== undefined) known.set(y.id, made);
  }
  return known;
}

function numbersOf({ outputs: [y] }: TypedNode, known: ReadonlyMap<number, Numbers>): Numbers | undefined {
  return y === undefined ? undefined : known.get(y.id);
}

function asConstant({ roles: _, sharedWeights: __, ...node }: TypedNode, numbers: Numbers): TypedNode {
  const { dtype } = numbers;
  const attributes = { value: literal(numbers), dtype };
  return { ...node, op: 'constant', attributes, origins: {}, inputs: [], weights: [], macs: 0 };
}

/** Numbers as lists in lists, as a `constant` writes them. */
function literal({ dtype, shape: [size, ...rest], values }: Numbers): Literal {
  if (size === undefined) {
    const [value = 0] = values;
    return dtype === 'bool' ? value !== 0 : value;
  }
  const run = countOf(rest);
  return Array.from({ length: size }, (_, i) =>
    literal({ dtype, shape: rest, values: values.slice(i * run, (i + 1) * run) }),
  );
}
