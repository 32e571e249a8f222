import type { TypedNode } from '../../../ir/graph.ts';
import { windowsOf } from '../../../ops/spatial.ts';
import { attributeEdit } from '../../edits.ts';
import { isLeftToDefault, type LintedGraph } from '../../lintedGraph.ts';
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
    for (const node of graph.nodes) {
      for (const { attribute, others, matters } of differing[node.op] ?? []) {
        if (!isLeftToDefault(node.origins[attribute]) || matters?.(node) === false) continue;
        yield finding(node, { attribute, others }, graph);
      }
    }
  },
});

interface Differing {
  readonly attribute: string;
  /** What it is elsewhere. */
  readonly others: string;
  /** Whether it has an effect on this node; always where not given. */
  readonly matters?: (node: TypedNode) => boolean;
}

const torchEpsilon = { attribute: 'epsilon', others: "Keras' is 1e-3, that of PyTorch and ONNX 1e-5" };

/** By op: attributes with a default here, whose default differs between Keras, PyTorch, TF-Slim and ONNX. */
const differing: Readonly<Record<string, readonly Differing[]>> = {
  batch_norm: [torchEpsilon],
  layer_norm: [torchEpsilon],
  group_norm: [torchEpsilon],
  instance_norm: [torchEpsilon],
  rms_norm: [
    { attribute: 'epsilon', others: "Keras' is 1e-6, Llama's 1e-5, and PyTorch's the machine epsilon" },
  ],
  avg_pool: [
    {
      attribute: 'count_padding',
      others: 'PyTorch and Caffe count the padding, Keras, TensorFlow and ONNX do not',
      matters: isPadded,
    },
  ],
  hard_sigmoid: [
    { attribute: 'form', others: 'Keras 1 and 2 and ONNX have x/5 + 1/2, Keras 3 and PyTorch x/6 + 1/2' },
  ],
  gelu: [{ attribute: 'form', others: 'BERT and PyTorch have the exact form, GPT-2 the one with tanh' }],
  gru: [
    {
      attribute: 'reset_after',
      others: 'it is true in Keras 2 and PyTorch, false in Keras 1, the paper and ONNX',
    },
  ],
  depth_to_space: [
    {
      attribute: 'order',
      others: "TensorFlow's is row_column_channel (DCR), PyTorch's pixel shuffle channel first (CRD)",
    },
  ],
  space_to_depth: [
    {
      attribute: 'order',
      others: "TensorFlow's is row_column_channel, PyTorch's pixel unshuffle channel first",
    },
  ],
};

/** Also where that follows from a size that is open. */
function isPadded(node: TypedNode): boolean {
  const [x] = node.inputs;
  if (node.op !== 'avg_pool' || x === undefined) return false;
  const windows = windowsOf(x.type, node.attributes);
  return !windows.ok || windows.value.some(({ before, after }) => before !== 0 || after !== 0);
}

function finding(
  node: TypedNode,
  { attribute, others }: Pick<Differing, 'attribute' | 'others'>,
  graph: LintedGraph,
): Finding<Facts> {
  const attributes: Readonly<Record<string, unknown>> = node.attributes;
  const value = String(attributes[attribute]);
  const step = graph.stepOf(node);
  const own = step?.kind === 'op' && step.op === node.op;
  const edit = own ? attributeEdit(step, attribute, value) : undefined;
  const fix = { safety: 'safe', title: `write \`${attribute}: ${value}\`` } as const;
  return {
    params: { op: node.op, attribute, value, others },
    span: node.span,
    node: node.name,
    ...(edit === undefined ? {} : { fix: { ...fix, edits: [edit] } }),
  };
}
