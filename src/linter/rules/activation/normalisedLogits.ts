import type { TypedNode } from '../../../ir/graph.ts';
import { activationFix } from '../../nodeFix.ts';
import { defineRule } from '../../rule.ts';
import { makerOf } from '../../valueBefore.ts';

interface Facts {
  readonly output: string;
  readonly op: string;
  readonly classes?: number;
  readonly loss: string;
}

/** An output that is called logits and holds probabilities. */
export const normalisedLogits = defineRule<Facts>({
  code: 'INC731',
  id: 'activation/normalised-logits',
  level: 'warning',
  set: 'recommended',
  summary: 'An output called logits went through a softmax or a sigmoid.',
  why: 'A loss that takes logits applies the function itself. Applied twice, the loss cannot fall below a bound (0.744 for 4 classes), and its gradients nearly vanish: training is slow and nobody sees why.',
  sources: [
    'https://github.com/nfmcclure/tensorflow_cookbook/issues/86',
    'https://github.com/Lightning-Universe/lightning-bolts/issues/654',
    'https://github.com/NVIDIA/DeepLearningExamples/issues/468',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: { units: 4, activation: softmax }
    name: logits
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 4
    name: logits
  - softmax:
    name: probabilities
outputs: [logits, probabilities]
`,
  },
  message: ({ output, op, classes, loss }) =>
    `the output \`${output}\` is what a ${op} gives: a loss that takes logits is never below ${loss} with it${classes === undefined ? '' : `, for ${classes} classes`}`,
  help: ({ op }) => `give what is before the ${op}, or call it probabilities`,
  *checkGraph(graph) {
    for (const { name, value } of graph.graph.outputs) {
      const producer = /logits?$/i.test(name) ? graph.producerOf(value) : undefined;
      const maker = producer === undefined ? undefined : makerOf(producer, graph);
      if (maker === undefined) continue;
      const loss = leastLoss(maker);
      if (loss === undefined) continue;
      const fix = activationFix(maker, 'none', graph);
      yield { params: { output: name, op: maker.op, ...loss }, span: maker.span, node: maker.name, ...fix };
    }
  },
});

/**
 * The least cross entropy of probabilities that are taken for logits, reached where the right one is 1: of a softmax over
 * C classes −ln(e/(e + C − 1)), of a sigmoid −ln(e/(e + 1)).
 */
function leastLoss(node: TypedNode): Pick<Facts, 'classes' | 'loss'> | undefined {
  if (node.op === 'sigmoid') return { loss: shown(2) };
  if (node.op !== 'softmax') return undefined;
  const classes = node.inputs[0]?.type.shape[Number(node.attributes.axis)];
  return typeof classes === 'number' ? { classes, loss: shown(classes) } : undefined;
}

function shown(classes: number): string {
  return Math.log(1 + (classes - 1) / Math.E).toFixed(3);
}
