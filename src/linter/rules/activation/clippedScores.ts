import { activationFix } from '../../nodeFix.ts';
import { defineRule } from '../../rule.ts';
import { madeBefore } from '../../valueBefore.ts';

interface Facts {
  readonly op: string;
  readonly before: string;
  readonly maker: string;
}

/** Scores that lost everything below 0 before they become probabilities. */
export const clippedScores = defineRule<Facts>({
  code: 'INC728',
  id: 'activation/clipped-scores',
  level: 'warning',
  set: 'strict',
  summary: 'A softmax or sigmoid reads what a ReLU gives.',
  why: 'All scores below 0 count as 0 and have no gradient: a sigmoid then gives no probability below one half, and a softmax cannot rule out a class. Mostly an activation set by `defaults` or a block also falls on the last layer.',
  sources: [
    'https://github.com/pytorch/examples/pull/117',
    'https://github.com/huyng/tensorflow-vgg/issues/13',
    'https://github.com/mrchor/HiNet/issues/1',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: { units: 10, activation: relu }
    name: scores
  - softmax:
    name: classes
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 10
    name: scores
  - softmax:
    name: classes
`,
  },
  message: ({ op, before, maker }) =>
    op === 'sigmoid'
      ? `this sigmoid reads the ${maker} of \`${before}\`: it gives no number below 0.5`
      : `this ${op} reads the ${maker} of \`${before}\`: every score below 0 counts as 0`,
  help: ({ maker }) => `take the ${maker} away before it`,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('softmax', 'log_softmax', 'sigmoid')) {
      const before = madeBefore(node, graph);
      if (before?.op !== 'relu' && before?.op !== 'relu6') continue;
      const params = { op: node.op, before: before.step, maker: before.op };
      const fix = activationFix(before, 'none', graph);
      yield { params, span: node.span, node: node.name, ...fix };
    }
  },
});
