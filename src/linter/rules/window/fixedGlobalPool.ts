import { defineRule } from '../../rule.ts';
import { isPooling } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly kernel: string;
  readonly global: string;
}

/** A pooling over the whole map that holds for one size of input only. */
export const fixedGlobalPool = defineRule<Facts>({
  code: 'INC703',
  id: 'window/fixed-global-pool',
  level: 'warning',
  set: 'strict',
  summary: 'A pooling has a window of just the size of its map.',
  why: 'At another size of image it is no longer over the whole map, and the layers behind it do not fit, or fit and mean something else.',
  sources: ['https://github.com/keras-team/keras/pull/7434'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - avg_pool: { kernel: 8, stride: 1 }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - global_avg_pool: { keepdims: true }
    name: pool
`,
  },
  message: ({ op, kernel }) =>
    `this ${op} has a window of ${kernel}, which is the whole map at this size only`,
  help: ({ global }) => `\`${global}: { keepdims: true }\` is over the whole map at every size`,
  *checkGraph(graph) {
    for (const node of graph.windows) {
      if (!isPooling(node)) continue;
      const axes = graph.axesOf(node);
      const spatial = (node.inputs[0]?.type.shape.length ?? 2) - 2;
      const whole = axes.filter(
        ({ input, extent, before, after }) => input === extent && input > 1 && before + after === 0,
      );
      if (axes.length === 0 || whole.length !== spatial) continue;
      const kernel = axes.map(({ extent }) => extent).join('x');
      const global = node.op === 'avg_pool' ? 'global_avg_pool' : 'global_max_pool';
      yield { params: { op: node.op, kernel, global }, span: node.span, node: node.name };
    }
  },
});
