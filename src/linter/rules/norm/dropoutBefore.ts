import { defineRule } from '../../rule.ts';

/** A dropout directly before a batch norm. */
export const dropoutBefore = defineRule<{ readonly dropout: string }>({
  code: 'INC721',
  id: 'norm/dropout-before',
  level: 'info',
  set: 'strict',
  summary: 'A dropout stands directly before a batch norm.',
  why: 'The variance that the batch norm has learned under dropout is not the one that it meets when nothing is dropped.',
  sources: [
    'Li et al., Understanding the Disharmony between Dropout and Batch Normalization, arXiv 1801.05134',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - dropout: 0.5
    name: drop
  - batch_norm: { epsilon: 0.001 }
    name: norm
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - batch_norm: { epsilon: 0.001 }
    name: norm
  - dropout: 0.5
    name: drop
`,
  },
  message: ({ dropout }) =>
    `this batch norm reads the dropout \`${dropout}\`: its variance differs between training and use`,
  help: () => 'put the dropout behind the batch norm',
  *checkGraph(graph) {
    for (const node of graph.nodesOf('batch_norm')) {
      const [input] = node.inputs;
      if (input === undefined) continue;
      const before = graph.producerOf(input);
      if (before?.op !== 'dropout' && before?.op !== 'spatial_dropout') continue;
      yield { params: { dropout: before.step }, span: node.span, node: node.name };
    }
  },
});
