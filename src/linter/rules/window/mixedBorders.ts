import type { TypedNode } from '../../../ir/graph.ts';
import { axisWindow } from '../../../tensor/window.ts';
import { defineRule, type Finding } from '../../rule.ts';
import type { WindowAxis } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly before: number;
  readonly after: number;
  readonly input: number;
  readonly other: string;
  readonly otherBefore: number;
  readonly otherAfter: number;
}

/** Strided windows of one network that begin at the border in some steps and before it in others. */
export const mixedBorders = defineRule<Facts>({
  code: 'INC709',
  id: 'window/mixed-borders',
  level: 'info',
  set: 'strict',
  summary:
    "Some strided windows of a network pad as TensorFlow's `same`, others by the same amount on both sides.",
  why: "Both give maps of the same size, but their windows lie a pixel apart: with loaded weights the numbers are others, and no table of shapes shows it. A network comes from one framework; where it has both, a step was mostly ported in the other's habit.",
  sources: [
    'https://github.com/onnx/onnx/issues/388',
    'Keras, ResNet: `ZeroPadding2D` before strided convolutions',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 32, 32, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv1
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv2
  - conv: { filters: 8, kernel: 3, stride: 2, padding: 1 }
    name: conv3
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 32, 32, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv1
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv2
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv3
`,
  },
  message: ({ op, before, after, input, other, otherBefore, otherAfter }) =>
    `this ${op} pads its map of ${input} by ${before} before and ${after} after, while \`${other}\` pads by ${otherBefore} and ${otherAfter}: the sizes are those of one rule, the windows are shifted`,
  help: () => 'pad all strided windows as the network that this is a copy of does',
  *checkGraph(graph) {
    const [end, even]: [Bordered[], Bordered[]] = [[], []];
    for (const node of graph.windows) {
      const named = typeof node.attributes.padding === 'string' && node.attributes.padding !== 'half';
      const axis = graph.axesOf(node).find(named ? isUneven : couldBeUneven);
      if (axis !== undefined) (named ? end : even).push({ node, axis });
    }
    const [fewer, more] = even.length <= end.length ? [even, end] : [end, even];
    const [first] = more;
    if (first !== undefined) for (const odd of fewer) yield finding(odd, first);
  },
});

interface Bordered {
  readonly node: TypedNode;
  readonly axis: WindowAxis;
}

function finding(
  { node, axis: { before, after, input } }: Bordered,
  { node: other, axis }: Bordered,
): Finding<Facts> {
  const [otherBefore, otherAfter] = [axis.before, axis.after];
  const params = { op: node.op, before, after, input, other: other.step, otherBefore, otherAfter };
  const related = [{ span: other.span, message: `pads by ${otherBefore} and ${otherAfter}` }];
  return { params, span: node.span, node: node.name, related };
}

/** `same` at a stride, with more at one end than at the other. */
function isUneven({ stride, before, after }: WindowAxis): boolean {
  return stride > 1 && before !== after;
}

/** As much on both sides, where `same` would give the same size and more at one end. */
function couldBeUneven({ stride, before, after, input, output, extent }: WindowAxis): boolean {
  if (stride === 1 || before !== after || before === 0) return false;
  const spec = { kernel: extent, stride, dilation: 1, padding: 'same', ceil: false } as const;
  const same = axisWindow(input, spec, '');
  return same.ok && same.value.output === output && same.value.before !== same.value.after;
}
