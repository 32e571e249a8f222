import * as z from 'zod';
import type { TypedNode } from '../../../ir/graph.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly channels: number;
  readonly multiple: number;
}

interface Options {
  readonly multiple: number;
}

/** A width that graphics cards pad. */
export const oddChannels = defineRule<Facts, Options>({
  code: 'INC806',
  id: 'size/odd-channels',
  level: 'info',
  set: 'strict',
  summary: 'A layer inside the network has a number of channels that is not a multiple of 8.',
  why: 'Tensor cores and vector units work on 8 channels at once: 33 take as long as 40, or longer, as kernels for odd widths are slower.',
  sources: [
    'https://github.com/NVIDIA/TensorRT/issues/3876',
    'PyTorch, Performance Tuning Guide: sizes in multiples of 8',
    'NVIDIA, Optimizing Convolutional Layers User Guide: channels in multiples of 8',
  ],
  options: () =>
    z.strictObject({
      multiple: z.int().min(1).default(8).meta({ description: 'What the channels should be a multiple of.' }),
    }),
  defaults: { multiple: 8 },
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 33, kernel: 3 }
    name: conv1
  - conv: { filters: 10, kernel: 1 }
    name: scores
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 32, kernel: 3 }
    name: conv1
  - conv: { filters: 10, kernel: 1 }
    name: scores
`,
  },
  message: ({ op, channels, multiple }) =>
    `this ${op} gives ${channels} channels, which is not a multiple of ${multiple}`,
  help: ({ channels, multiple }) => {
    const below = channels - (channels % multiple);
    return `use ${below === 0 ? '' : `${below} or `}${below + multiple}`;
  },
  *checkGraph(graph, { multiple }) {
    for (const node of graph.nodesOf(...widening)) {
      const channels = node.outputs[0]?.type.shape.at(-1);
      if (typeof channels !== 'number' || channels % multiple === 0) continue;
      if (endsNetwork(node, graph)) continue;
      yield { params: { op: node.op, channels, multiple }, span: node.span, node: node.name };
    }
  },
});

/** Ops that choose how many channels there are. */
const widening = ['conv', 'separable_conv', 'conv_transpose', 'dense'] as const;

/** Whether no layer reads it any more: the task decides how wide the last one is. */
function endsNetwork(node: TypedNode, graph: LintedGraph): boolean {
  const seen = new Set([node]);
  // Grows while it is walked.
  for (const next of seen) {
    const readers = next.outputs.flatMap((output) => graph.readersOf(output));
    if (readers.some(({ weights }) => weights.some(({ shape }) => shape.length > 1))) return false;
    for (const reader of readers) seen.add(reader);
  }
  return true;
}
