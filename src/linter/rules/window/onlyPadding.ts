import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly padding: number;
  readonly extent: number;
}

/** Windows that see nothing of the map. */
export const onlyPadding = defineRule<Facts>({
  code: 'INC702',
  id: 'window/only-padding',
  level: 'warning',
  set: 'recommended',
  summary: 'The padding is at least as wide as the kernel: some windows lie in it wholly.',
  why: 'Such a window gives the bias alone, or in a pooling nothing that is defined: minus infinity, 0 or a refusal, by framework. Runtimes check for it, and not all the same way.',
  sources: [
    'https://github.com/webmachinelearning/webnn/issues/935',
    'https://github.com/tracel-ai/burn/pull/5791',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: 3 }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: 1 }
    name: conv1
`,
  },
  message: ({ op, padding, extent }) =>
    `windows of this ${op} lie in the padding wholly: ${padding} of padding, a kernel of ${extent}`,
  help: ({ extent }) =>
    `pad by ${Math.floor((extent - 1) / 2)} on each side, which keeps the size at stride 1`,
  *checkGraph(graph) {
    for (const node of graph.windows) {
      // Causal padding is wide on purpose: its first window ends on the first step. Other words mean less than a window.
      if (typeof node.attributes.padding === 'string') continue;
      const axis = graph.axesOf(node).find(({ extent, before, after }) => Math.max(before, after) >= extent);
      if (axis === undefined) continue;
      const padding = Math.max(axis.before, axis.after);
      yield { params: { op: node.op, padding, extent: axis.extent }, span: node.span, node: node.name };
    }
  },
});
