import * as z from 'zod';
import type { TypedNode } from '../../../ir/graph.ts';
import { parametersOf } from '../../parameters.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly parameters: number;
  readonly percent: number;
}

interface Options {
  readonly share: number;
}

/** One dense layer that is nearly the whole network. */
export const denseShare = defineRule<Facts, Options>({
  code: 'INC802',
  id: 'size/dense-share',
  level: 'warning',
  set: 'recommended',
  summary: 'One dense layer holds most of the parameters of a network with convolutions.',
  why: 'It stands behind a map that was flattened while it was still large. The model is far larger to load in a browser than it need be, and takes images of one size only.',
  sources: [
    'https://github.com/tensorflow/tfjs/issues/3203: 99.8 %',
    'Lin et al., Network In Network, arXiv 1312.4400, section 3.2',
  ],
  options: () =>
    z.strictObject({
      share: z.number().min(0).max(1).default(0.8).meta({ description: 'Of all parameters, from 0 to 1.' }),
    }),
  defaults: { share: 0.8 },
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 64, 64, 3], range: [0, 1] } }
network:
  - conv: { filters: 32, kernel: 3, padding: same }
    name: conv1
  - flatten:
  - dense: 10
    name: logits
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 64, 64, 3], range: [0, 1] } }
network:
  - conv: { filters: 32, kernel: 3, padding: same }
    name: conv1
  - global_avg_pool:
  - dense: 10
    name: logits
`,
  },
  message: ({ parameters, percent }) =>
    `this dense layer has ${parameters} parameters, ${percent} % of the whole network`,
  help: () =>
    'a global pooling in place of the flattening before it makes it small, and lets images of any size in',
  *checkGraph(graph, { share }) {
    const dense = graph.nodesOf('dense').filter(hasOwnWeights);
    if (dense.length === 0 || graph.nodesOf('conv', 'depthwise_conv').length === 0) return;
    const largest = Math.max(...dense.map(parametersOf));
    let total = 0;
    for (const node of graph.nodes) {
      if (hasOwnWeights(node)) total += parametersOf(node);
      // Mostly so after a few layers.
      if (largest <= share * total) return;
    }
    for (const node of dense) {
      const parameters = parametersOf(node);
      if (parameters === 0 || parameters <= share * total) continue;
      const percent = Math.floor((1000 * parameters) / total) / 10;
      yield { params: { parameters, percent }, span: node.span, node: node.name };
    }
  },
});

function hasOwnWeights({ sharedWeights }: TypedNode): boolean {
  return sharedWeights === undefined;
}
