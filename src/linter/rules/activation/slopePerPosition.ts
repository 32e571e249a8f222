import type { TypedNode } from '../../../ir/graph.ts';
import { nodeFix } from '../../nodeFix.ts';
import { parametersOf } from '../../parameters.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly slopes: number;
  readonly channels: number;
  readonly axes: string;
}

/** A PReLU that has a slope for every place of its map. */
export const slopePerPosition = defineRule<Facts>({
  code: 'INC730',
  id: 'activation/slope-per-position',
  level: 'warning',
  set: 'recommended',
  summary: 'A PReLU on a map does not share its slopes among positions.',
  why: "It is Keras' default, and seldom meant: the paper has one slope for each channel. The slopes cost many parameters, are learned from one place each, and tie the network to one size of image.",
  sources: [
    'He et al., Delving Deep into Rectifiers, arXiv 1502.01852, section 2.1',
    'https://github.com/keras-team/keras/pull/4141',
    'https://github.com/keras-team/keras/issues/4452',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 26, 26, 3], range: [0, 1] } }
network:
  - conv: { filters: 32, kernel: 3 }
    name: conv1
  - prelu: { shared_axes: [] }
    name: act1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 26, 26, 3], range: [0, 1] } }
network:
  - conv: { filters: 32, kernel: 3 }
    name: conv1
  - prelu: { shared_axes: [height, width] }
    name: act1
`,
  },
  message: ({ slopes, channels }) =>
    `this prelu has ${slopes} slopes, as places have their own; one for each channel would be ${channels}`,
  help: ({ axes }) => `write \`shared_axes: ${axes}\``,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('prelu')) {
      const [slopes, channels, axes] = [parametersOf(node), channelsOf(node), placesOf(node)];
      if (axes === undefined || channels === undefined || slopes <= channels) continue;
      const written = { attribute: 'shared_axes', value: axes, safety: 'unsafe' } as const;
      const fix = nodeFix(node, written, graph);
      yield { params: { slopes, channels, axes }, span: node.span, node: node.name, ...fix };
    }
  },
});

function channelsOf({ inputs: [x] }: TypedNode): number | undefined {
  const channels = x?.type.shape.at(-1);
  return typeof channels === 'number' ? channels : undefined;
}

/** The axes between the batch and the channels, in words that mean the same in every order of axes. */
function placesOf({ inputs: [x] }: TypedNode): string | undefined {
  return [undefined, undefined, undefined, '[1]', '[height, width]', '[depth, height, width]'][
    x?.type.shape.length ?? 0
  ];
}
