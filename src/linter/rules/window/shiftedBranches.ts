import type { Meeting } from '../../positions.ts';
import { defineRule } from '../../rule.ts';
import { contentOf } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly first: string;
  readonly second: string;
  readonly shift: number;
  /** Rows, columns. */
  readonly along: string;
}

/** Maps of one size whose pixels do not lie on the same place of the image. */
export const shiftedBranches = defineRule<Facts>({
  code: 'INC711',
  id: 'window/shifted-branches',
  level: 'warning',
  set: 'strict',
  summary: 'Maps are joined whose windows lie half a pixel or more apart on the image.',
  why: 'The shapes fit, and what is added or concatenated at a place comes from different places of the image. It happens where branches pad or round differently: a pooling that rounds up beside a convolution that pads both ends, or, with `same`, a 1x1 shortcut beside a 3x3 window at stride 2.',
  sources: [
    'https://github.com/apache/mxnet/issues/1967',
    'https://github.com/smichalowski/google_inception_v3_for_caffe/issues/4',
    'Araujo et al., Computing Receptive Fields of Convolutional Neural Networks, Distill, 2019',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 32, 32, 8], range: [0, 1] } }
network:
  - branches:
      pool:
        - max_pool: { kernel: 3, stride: 2, ceil: true }
      conv:
        - conv: { filters: 8, kernel: 3, stride: 2, padding: 1 }
          name: conv
    merge: concat
    name: reduction
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 32, 32, 8], range: [0, 1] } }
network:
  - branches:
      pool:
        - max_pool: { kernel: 3, stride: 2, padding: 1 }
      conv:
        - conv: { filters: 8, kernel: 3, stride: 2, padding: 1 }
          name: conv
    merge: concat
    name: reduction
`,
  },
  message: ({ op, first, second, shift, along }) =>
    `this ${op} joins maps that lie ${shift} ${shift === 1 ? along.slice(0, -1) : along} of the input apart: \`${first}\` and \`${second}\``,
  help: () => 'pad and round alike in both, or begin one of them with a `crop` or `pad` at one end',
  *checkGraph(graph) {
    const { positions } = graph;
    for (const node of graph.nodes) {
      if (node.inputs.length < 2) continue;
      const rank = node.outputs[0]?.type.shape.length ?? 0;
      for (let axis = 1; axis < rank; axis++) {
        const found = apart(positions.meetings(node, axis));
        if (found === undefined) continue;
        const [first, second] = found.pair.map(({ value }) => value.name);
        const params = {
          first: first ?? '',
          second: second ?? '',
          shift: found.shift,
          along: contentOf(axis - 1, rank - 2),
        };
        yield { params: { op: node.op, ...params }, span: node.span, node: node.name };
        break;
      }
    }
  },
});

/** The first two that lie apart. Where a map was made larger on the way, half a pixel is within what resizing does. */
function apart([first, ...others]: readonly Meeting[]) {
  const from = first?.position;
  if (first === undefined || from?.offset === undefined) return undefined;
  for (const second of others) {
    const to = second.position;
    if (to.offset === undefined || to.input !== from.input || to.axis !== from.axis) continue;
    if (Math.abs(to.scale - from.scale) > 1e-6 * from.scale) continue;
    const shift = Math.abs(to.offset - from.offset);
    const allowed = from.resampled || to.resampled ? 1 : 0.5;
    if (shift / from.scale >= allowed - 1e-6)
      return { pair: [first, second], shift: Math.round(shift * 100) / 100 };
  }
  return undefined;
}
