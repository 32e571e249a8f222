import { fieldFigures, type ReceptiveFields } from '../../../analysis/field/receptiveFields.ts';
import type { TypedGraph, TypedNode } from '../../../ir/graph.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly map: string;
  readonly field: number;
  readonly input: string;
  readonly size: number;
}

/** A head whose pixels see a part of the image. */
export const receptiveField = defineRule<Facts>({
  code: 'INC714',
  id: 'window/receptive-field',
  level: 'info',
  set: 'strict',
  summary: 'No pixel of the map that the head reads sees the whole input.',
  why: 'Such a network decides by parts and puts them together by their mean or by position, whatever stands far apart. In networks over time it is the usual mistake: the dilations do not reach back as far as the series is long.',
  sources: [
    'https://github.com/philipperemy/keras-tcn/issues/146',
    'Araujo et al., Computing Receptive Fields of Convolutional Neural Networks, Distill, 2019',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { series: [N, 64, 4] }
network:
  - conv: { filters: 8, kernel: 3, dilation: 1, padding: causal }
    name: conv1
  - conv: { filters: 8, kernel: 3, dilation: 2, padding: causal }
    name: conv2
  - global_avg_pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { series: [N, 64, 4] }
network:
  - conv: { filters: 8, kernel: 3, dilation: 16, padding: causal }
    name: conv1
  - conv: { filters: 8, kernel: 3, dilation: 16, padding: causal }
    name: conv2
  - global_avg_pool
`,
  },
  message: ({ map, field, input, size }) =>
    `a position of \`${map}\`, which is gathered here, sees ${field} of the ${size} positions of \`${input}\``,
  help: () => 'add strides, dilations or layers, or a smaller input; nothing is wrong where parts are enough',
  *checkGraph({ graph, fields }) {
    const head = headOf(graph, fields);
    const [map] = head?.inputs ?? [];
    if (head === undefined || map === undefined) return;
    for (const { input, axis, reach } of fields.get(map.id) ?? []) {
      const field = fieldFigures(reach, graph)?.size;
      const size = graph.inputs.find(({ value }) => value.name === input)?.value.type.shape[axis];
      if (typeof field !== 'number' || typeof size !== 'number' || field >= size) continue;
      yield { params: { map: map.name, field, input, size }, span: head.span, node: head.name };
      return;
    }
  },
});

/** What puts the positions of a map together without a look at where they are. */
const gathering: ReadonlySet<string> = new Set([
  'global_avg_pool',
  'global_max_pool',
  'reduce_mean',
  'reduce_max',
  'reduce_sum',
]);

/** The last node that gathers a map: earlier ones weigh channels, or belong to auxiliary heads. */
function headOf(graph: TypedGraph, fields: ReceptiveFields): TypedNode | undefined {
  return graph.nodes.findLast(({ op, inputs: [x], outputs: [y] }) => {
    if (!gathering.has(op) || x === undefined || y === undefined || x.type.shape.length < 3) return false;
    const gathered = (fields.get(y.id) ?? []).every(({ reach }) => reach.kind === 'all');
    // The input itself has no windows; a map behind what saw all of it sees all.
    return gathered && (fields.get(x.id) ?? []).some(({ reach }) => fieldFigures(reach, graph)?.size !== 1);
  });
}
