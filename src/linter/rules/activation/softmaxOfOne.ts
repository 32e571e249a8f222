import { showShape } from '../../../tensor/shape.ts';
import { activationFix } from '../../nodeFix.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly shape: string;
  readonly gives: string;
}

/** A softmax with nothing to choose among. */
export const softmaxOfOne = defineRule<Facts>({
  code: 'INC727',
  id: 'activation/softmax-of-one',
  level: 'warning',
  set: 'recommended',
  summary: 'A softmax is taken along an axis of one entry.',
  why: 'It gives 1 whatever it reads: the accuracy stands still and nothing is trained. Mostly one unit is meant to say yes or no, which is a sigmoid.',
  sources: [
    'https://github.com/keras-team/keras/pull/18105',
    'https://github.com/keras-team/keras/issues/500',
    'https://github.com/keras-team/keras/issues/18909',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: { units: 1, activation: softmax }
    name: positive
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: { units: 1, activation: sigmoid }
    name: positive
`,
  },
  message: ({ op, shape, gives }) =>
    `this ${op} of ${shape} is along an axis of one entry: it gives ${gives}, whatever it reads`,
  help: () => 'use a sigmoid for one yes or no, or as many entries as there are classes',
  *checkGraph(graph) {
    for (const node of graph.nodesOf('softmax', 'log_softmax')) {
      const shape = node.inputs[0]?.type.shape ?? [];
      if (shape[Number(node.attributes.axis)] !== 1) continue;
      const gives = node.op === 'softmax' ? '1' : '0';
      const params = { op: node.op, shape: showShape(shape), gives };
      yield { params, span: node.span, node: node.name, ...activationFix(node, 'sigmoid', graph) };
    }
  },
});
