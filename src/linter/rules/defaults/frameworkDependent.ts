import type { TypedNode } from '../../../ir/graph.ts';
import { type Differing, differingDefaults, opsThatDiffer } from '../../differingDefaults.ts';
import { isLeftToDefault, type LintedGraph } from '../../lintedGraph.ts';
import { nodeFix } from '../../nodeFix.ts';
import { defineRule, type Finding } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly attribute: string;
  readonly value: string;
  readonly others: string;
}

/** An attribute that nobody wrote, and that other frameworks would take to be something else. */
export const frameworkDependent = defineRule<Facts>({
  code: 'INC610',
  id: 'defaults/framework-dependent',
  level: 'warning',
  set: 'recommended',
  summary: 'An attribute is left to a default that is another one in another framework.',
  why: 'The network is ported, the shapes and the counts are the same, and the numbers are not: with an epsilon of 1e-3 instead of 1e-5 a channel of variance 1e-3 comes out smaller by a factor of 1.41. Written out, it is the same everywhere.',
  sources: [
    'https://github.com/gzuidhof/nn-transfer/pull/3',
    'https://github.com/qqwweee/keras-yolo3/issues/451',
    'https://github.com/apache/tvm/issues/1144',
    'https://github.com/tensorflow/tfjs/issues/2442',
    'https://github.com/keras-team/tf-keras/issues/173',
    'https://github.com/ml-explore/mlx/issues/1049',
    'https://github.com/keras-team/keras/pull/4141',
    'https://github.com/onnx/onnx/issues/4605',
    'https://github.com/apache/tvm/pull/19420',
    'https://github.com/PINTO0309/onnx2tf/issues/91',
    'Keras 2.3.0, release notes: the recurrent activation became sigmoid',
    'Keras, PyTorch and ONNX documentation of the layers',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, bias: false }
    name: conv1
  - batch_norm:
    name: norm1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
defaults: { batch_norm: { epsilon: 0.001 } }
network:
  - conv: { filters: 8, kernel: 3, bias: false }
    name: conv1
  - batch_norm:
    name: norm1
`,
  },
  message: ({ op, attribute, value, others }) =>
    `\`${attribute}\` of this ${op} is left to the default, ${value}; ${others}`,
  help: ({ op, attribute, value }) =>
    `write \`${attribute}: ${value}\`, here or once under \`defaults: { ${op}: … }\``,
  *checkGraph(graph) {
    const channelsFirst = graph.graph.channels === 'first';
    for (const node of graph.nodesOf(...opsThatDiffer)) {
      for (const differing of differingDefaults[node.op] ?? []) {
        const { attribute, matters } = differing;
        if (!isLeftToDefault(node.origins[attribute])) continue;
        if (matters?.(node, channelsFirst) === false) continue;
        yield finding(node, differing, graph);
      }
    }
  },
});

function finding(
  node: TypedNode,
  { attribute, others, written }: Differing,
  graph: LintedGraph,
): Finding<Facts> {
  const attributes: Readonly<Record<string, unknown>> = node.attributes;
  const value = written?.(node) ?? String(attributes[attribute]);
  return {
    params: { op: node.op, attribute, value, others },
    span: node.span,
    node: node.name,
    about: attribute,
    ...nodeFix(node, { attribute, value, safety: 'safe' }, graph),
  };
}
