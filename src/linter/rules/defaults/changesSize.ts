import type { Span } from '../../../diagnostics/source.ts';
import type { TypedNode } from '../../../ir/graph.ts';
import { spatialDims, type WindowAttributes, windowsOf } from '../../../ops/spatial.ts';
import { printDim } from '../../../tensor/printDim.ts';
import { defineRule } from '../../rule.ts';
import { isPooling, type WindowNode } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly attribute: 'stride' | 'padding';
  /** As it is written in `defaults`. */
  readonly value: string;
  readonly output: string;
  /** With the op's own default. */
  readonly own: string;
}

/** A step that makes its map smaller, and takes from a scope by how much. */
export const changesSize = defineRule<Facts>({
  code: 'INC611',
  id: 'defaults/changes-size',
  level: 'info',
  set: 'strict',
  summary:
    'A step has another size than its op would give it, because of a stride in `defaults`, or, where it strides, of a padding that they give to convolutions and poolings alike.',
  why: 'One line for all layers of a scope is right where the size stays. Where it is halved, the size depends on the padding, and the step that decides it does not say so: a listing of the stem of Inception-v4 forgot `VALID` at five such steps, and every map after them is larger by one than in the paper.',
  sources: ["TF-Slim's arg_scope over conv2d and max_pool2d, whose own paddings are SAME and VALID"],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 35, 35, 3], range: [0, 1] } }
defaults: { conv: { padding: same }, max_pool: { padding: same } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
  - max_pool: { kernel: 3, stride: 2 }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 35, 35, 3], range: [0, 1] } }
defaults: { conv: { padding: same } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
  - max_pool: { kernel: 3, stride: 2, padding: valid }
    name: pool
`,
  },
  message: ({ op, attribute, value, output, own }) =>
    `this ${op} takes \`${attribute}: ${value}\` from \`defaults\`: it gives ${output}, and ${own} with the ${attribute} that ${op} has itself`,
  help: ({ attribute }) => `write at the step which ${attribute} is meant`,
  *checkGraph(graph) {
    const { windows } = graph;
    for (const node of windows) {
      for (const attribute of ['stride', 'padding'] as const) {
        const span = givenAt(node, attribute);
        if (span === undefined || (attribute === 'padding' && !isForBoth(node, windows))) continue;
        const sizes = otherSize(node, attribute);
        if (sizes === undefined) continue;
        const related = [{ span, message: 'it is given here' }];
        const params = { op: node.op, attribute, value: textAt(span), ...sizes };
        yield { params, span: node.span, node: node.name, related };
      }
    }
  },
});

function givenAt({ origins }: TypedNode, attribute: string): Span | undefined {
  const origin = origins[attribute];
  return origin?.kind === 'default' ? origin.span : undefined;
}

/** Said of one kind of op alone, a padding is about that op; said of both, it is what the scope is meant to be like. */
function isForBoth(node: WindowNode, windows: readonly WindowNode[]): boolean {
  const padding = paddingOf(node);
  return windows.some((w) => isPooling(w) !== isPooling(node) && paddingOf(w) === padding);
}

function paddingOf(node: WindowNode): string | undefined {
  const span = givenAt(node, 'padding');
  return span === undefined ? undefined : textAt(span);
}

function textAt({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/^["']?\w+["']?:\s*/, '');
}

/** The first strided axis whose size is another one with the op's own default; a pooling has none for its stride. */
function otherSize(
  node: WindowNode,
  attribute: 'stride' | 'padding',
): Pick<Facts, 'output' | 'own'> | undefined {
  const [x] = node.inputs;
  if (x === undefined || (attribute === 'stride' && isPooling(node))) return undefined;
  const instead: WindowAttributes =
    attribute === 'stride' ? { ...node.attributes, stride: 1 } : { ...node.attributes, padding: 'valid' };
  const [given, own] = [windowsOf(x.type, node.attributes), windowsOf(x.type, instead)];
  if (!given.ok || !own.ok) return undefined;
  for (const axis of spatialDims(x.type).keys()) {
    const [a, b] = [given.value[axis], own.value[axis]];
    if (a === undefined || b === undefined || a.stride === 1) continue;
    const [output, other] = [printDim(a.output), printDim(b.output)];
    if (output !== other) return { output, own: other };
  }
  return undefined;
}
