import { defineRule } from '../../rule.ts';

/** An input of the network that nothing reads. */
export const unusedInput = defineRule<{ readonly name: string }>({
  code: 'INC602',
  id: 'graph/unused-input',
  level: 'warning',
  set: 'recommended',
  summary: 'Nothing reads an input of the network.',
  why: 'ONNX keeps it, and every caller has to feed it; Keras and tf.js refuse a model with such an input. Mostly a step reads another one by mistake.',
  sources: ['Keras, `Model`: inputs must lead to outputs', 'ONNX IR, `GraphProto.input`'],
  bad: {
    spec: `
inception: 1
name: example
inputs:
  image: { shape: [N, 8, 8, 3], range: [0, 1] }
  mask: { shape: [N, 8, 8, 1], range: [0, 1] }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    from: image
    name: main
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs:
  image: { shape: [N, 8, 8, 3], range: [0, 1] }
  mask: { shape: [N, 8, 8, 1], range: [0, 1] }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    from: image
    name: features
  - multiply: [features, mask]
    name: main
`,
  },
  message: ({ name }) => `nothing reads the input \`${name}\``,
  help: () => 'let a step read it with `from`, or remove it',
  *checkGraph(graph) {
    for (const { value, span } of graph.graph.inputs) {
      if (graph.isRead(value) || graph.isOutput(value)) continue;
      yield { params: { name: value.name }, span, node: value.name };
    }
  },
});
