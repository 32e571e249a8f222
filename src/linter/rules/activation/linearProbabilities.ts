import { defineRule } from '../../rule.ts';
import { makerOf } from '../../valueBefore.ts';

interface Facts {
  readonly output: string;
  readonly op: string;
}

/** An output that is called probabilities and may hold any number. */
export const linearProbabilities = defineRule<Facts>({
  code: 'INC732',
  id: 'activation/linear-probabilities',
  level: 'info',
  set: 'strict',
  summary: 'An output called probabilities comes straight out of a linear layer.',
  why: 'Whoever loads the model takes its numbers for probabilities: they are neither between 0 and 1 nor of sum 1.',
  sources: [
    'https://github.com/tensorflow/tfjs/issues/1830: what is not said of the numbers of a model is guessed',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 4
    name: probabilities
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: { units: 4, activation: softmax }
    name: probabilities
`,
  },
  message: ({ output, op }) =>
    `the output \`${output}\` is what a ${op} gives: nothing makes probabilities of its numbers`,
  help: () => 'put a softmax or a sigmoid behind it, or call it logits',
  *checkGraph(graph) {
    for (const { name, value } of graph.graph.outputs) {
      const producer = graph.producerOf(value);
      const maker = producer === undefined ? undefined : makerOf(producer, graph);
      if (maker === undefined || !linear.has(maker.op) || !/(^|[_.-])prob(s|abilit(y|ies))?$/i.test(name))
        continue;
      yield { params: { output: name, op: maker.op }, span: maker.span, node: maker.name };
    }
  },
});

const linear: ReadonlySet<string> = new Set([
  'dense',
  'conv',
  'depthwise_conv',
  'separable_conv',
  'conv_transpose',
  'matmul',
  'batch_norm',
  'layer_norm',
  'add',
  'scale',
]);
