import type { Graph, Node, TypedGraph, Value } from '../../../src/ir/graph.ts';
import { infer } from '../../../src/ir/infer.ts';
import { type OpName, opOf } from '../../../src/ops/registry.ts';
import { type Dim, symbol } from '../../../src/tensor/dim.ts';
import type { TensorType } from '../../../src/tensor/shape.ts';

const text = ['network:', '  - conv: 8', '  - stem:', '  - dense: 10', ''].join('\n');
const source = { name: 'small.yaml', text };

interface Step {
  readonly name: string;
  readonly step?: string;
  readonly op: OpName;
  readonly from: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly line?: number;
  readonly note?: string;
}

const steps: readonly Step[] = [
  {
    name: 'conv_1',
    op: 'conv',
    from: ['image'],
    attributes: { filters: 8, kernel: [3, 3], stride: [2, 2], bias: false },
    note: 'as in the paper',
  },
  { name: 'conv_1/batch_norm', step: 'conv_1', op: 'batch_norm', from: ['conv_1'], note: 'as in the paper' },
  { name: 'conv_1/relu', step: 'conv_1', op: 'relu', from: ['conv_1/batch_norm'], note: 'as in the paper' },
  {
    name: 'mixed/branch_0/max_pool',
    op: 'max_pool',
    from: ['conv_1/relu'],
    attributes: { kernel: [3, 3], stride: [2, 2], padding: 'same' },
    line: 3,
  },
  {
    name: 'mixed/branch_1/conv',
    op: 'conv',
    from: ['conv_1/relu'],
    attributes: { filters: 4, kernel: [1, 7], stride: [2, 2], padding: 'same' },
    line: 3,
  },
  {
    name: 'mixed',
    op: 'concat',
    from: ['mixed/branch_0/max_pool', 'mixed/branch_1/conv'],
    attributes: { axis: 3 },
    line: 3,
  },
  { name: 'pool', op: 'global_avg_pool', from: ['mixed'], line: 4 },
  { name: 'logits', op: 'dense', from: ['pool'], attributes: { units: 10 }, line: 4 },
];

/** A network of eight nodes and six steps, on images of `height` by 9 (or of any height `H`). */
export function smallGraph(height: number | 'H' = 9): TypedGraph {
  const type: TensorType = { dtype: 'float32', shape: [symbol('N'), high(height), 9, 3] };
  const image: Value = { id: 0, name: 'image' };
  const values = new Map(
    [image, ...steps.map((s, i) => ({ id: i + 1, name: s.name }))].map((v) => [v.name, v]),
  );
  const value = (name: string): Value => values.get(name) ?? image;
  const graph: Graph = {
    name: 'small',
    inputs: [{ value: image, type, meaning: {}, span: spanOf(1) }],
    nodes: steps.map((step) => nodeOf(step, value)),
    outputs: [{ name: 'scores', value: value('logits') }],
    endPoints: ['mixed', 'logits'].map((name) => ({ name, value: value(name), span: spanOf(1) })),
    claims: [],
    facts: {},
  };
  const { value: typed, diagnostics } = infer(graph);
  if (typed === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return typed;
}

function high(height: number | 'H'): Dim {
  return height === 'H' ? symbol('H') : height;
}

function nodeOf(
  { name, step = name, op, from, attributes = {}, line = 2, note }: Step,
  value: (n: string) => Value,
) {
  const block = name.startsWith('mixed') ? { name: 'stem', parent: { name: 'small' } } : { name: 'small' };
  // Parsing by the op's schema makes the pair of op and attributes true; the type cannot follow it.
  return {
    op,
    name,
    step,
    attributes: opOf(op).attributes().parse(attributes),
    origins: {},
    inputs: from.map(value),
    outputs: [value(name)],
    frame: block,
    span: spanOf(line),
    ...(note === undefined ? {} : { note }),
  } as unknown as Node;
}

/** The step on line `line` of the text. */
function spanOf(line: number) {
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line === 1 ? 0 : 3);
  return { source, start, end: start + 1 };
}
