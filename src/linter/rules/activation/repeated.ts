import { defineRule } from '../../rule.ts';
import { madeBefore } from '../../valueBefore.ts';

interface Facts {
  readonly op: string;
  readonly before: string;
}

/** An activation on a value that it does not change any more. */
export const repeated = defineRule<Facts>({
  code: 'INC722',
  id: 'activation/repeated',
  level: 'warning',
  set: 'strict',
  summary: 'An activation is applied to a value that already went through it.',
  why: 'A ReLU after a ReLU does nothing: mostly `activation` is set by `defaults`, and a step of its own follows. A softmax after a softmax is nearly uniform, and its gradients vanish.',
  sources: [
    'https://github.com/nfmcclure/tensorflow_cookbook/issues/86',
    'https://github.com/Lightning-Universe/lightning-bolts/issues/654',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, activation: relu }
    name: conv1
  - relu:
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, activation: relu }
    name: conv1
`,
  },
  message: ({ op, before }) =>
    `this ${op} is applied to what \`${before}\` gives, which went through ${op} already`,
  help: () => 'remove one of the two',
  *checkGraph(graph) {
    for (const node of graph.nodesOf(...settling)) {
      const before = madeBefore(node, graph);
      if (before?.op !== node.op) continue;
      yield { params: { op: node.op, before: before.step }, span: node.span, node: node.name };
    }
  },
});

/** Activations that leave what they gave as it is, and softmax, which nobody applies twice. */
const settling = ['relu', 'relu6', 'softmax', 'sigmoid', 'log_softmax'] as const;
