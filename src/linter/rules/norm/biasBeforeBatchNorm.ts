import type { TypedNode } from '../../../ir/graph.ts';
import { elementsOf } from '../../../ops/weight.ts';
import { attributeEdit } from '../../edits.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule, type Finding } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly norm: string;
  readonly parameters: number;
}

/** A bias that the offset of a batch norm makes useless. */
export const biasBeforeBatchNorm = defineRule<Facts>({
  code: 'INC720',
  id: 'norm/bias-before-batch-norm',
  level: 'warning',
  set: 'recommended',
  summary: 'A convolution or dense layer has a bias, and nothing but a batch norm with an offset reads it.',
  why: 'The batch norm subtracts the mean, and with it the bias, and adds an offset of its own: the bias has no effect and no gradient. It costs parameters, and a checkpoint of the paper does not have it.',
  sources: [
    'https://github.com/milesial/Pytorch-UNet/pull/325',
    'https://github.com/keras-team/keras-cv/pull/697',
    'https://github.com/matterport/Mask_RCNN/pull/1455',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 16, kernel: 3, padding: same, bias: true }
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 16, kernel: 3, padding: same, bias: false }
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
`,
  },
  message: ({ op, norm, parameters }) =>
    `the bias of this ${op} (${parameters} parameters) has no effect: \`${norm}\` subtracts it with the mean`,
  help: () => 'write `bias: false`; the offset of the batch norm takes its place',
  *checkGraph(graph) {
    const found = graph.nodesOf(...convolving).flatMap((node) => {
      const bias = biasOf(node);
      const norm = bias === undefined ? undefined : graph.onlyReaderOf(node);
      if (bias === undefined || norm?.op !== 'batch_norm' || !norm.attributes.center) return [];
      return [finding(node, { op: node.op, norm: norm.name, parameters: bias }, graph)];
    });
    const [first, ...others] = found;
    if (first === undefined) return;
    const notes = [ofAll(found)];
    yield others.length === 0 ? first : { ...first, notes };
    yield* others;
  },
});

function ofAll(found: readonly Finding<Facts>[]): string {
  const total = found.reduce((sum, { params }) => sum + params.parameters, 0);
  return `of the network, ${total} parameters in ${found.length} layers are such`;
}

/** How many parameters the bias of a node has; undefined where it has none of its own. */
function biasOf(node: TypedNode): number | undefined {
  if (node.sharedWeights !== undefined) return undefined;
  const bias = node.weights.find(({ name }) => name === 'bias');
  return bias === undefined ? undefined : elementsOf(bias);
}

const convolving = ['conv', 'depthwise_conv', 'separable_conv', 'conv_transpose', 'dense'] as const;

function finding(node: TypedNode, params: Facts, graph: LintedGraph): Finding<Facts> {
  const step = graph.stepOf(node);
  const edit = step === undefined ? undefined : attributeEdit(step, 'bias', 'false');
  const fix = { safety: 'unsafe', title: 'write `bias: false`' } as const;
  return {
    params,
    span: node.span,
    node: node.name,
    ...(edit === undefined ? {} : { fix: { ...fix, edits: [edit] } }),
  };
}
