import { defineRule } from '../../rule.ts';
import { isPooling } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly extent: number;
}

/** A kernel that sees one pixel and padding. */
export const collapsedMap = defineRule<Facts>({
  code: 'INC706',
  id: 'window/collapsed-map',
  level: 'warning',
  set: 'strict',
  summary: 'A kernel wider than one pixel slides over a map of one pixel.',
  why: 'All but one of its cells only ever meet padding: they are never trained. The map has become too small too early, as when a network for 299x299 is given 32x32.',
  sources: [
    'Szegedy et al., Rethinking the Inception Architecture, arXiv 1512.00567, section 6: smaller inputs need another stem',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 8, stride: 8 }
  - conv: { filters: 8, kernel: 3, padding: same }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 2, stride: 2 }
  - conv: { filters: 8, kernel: 3, padding: same }
    name: conv1
`,
  },
  message: ({ op, extent }) =>
    `the map has one pixel here: of this ${op} with a kernel of ${extent} one cell is used`,
  help: () => 'use a larger input or fewer strides before it, or a kernel of 1',
  *checkGraph(graph) {
    for (const node of graph.windows) {
      if (isPooling(node)) continue;
      const axes = graph.axesOf(node);
      const extents = axes.filter(({ input, extent }) => input === 1 && extent > 1);
      if (extents.length === 0 || extents.length < axes.length) continue;
      yield { params: { op: node.op, extent: extents[0]?.extent ?? 1 }, span: node.span, node: node.name };
    }
  },
});
