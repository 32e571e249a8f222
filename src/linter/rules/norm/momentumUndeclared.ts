import { isLeftToDefault } from '../../lintedGraph.ts';
import { nodeFix } from '../../nodeFix.ts';
import { defineRule } from '../../rule.ts';

/** A momentum that nobody wrote. */
export const momentumUndeclared = defineRule<{ readonly momentum: number }>({
  code: 'INC724',
  id: 'norm/momentum-undeclared',
  level: 'info',
  set: 'strict',
  summary: 'The momentum of a batch norm is left to the default.',
  why: "It has no effect on an emitted model until that is trained on: Keras' default is 0.99, that of PyTorch (as it is said here) and ONNX 0.9, that of TF-Slim 0.999, and networks that were trained with one of them are said to have it.",
  sources: [
    'https://github.com/huggingface/transformers/pull/19454',
    'https://github.com/pytorch/examples/issues/289',
    'https://github.com/vlawhern/arl-eegmodels/issues/39',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - batch_norm: { epsilon: 1e-5 }
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
  message: ({ momentum }) =>
    `\`momentum\` of this batch_norm is left to the default, ${momentum}; PyTorch's and ONNX' is 0.9, TF-Slim's 0.999`,
  help: ({ momentum }) =>
    `write \`momentum: ${momentum}\`, here or once under \`defaults: { batch_norm: … }\``,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('batch_norm')) {
      if (!isLeftToDefault(node.origins.momentum)) continue;
      const { momentum } = node.attributes;
      const written = { attribute: 'momentum', value: String(momentum), safety: 'safe' } as const;
      yield { params: { momentum }, span: node.span, node: node.name, ...nodeFix(node, written, graph) };
    }
  },
});
