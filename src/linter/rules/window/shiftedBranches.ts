import { strideText } from '../../../analysis/field/compose.ts';
import { type MeetingWay, type Misalignment, misalignments } from '../../../analysis/field/misalignments.ts';
import { groupBy } from '../../../common/groups.ts';
import type { Related } from '../../../diagnostics/diagnostic.ts';
import type { TypedNode } from '../../../ir/graph.ts';
import { aligningPads } from '../../aligningPads.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { contentOf, padsOf, printPads, type WindowNode } from '../../windowAxes.ts';

/** One of two maps: where its position 0 lies, in pixels of the input, and how far the next one is. */
interface Side {
  readonly name: string;
  readonly centre?: number;
  readonly stride: string;
}

interface Facts {
  readonly op: string;
  readonly input: string;
  /** Row, column. */
  readonly along: string;
  readonly first: Side;
  readonly second: Side;
  /** In pixels of the input; undefined where the strides differ. */
  readonly shift?: number;
  /** The step whose padding, moved to the other end, puts one map over the other. */
  readonly repair?: { readonly step: string; readonly padding: string };
}

/** Maps of one size whose pixels do not lie on the same place of the image. */
export const shiftedBranches = defineRule<Facts>({
  code: 'INC711',
  id: 'window/shifted-branches',
  level: 'warning',
  set: 'strict',
  summary:
    'Maps are joined whose windows lie half their stride or more apart on the image, or whose strides differ.',
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
  message: ({ op, input, along, first, second, shift }) => {
    if (shift === undefined)
      return `this ${op} joins maps whose positions lie ${first.stride} and ${second.stride} ${along}s of \`${input}\` from one to the next: \`${first.name}\` and \`${second.name}\``;
    const far = `${shift} ${shift === 1 ? along : `${along}s`}`;
    return `this ${op} joins maps that lie ${far} of \`${input}\` apart: position 0 of \`${first.name}\` over ${along} ${first.centre}, that of \`${second.name}\` over ${along} ${second.centre}`;
  },
  help: ({ shift, repair }) => {
    if (shift === undefined) return 'make both smaller by the same factor, or `resize` one of them';
    return repair === undefined
      ? 'pad and round alike in both, or begin one of them with a `crop` or `pad` at one end'
      : `\`padding: ${repair.padding}\` in \`${repair.step}\` puts both over each other`;
  },
  *checkGraph(graph) {
    const found = groupBy(misalignments(graph.graph, graph.fields).filter(counts), ({ node }) => node);
    for (const [node, [first, ...others]] of found)
      if (first !== undefined) yield finding(graph, node, [first, ...others]);
  },
});

/** Half a position; where a map was resized on the way that much is within what resizing does, and a whole one counts. */
function counts({ ways: [{ reach }], strides, leastApart, resampled }: Misalignment): boolean {
  if (strides !== undefined) return !resampled;
  if (typeof leastApart !== 'number') return false;
  const halfPositions = (leastApart * reach.period) / reach.step;
  return halfPositions >= (resampled ? 2 : 1) - 1e-9;
}

/** By the first two ways of the first axis; the repair is for all axes along which these are apart. */
function finding(
  graph: LintedGraph,
  node: TypedNode,
  misaligned: readonly [Misalignment, ...Misalignment[]],
): Finding<Facts> {
  const [{ input, along, ways, leastApart, strides }] = misaligned;
  const same = misaligned.filter((other) => other.ways.every(({ value }, i) => value === ways[i]?.value));
  const repair = strides === undefined ? aligningPads(graph, same) : undefined;
  const params = {
    op: node.op,
    input,
    along: contentOf(along - 1, (node.outputs[0]?.type.shape.length ?? 2) - 2).slice(0, -1),
    first: sideOf(ways[0]),
    second: sideOf(ways[1]),
    ...(typeof leastApart === 'number' && { shift: pixels(leastApart) }),
    ...(repair && { repair: { step: repair.node.step, padding: printPads(repair.pads) } }),
  };
  const related = repair === undefined ? [] : [relatedTo(repair.node)];
  return { params, span: node.span, node: node.name, related };
}

function sideOf({ value, reach, centre }: MeetingWay): Side {
  const at = typeof centre === 'number' ? { centre: pixels(centre) } : {};
  return { name: value.name, stride: strideText(reach), ...at };
}

/** Half pixels in pixels, to two digits. */
function pixels(halves: number): number {
  return Math.round(halves * 50) / 100;
}

function relatedTo(node: WindowNode): Related {
  return { span: node.span, message: `pads by ${printPads(padsOf(node) ?? [])}` };
}
