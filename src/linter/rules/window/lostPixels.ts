import { defineRule } from '../../rule.ts';
import type { WindowAxis, WindowNode } from '../../windowAxes.ts';

/** What is lost at the end of axes of one size. */
interface Loss {
  /** What lies along them: rows, columns. */
  readonly what: string;
  readonly lost: number;
  readonly input: number;
  readonly smaller: number;
  readonly larger: number;
}

interface Facts {
  readonly op: string;
  readonly losses: readonly Loss[];
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
  message: ({ op, losses }) =>
    `this ${op} never reads the last ${losses.map(({ lost, input, what }) => `${lost} of ${input} ${what}`).join(' and ')}`,
  help: ({ losses }) =>
    `nothing is lost at ${losses.map(({ smaller, larger, what }) => `${smaller} or ${larger} ${what}`).join(' and ')}, or with padding at the end`,
  *checkGraph(graph) {
    for (const node of graph.windows) {
      // A window that moves by one position leaves none out.
      if (!moves(node)) continue;
      const axes = graph.axesOf(node).filter(({ lost }) => lost > 0);
      if (axes.length === 0) continue;
      const params = { op: node.op, losses: lossesOf(axes) };
      yield { params, span: node.span, node: node.name };
    }
  },
});

/** Whether the stride is larger than 1 along some axis. */
function moves({ attributes: { stride } }: WindowNode): boolean {
  return typeof stride === 'number' ? stride > 1 : stride.some((s) => s > 1);
}

/** Axes that lose the same are said together. */
function lossesOf(axes: readonly WindowAxis[]): readonly Loss[] {
  const losses: Loss[] = [];
  for (const axis of axes) {
    const loss = lossOf(axis);
    const at = losses.findIndex(
      ({ lost, input, larger }) => lost === loss.lost && input === loss.input && larger === loss.larger,
    );
    const alike = losses[at];
    if (alike === undefined) losses.push(loss);
    else losses[at] = { ...alike, what: `${alike.what} and ${loss.what}` };
  }
  return losses;
}

function lossOf({ along, input, stride, lost }: WindowAxis): Loss {
  return { what: along, lost, input, smaller: input - lost, larger: input - lost + stride };
}
