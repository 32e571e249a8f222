import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Graph, Node, TypedGraph, Value } from '../../src/ir/graph.ts';
import { infer } from '../../src/ir/infer.ts';
import type { Example } from '../../src/ops/op.ts';
import { type OpName, opOf } from '../../src/ops/registry.ts';
import type { TensorType } from '../../src/tensor/shape.ts';
import { exampleAttributes, exampleDim } from './exampleSizes.ts';

/**
 * A network of one node, as an op's example describes it: inputs `x0`, `x1`, …, the node and its value `y`, or its
 * values `y`, `y1`, …
 */
export function exampleGraph(
  op: OpName,
  example: Example,
): { graph?: TypedGraph; diagnostics: readonly Diagnostic[] } {
  const span = { source: { name: 'example', text: '' }, start: 0, end: 0 };
  const types: TensorType[] = example.inputs.map((shape, i) => ({
    dtype: example.dtypes?.[i] ?? 'float32',
    shape: shape.map(exampleDim),
  }));
  const inputs = types.map((type, i) => ({ value: { id: i, name: `x${i}` }, type, meaning: {}, span }));
  const parsed = opOf(op).attributes().parse(exampleAttributes(op, example));
  const attributes = opOf(op).normalise?.(parsed, types) ?? parsed;
  const names = opOf(op).outputs?.(attributes) ?? ['y'];
  const outputs: readonly Value[] = names.map((_, i) => ({
    id: inputs.length + i,
    name: i === 0 ? 'y' : `y${i}`,
  }));
  const node = {
    op,
    name: 'node',
    step: 'node',
    attributes,
    origins: {},
    inputs: inputs.map((i) => i.value),
    ...(example.roles === undefined ? {} : { roles: example.roles }),
    outputs,
    frame: { name: 'example' },
    span,
  } as unknown as Node;
  const graph: Graph = {
    name: 'example',
    inputs,
    nodes: [node],
    outputs: outputs.map((value) => ({ name: value.name, value })),
    endPoints: outputs.map((value) => ({ name: value.name, value, span })),
    claims: [],
    facts: {},
  };
  const { value, diagnostics } = infer(graph);
  return { ...(value === undefined ? {} : { graph: value }), diagnostics };
}
