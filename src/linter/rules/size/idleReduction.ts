import type { TypedNode } from '../../../ir/graph.ts';
import { eachAxis } from '../../../ops/spatial.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly input: number;
  readonly reduced: number;
  readonly kernel: string;
  readonly next: string;
  readonly both: number;
  readonly alone: number;
  /** With as many channels or more it saves nothing. */
  readonly even: number;
}

/** A 1x1 convolution in front of a larger one that saves no work. */
export const idleReduction = defineRule<Facts>({
  code: 'INC807',
  id: 'size/idle-reduction',
  level: 'info',
  set: 'strict',
  summary: 'A 1x1 convolution before a larger one does not make it cheaper.',
  why: 'The reductions of Inception and the bottlenecks of ResNet are there to save multiply-adds. Where the 1x1 gives about as many channels as it reads, both together cost more than the larger convolution alone: mostly a width was meant for another stage.',
  sources: [
    'Szegedy et al., Going Deeper with Convolutions, arXiv 1409.4842, section 4',
    'He et al., Deep Residual Learning, arXiv 1512.03385, figure 5',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { map: [N, 28, 28, 64] }
network:
  - conv: { filters: 64, kernel: 1 }
    name: reduce
  - conv: { filters: 128, kernel: 3, padding: same }
    name: conv
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { map: [N, 28, 28, 256] }
network:
  - conv: { filters: 64, kernel: 1 }
    name: reduce
  - conv: { filters: 128, kernel: 3, padding: same }
    name: conv
`,
  },
  message: ({ input, reduced, kernel, next, both, alone }) =>
    `this 1x1 takes ${input} channels to ${reduced} before the ${kernel} of \`${next}\`: ${both} multiply-adds for each place of its output, where the ${kernel} alone would need ${alone}`,
  help: ({ even }) => `give fewer than ${even} channels, or leave it out`,
  *checkGraph(graph) {
    for (const node of graph.nodesOf('conv')) {
      const found = comparison(node, graph);
      if (found === undefined || found.both < found.alone) continue;
      yield { params: found, span: node.span, node: node.name };
    }
  },
});

/** The work with and without a 1x1 convolution; undefined where a node is none, or none before a larger one. */
function comparison(node: TypedNode, graph: LintedGraph): Facts | undefined {
  const first = plainConv(node);
  const next = first?.area === 1 && first.stride === 1 ? nextLayer(node, graph) : undefined;
  const second = next === undefined ? undefined : plainConv(next);
  if (first === undefined || next === undefined || second === undefined || second.area === 1)
    return undefined;
  const { input, filters: reduced } = first;
  const both = input * reduced * second.stride + second.area * reduced * second.filters;
  const alone = second.area * input * second.filters;
  const even = Math.ceil(alone / (input * second.stride + second.area * second.filters));
  return { input, reduced, kernel: second.kernel, next: next.step, both, alone, even };
}

/** A convolution of all channels, in numbers; `area` and `stride` over all axes. */
function plainConv(node: TypedNode) {
  if (node.op !== 'conv' || node.attributes.groups !== 1) return undefined;
  const shape = node.inputs[0]?.type.shape ?? [];
  const input = shape.at(-1);
  if (typeof input !== 'number') return undefined;
  const kernel = eachAxis(node.attributes.kernel, shape.length - 2);
  const strides = eachAxis(node.attributes.stride, shape.length - 2);
  const [area, stride] = [product(kernel), product(strides)];
  return { input, filters: node.attributes.filters, kernel: kernel.join('x'), area, stride };
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/** The convolution that alone reads what a node gives, behind a norm and activations. */
function nextLayer(node: TypedNode, graph: LintedGraph): TypedNode | undefined {
  let reader = graph.onlyReaderOf(node);
  while (reader !== undefined && between.has(reader.op)) reader = graph.onlyReaderOf(reader);
  return reader;
}

const between: ReadonlySet<string> = new Set([
  'batch_norm',
  'group_norm',
  'relu',
  'relu6',
  'silu',
  'gelu',
  'hard_swish',
  'leaky_relu',
  'elu',
]);
