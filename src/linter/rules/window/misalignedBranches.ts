import { pixels } from '../../../analysis/field/fieldReport.ts';
import { misalignments } from '../../../analysis/field/misalignments.ts';
import { receptiveFields } from '../../../analysis/field/receptiveFields.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly input: string;
  /** `1 pixel`; undefined where the strides differ. */
  readonly apart?: string;
  /** `2 and 1`. */
  readonly strides?: string;
}

/** Branches that meet and whose positions lie over other pixels of the image. */
export const misalignedBranches = defineRule<Facts>({
  code: 'INC716',
  id: 'window/misaligned-branches',
  level: 'warning',
  set: 'strict',
  summary: 'Branches meet whose positions do not lie over the same pixels of the input.',
  why: 'What is added or joined then belongs to different places of the image. With `same`, a 3x3 window of stride 2 begins at the first pixel of an even map and one before it at an odd one, so it and a 1x1 shortcut of stride 2 are a pixel apart at every second size; what makes a map larger by the nearest position shifts it too.',
  sources: [
    'Araujo et al., Computing Receptive Fields of Convolutional Neural Networks, Distill, 2019: alignment of several paths',
    "TF-Slim, resnet_utils.conv2d_same, which pads by hand as `SAME` is another thing where a map's size is even",
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - residual:
      - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
    shortcut:
      - conv: { filters: 8, kernel: 1, stride: 2 }
    name: unit
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - residual:
      - conv: { filters: 8, kernel: 3, stride: 2, padding: half }
    shortcut:
      - conv: { filters: 8, kernel: 1, stride: 2 }
    name: unit
`,
  },
  message: ({ op, input, apart, strides }) =>
    strides === undefined
      ? `what this ${op} joins lies ${apart} of \`${input}\` apart`
      : `what this ${op} joins has strides of ${strides} over \`${input}\``,
  help: ({ strides }) =>
    strides === undefined
      ? '`padding: half` pads both sides alike at every size; a map that is made larger is aligned by `corners: half_pixel`, or `align` behind such windows'
      : 'give all branches the same strides',
  *checkGraph({ graph }) {
    const reported = new Set<string>();
    for (const { node, input, apart, strides } of misalignments(graph, receptiveFields(graph))) {
      if (reported.has(node.name)) continue;
      reported.add(node.name);
      const found = strides === undefined ? { apart: pixels(apart ?? 0) } : { strides };
      yield { params: { op: node.op, input, ...found }, span: node.span, node: node.name };
    }
  },
});
