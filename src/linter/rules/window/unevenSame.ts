import { addToGroup } from '../../../common/groups.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import type { Span } from '../../../diagnostics/source.ts';
import { attributeEdit } from '../../edits.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';
import { type Pads, padsOf, printPads, type WindowNode } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly padding: string;
  readonly before: number;
  readonly after: number;
}

/** `same` padding that is not the same on both sides. */
export const unevenSame = defineRule<Facts>({
  code: 'INC708',
  id: 'window/uneven-same',
  level: 'info',
  set: 'strict',
  summary: 'The padding of `same` comes out uneven: more at one end of the map than at the other.',
  why: 'No single number says it, as PyTorch has one for each axis. A port that pads by half the kernel gives maps of the same size, and every window lies a pixel further to the start.',
  sources: [
    'https://github.com/onnx/onnx/issues/388',
    'https://github.com/ENOT-AutoDL/onnx2torch/issues/52',
    'https://github.com/pytorch/pytorch/issues/3867',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 224, 224, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 224, 224, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: [[0, 1], [0, 1]] }
    name: conv1
`,
  },
  message: ({ op, before, after }) =>
    `\`same\` pads the map of this ${op} by ${before} before and ${after} after`,
  help: ({ padding }) => `\`padding: ${padding}\` says so to every reader`,
  *checkSpec({ graphs }) {
    const said = new Map<string, Said[]>();
    for (const graph of graphs) {
      for (const node of graph.windows) {
        if (!/^same/.test(String(node.attributes.padding))) continue;
        const found = paddingOf(node);
        if (found !== undefined) addToGroup(said, keyOf(node.span), { node, graph, ...found });
      }
    }
    for (const group of said.values()) yield* findings(group);
  },
});

interface Said {
  readonly node: WindowNode;
  readonly graph: LintedGraph;
  readonly pads: Pads;
  /** Whether it is so at every size of the map. */
  readonly always: boolean;
}

/** What is padded, and whether at every size alike; undefined where it follows from a size that is open. */
function paddingOf(node: WindowNode): Pick<Said, 'pads' | 'always'> | undefined {
  const pads = padsOf(node);
  const { stride } = node.attributes;
  return pads && { pads, always: typeof stride === 'number' ? stride === 1 : stride.every((s) => s === 1) };
}

function* findings(group: readonly Said[]) {
  const texts = new Set(group.map(({ pads }) => printPads(pads)));
  for (const said of group) {
    const uneven = said.pads.find(([before, after]) => before !== after);
    if (uneven === undefined) continue;
    const [before, after] = uneven;
    const { node } = said;
    const fix = texts.size === 1 ? fixOf(said) : undefined;
    const params = { op: node.op, padding: printPads(said.pads), before, after };
    yield { params, span: node.span, node: node.name, ...(fix === undefined ? {} : { fix }) };
  }
}

/** At a stride the numbers hold for this size of the map only. */
function fixOf({ node, graph, pads, always }: Said): Fix | undefined {
  const step = graph.stepOf(node);
  const edit =
    step?.kind === 'op' && step.op === node.op ? attributeEdit(step, 'padding', printPads(pads)) : undefined;
  if (edit === undefined) return undefined;
  return {
    safety: always ? 'safe' : 'unsafe',
    title: `write \`padding: ${printPads(pads)}\``,
    edits: [edit],
  };
}

function keyOf({ source, start }: Span): string {
  return `${source.name}:${start}`;
}
