import type { Graph, InputMeaning, Node, TypedGraph, Value } from '../../../src/ir/graph.ts';
import { infer } from '../../../src/ir/infer.ts';
import { type OpName, opOf } from '../../../src/ops/registry.ts';
import { symbol } from '../../../src/tensor/dim.ts';
import type { DType } from '../../../src/tensor/dtype.ts';

export interface StepOfTest {
  readonly op: OpName;
  /** Name of the node; its value is called `<name>:out`, as the two need not agree. */
  readonly name: string;
  readonly from: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface NetworkOfTest {
  readonly title?: string;
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly dtype?: DType;
  readonly meaning?: InputMeaning;
  readonly steps: readonly StepOfTest[];
  /** Output name → name of a step or an input. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly endPoints?: Readonly<Record<string, string>>;
  /** Of the outputs, by their names. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
}

const span = { source: { name: 'test', text: '' }, start: 0, end: 0 };

/** A typed graph, written down without the parser. */
export function network({ inputs, steps, outputs, endPoints = {}, ...rest }: NetworkOfTest): TypedGraph {
  const values = new Map<string, Value>();
  const named = (name: string) => values.get(name) ?? missing(name);
  const graphInputs = Object.entries(inputs).map(([name, shape], id) => {
    const value = { id, name };
    values.set(name, value);
    const type = {
      dtype: rest.dtype ?? 'float32',
      shape: shape.map((d) => (typeof d === 'string' ? symbol(d) : d)),
    };
    return { value, type, meaning: rest.meaning ?? {}, span };
  });
  const nodes = steps.map(({ op, name, from, attributes = {} }, i) => {
    const output = { id: graphInputs.length + i, name: `${name}:out` };
    const node = {
      op,
      name,
      step: name,
      attributes: opOf(op).attributes().parse(attributes),
      origins: {},
      inputs: from.map(named),
      outputs: [output],
      frame: { name: 'test' },
      span,
    };
    values.set(name, output);
    return node as unknown as Node;
  });
  const graph: Graph = {
    name: 'test',
    ...(rest.title === undefined ? {} : { title: rest.title }),
    inputs: graphInputs,
    nodes,
    outputs: Object.entries(outputs).map(([name, from]) => {
      const names = rest.labels?.[name];
      return { name, value: named(from), ...(names === undefined ? {} : { labels: { names, span } }) };
    }),
    endPoints: Object.entries(endPoints).map(([name, from]) => ({ name, value: named(from), span })),
    claims: [],
    facts: {},
  };
  return inferred(graph);
}

/** Attributes are normalised for their inputs' types node by node, as building a graph does. */
function inferred(graph: Graph): TypedGraph {
  let nodes: readonly Node[] = [];
  for (const node of graph.nodes) {
    const { types } = infer({ ...graph, nodes, outputs: [], endPoints: [] });
    const inputs = node.inputs.flatMap((v) => types.get(v.id) ?? []);
    const attributes = opOf(node.op).normalise?.(node.attributes, inputs) ?? node.attributes;
    nodes = [...nodes, { ...node, attributes } as Node];
  }
  const { value, diagnostics } = infer({ ...graph, nodes });
  if (value === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return value;
}

function missing(name: string): never {
  throw new Error(`the test's network has no ${name}`);
}

/** The graph with every weight drawn around 0.5 and above 0, so that biases and moving statistics show. */
export function withLivelyWeights(graph: TypedGraph): TypedGraph {
  const initialiser = { kind: 'truncated_normal', mean: 0.5, standardDeviation: 0.2 } as const;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((weight) => ({ ...weight, initialiser })),
  }));
  return { ...graph, nodes: nodes as TypedGraph['nodes'] };
}
