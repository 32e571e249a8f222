import { defineRule } from '../../rule.ts';
import { isWindowNode, type WindowAxis, windowAxes } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly lost: number;
  readonly input: number;
  readonly smaller: number;
  readonly larger: number;
}

/** Rows or columns that no window reads. */
export const lostPixels = defineRule<Facts>({
  code: 'INC701',
  id: 'window/lost-pixels',
  level: 'warning',
  set: 'recommended',
  summary: 'A strided window does not reach the last rows or columns of its map.',
  why: 'The division rounds down, and what is left over is dropped. The map no longer lies evenly over the image, and a decoder that doubles it again comes out smaller than the skip it meets.',
  sources: [
    'https://github.com/Beckschen/TransUNet/issues/35',
    'https://github.com/jvanvugt/pytorch-unet/issues/2',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 102, 102, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: valid }
    name: conv1
  - max_pool: { kernel: 3, stride: 2 }
    name: pool1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 103, 103, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: valid }
    name: conv1
  - max_pool: { kernel: 3, stride: 2 }
    name: pool1
`,
  },
  message: ({ op, lost, input }) =>
    `this ${op} never reads the last ${lost === 1 ? 'row or column' : `${lost} rows or columns`} of its map of ${input}`,
  help: ({ smaller, larger }) => `nothing is lost at ${smaller} or ${larger}, or with padding at the end`,
  *checkGraph({ nodes }) {
    for (const node of nodes) {
      if (!isWindowNode(node)) continue;
      const axis = windowAxes(node).find((a) => lostOf(a) > 0);
      if (axis === undefined) continue;
      const lost = lostOf(axis);
      const { input, stride } = axis;
      const params = { op: node.op, lost, input, smaller: input - lost, larger: input - lost + stride };
      yield { params, span: node.span, node: node.name };
    }
  },
});

/** A window that is narrower than its stride leaves gaps anyway, as a 1x1 shortcut does: nothing more is lost at the end. */
function lostOf({ input, extent, stride, before, after, output }: WindowAxis): number {
  if (extent < stride) return 0;
  const reached = (output - 1) * stride + extent - before;
  return Math.max(0, input - reached - Math.max(0, -after));
}
