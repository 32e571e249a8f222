import type { Fix } from '../../../diagnostics/fix.ts';
import type { Origin, TypedNode } from '../../../ir/graph.ts';
import { isLeftToDefault } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly momentum: number;
  readonly percent: number;
  readonly other: number;
}

/** A momentum that is written as PyTorch writes it. */
export const momentumConvention = defineRule<Facts>({
  code: 'INC723',
  id: 'norm/momentum-convention',
  level: 'warning',
  set: 'recommended',
  summary: 'The momentum of a batch norm is below 0.5, as PyTorch counts it.',
  why: "Here, in Keras and in ONNX the momentum is the share of the old average that is kept; PyTorch's is the share of the new one. With 0.1 for 0.9 the moving statistics are nearly those of the last batch, and what was trained well fails in use.",
  sources: [
    'https://github.com/huggingface/transformers/pull/19454',
    'https://github.com/affinelayer/pix2pix-tensorflow/issues/126',
    'https://github.com/ludwig-ai/ludwig/pull/2100',
    'https://github.com/gmalivenko/pytorch2keras/issues/70',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - batch_norm: { epsilon: 1e-5, momentum: 0.1 }
    name: norm
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - batch_norm: { epsilon: 1e-5, momentum: 0.9 }
    name: norm
`,
  },
  message: ({ momentum, percent }) =>
    `with a momentum of ${momentum} the moving statistics keep ${percent} % of what they were at each step`,
  help: ({ momentum, other }) => `PyTorch's ${momentum} is ${other} here: write \`momentum: ${other}\``,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('batch_norm')) {
      if (node.attributes.momentum >= 0.5) continue;
      const { momentum } = node.attributes;
      if (isLeftToDefault(node.origins.momentum)) continue;
      const [percent, other] = [rounded(100 * momentum), rounded(1 - momentum)];
      const fix = fixOf(node, other);
      yield { params: { momentum, percent, other }, span: node.span, node: node.name, ...fix };
    }
  },
});

/** Without what binary fractions leave behind: 1 − 0.03 is 0.97. */
function rounded(n: number): number {
  return Number(n.toPrecision(12));
}

/** The number is replaced where it stands, in the step or in `defaults`; an expression is left alone. */
function fixOf({ origins: { momentum } }: TypedNode, other: number): { readonly fix?: Fix } {
  const value = valueFrom(momentum);
  if (value?.kind !== 'scalar' || typeof value.value !== 'number') return {};
  const edits = [{ span: value.span, text: String(other) }];
  return { fix: { safety: 'unsafe', title: `write \`momentum: ${other}\``, edits } };
}

function valueFrom(origin: Origin | undefined) {
  return origin?.kind === 'written' || origin?.kind === 'default' ? origin.value : undefined;
}
