import { elementCount, showShape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';

/** A batch norm that has one number per channel in each batch. */
export const batchOfOne = defineRule<{ readonly shape: string }>({
  code: 'INC726',
  id: 'norm/batch-of-one',
  level: 'warning',
  set: 'strict',
  summary: 'A batch norm reads one item with one place per channel.',
  why: "With the moving statistics it works; trained at this size it has a variance of 0 and gives its offset alone. PyTorch refuses: expected more than 1 value per channel when training. Batch norms behind a global pooling meet this where a batch's last item is alone.",
  sources: [
    'https://github.com/pytorch/pytorch/pull/2961',
    'https://github.com/pytorch/pytorch/issues/4534',
    'https://github.com/zhanghang1989/ResNeSt/issues/46',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [1, 8, 8, 3], range: [0, 1] } }
network:
  - global_avg_pool:
    name: pool
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
  - global_avg_pool:
    name: pool
  - batch_norm: { epsilon: 1e-5 }
    name: norm
`,
  },
  message: ({ shape }) =>
    `this batch norm of ${shape} has one number per channel: it cannot be trained at this size`,
  help: () => 'leave the batch open (`N`), or normalise before the pooling',
  *checkGraph(graph) {
    for (const { inputs, span, name } of graph.nodesOf('batch_norm')) {
      const shape = inputs[0]?.type.shape ?? [];
      if (elementCount(shape.slice(0, -1)) !== 1) continue;
      yield { params: { shape: showShape(shape) }, span, node: name };
    }
  },
});
