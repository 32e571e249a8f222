import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Graph, Node, TypedGraph, Value } from '../../src/ir/graph.ts';
import { infer } from '../../src/ir/infer.ts';
import type { Example } from '../../src/ops/op.ts';
import { type OpName, opOf } from '../../src/ops/registry.ts';
import { type Dim, symbol } from '../../src/tensor/dim.ts';
import type { TensorType } from '../../src/tensor/shape.ts';

/** A network of one node, as an op's example describes it: inputs `x0`, `x1`, …, the node and its value `y`. */
export function exampleGraph(
  op: OpName,
  example: Example,
): { graph?: TypedGraph; diagnostics: readonly Diagnostic[] } {
  const span = { source: { name: 'example', text: '' }, start: 0, end: 0 };
  const types: TensorType[] = example.inputs.map((shape) => ({ dtype: 'float32', shape: shape.map(dim) }));
  const inputs = types.map((type, i) => ({ value: { id: i, name: `x${i}` }, type, meaning: {}, span }));
  const y: Value = { id: inputs.length, name: 'y' };
  const parsed = opOf(op)
    .attributes()
    .parse(example.attributes ?? {});
  const attributes = opOf(op).normalise?.(parsed, types) ?? parsed;
  const node = {
    op,
    name: 'node',
    step: 'node',
    attributes,
    origins: {},
    inputs: inputs.map((i) => i.value),
    outputs: [y],
    frame: { name: 'example' },
    span,
  } as unknown as Node;
  const graph: Graph = {
    name: 'example',
    inputs,
    nodes: [node],
    outputs: [{ name: 'y', value: y }],
    endPoints: [{ name: 'y', value: y, span }],
    claims: [],
    facts: {},
  };
  const { value, diagnostics } = infer(graph);
  return { ...(value === undefined ? {} : { graph: value }), diagnostics };
}

function dim(d: number | string): Dim {
  return typeof d === 'number' ? d : symbol(d);
}
