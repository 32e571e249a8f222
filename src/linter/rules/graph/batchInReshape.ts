import { type Dim, keyOf, symbolsOf } from '../../../tensor/dim.ts';
import { type Shape, showShape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly from: string;
  readonly to: string;
  readonly batch: string;
}

/** A reshape that mixes the items of a batch. */
export const batchInReshape = defineRule<Facts>({
  code: 'INC613',
  id: 'graph/batch-in-reshape',
  level: 'warning',
  set: 'recommended',
  summary: 'A reshape writes a number for the batch, which is open, and the batch goes into another axis.',
  why: 'At a batch of 1, at which models are exported, it is what was meant. At 8 the items are mixed: an axis is eight times as long, and nothing refuses it.',
  sources: [
    'https://github.com/microsoft/onnxruntime/issues/6424',
    'https://github.com/microsoft/onnxruntime/issues/10463',
    'https://github.com/onnx/models/issues/229',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - reshape: [1, -1, 3]
    name: rows
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - reshape: [_, -1, 3]
    name: rows
`,
  },
  message: ({ from, to, batch }) => `the batch \`${batch}\` of ${from} goes into another axis: ${to}`,
  help: () => 'write `_` first, which keeps the batch, in place of the number',
  *checkGraph(graph) {
    for (const node of graph.nodesOf('reshape')) {
      const [from, to] = [node.inputs[0]?.type.shape ?? [], node.outputs[0]?.type.shape ?? []];
      if (typeof to[0] !== 'number') continue;
      const batch = soleSymbol(from[0]);
      if (batch === undefined || !isIn(batch, to) || isPutBehind(to, from[0])) continue;
      const params = { from: showShape(from), to: showShape(to), batch };
      yield { params, span: node.span, node: node.name };
    }
  },
});

function soleSymbol(dim: Dim | undefined): string | undefined {
  const symbols = dim === undefined ? [] : symbolsOf(dim);
  return symbols.length === 1 ? symbols[0] : undefined;
}

function isIn(symbol: string, shape: Shape): boolean {
  return shape.some((dim) => symbolsOf(dim).includes(symbol));
}

/** An axis of 1 before a batch that stays whole: nothing is mixed. */
function isPutBehind([first, second]: Shape, batch: Dim | undefined): boolean {
  return first === 1 && second !== undefined && batch !== undefined && keyOf(second) === keyOf(batch);
}
