import { describe, expect, test } from 'vitest';
import { misalignments } from '../../src/analysis/field/misalignments.ts';
import { spanAt } from '../../src/analysis/field/reach.ts';
import { fieldFigures, receptiveFields } from '../../src/analysis/field/receptiveFields.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { compileText } from '../golden/compileSpec.ts';
import { draws } from '../support/draws.ts';
import { evaluate } from '../support/reference.ts';

function network(input: string, steps: string): TypedGraph {
  const text = `inception: 1\nname: small\ninputs: { x: ${input} }\nnetwork:\n${steps}`;
  const { graph, diagnostics } = compileText(text, 'small.yaml');
  if (graph === undefined) throw new Error(`${diagnostics.map((d) => d.message).join('; ')}\n${text}`);
  return graph;
}

/** Field, stride, offset and skew of the output along each axis. */
function figures(graph: TypedGraph): readonly string[] {
  const fields = receptiveFields(graph).get(graph.outputs[0]?.value.id ?? -1) ?? [];
  return fields.map(({ reach }) => {
    const found = fieldFigures(reach, graph);
    if (found === undefined) return reach.kind === 'all' ? `all ${reach.conflict ?? ''}`.trim() : 'none';
    return `${printDim(found.size)} / ${found.stride}, ${printDim(found.offset)}, ${printDim(found.skew)}`;
  });
}

const length = 64;

/**
 * Which positions of the input each position of the output depends on, found out by running: each position of the input
 * is changed on its own, and the outputs that then differ depend on it.
 */
function dependences(graph: TypedGraph): readonly (readonly number[])[] {
  const weights = weightSource({ kind: 'init', seed: 3 });
  if (weights === undefined) throw new Error('no weights');
  const run = (values: Float64Array): Float64Array => {
    const made = evaluate(graph, { x: { shape: [1, length, 1], values } }, weights);
    return made.get(graph.outputs[0]?.name ?? '')?.values ?? new Float64Array();
  };
  const base = Float64Array.from({ length }, (_, i) => 1 + ((i * 37) % 11) / 7);
  const before = run(base);
  const channels = graph.outputs[0]?.value.type.shape.at(-1);
  const reads: number[][] = Array.from({ length: before.length / Number(channels) }, () => []);
  for (let i = 0; i < length; i++) {
    const after = run(base.with(i, (base[i] ?? 0) + 1));
    for (const [o, read] of reads.entries()) {
      const from = o * Number(channels);
      const differs = after
        .subarray(from, from + Number(channels))
        .some((v, c) => !Object.is(v, before[from + c]));
      if (differs) read.push(i);
    }
  }
  return reads;
}

/** The first and the last position that each of the outputs in the middle depends on, where no border is near. */
function comparedInTheMiddle(steps: string) {
  const graph = network(`[1, ${length}, 1]`, steps);
  const [field] = receptiveFields(graph).get(graph.outputs[0]?.value.id ?? -1) ?? [];
  if (field?.reach.kind !== 'window') throw new Error(`more is read than can be said: ${steps}`);
  const { reach } = field;
  const found = dependences(graph);
  const middle = found.flatMap((reads, o) => {
    const span = spanAt(reach, o);
    const [lo, hi] = [Number(span?.lo ?? 24), Number(span?.hi ?? 24)];
    if (lo < 16 || hi >= length - 16) return [];
    const said = span === undefined ? 'nothing' : `${lo} to ${hi}`;
    return [{ o, said, runs: reads.length === 0 ? 'nothing' : `${reads[0]} to ${reads.at(-1)}` }];
  });
  return { steps, said: middle.map((m) => [m.o, m.said]), runs: middle.map((m) => [m.o, m.runs]) };
}

/** A step that joins ways of several steps each. */
const branches = (...ways: readonly (readonly string[])[]) => {
  const listed = ways.map(
    (steps, i) => `      w${i}:\n${steps.map((step) => `        - ${step}\n`).join('')}`,
  );
  return `branches:\n${listed.join('')}    merge: concat`;
};

const conv = (kernel: number, more: string) => `conv: { filters: 2, kernel: ${kernel}, ${more} }`;

describe('what a position reads is what changes it when it is run', () => {
  test.each([
    ['a line', `  - ${conv(3, 'stride: 2, padding: valid')}\n  - ${conv(3, 'padding: same')}`],
    ['dilation', `  - ${conv(3, 'dilation: 2, padding: same')}\n  - ${conv(2, 'stride: 2, padding: same')}`],
    [
      'branches of unlike depth',
      `  - ${branches([conv(3, 'padding: same'), conv(3, 'padding: same')], [conv(1, 'padding: same')])}`,
    ],
    [
      'branches apart: a 3-wide window of stride 2 beside a 1-wide one, on an even size',
      `  - ${branches([conv(3, 'stride: 2, padding: same')], [conv(1, 'stride: 2, padding: same')])}`,
    ],
    [
      'a transposed convolution that overlaps',
      `  - conv_transpose: { filters: 2, kernel: 3, stride: 2, padding: same }`,
    ],
    [
      'a transposed convolution that leaves gaps',
      `  - conv_transpose: { filters: 2, kernel: 1, stride: 2, padding: same, bias: false }`,
    ],
    [
      'made larger, then smaller again',
      `  - conv_transpose: { filters: 2, kernel: 2, stride: 2 }\n  - ${conv(3, 'padding: same')}\n  - ${conv(3, 'stride: 2, padding: same')}`,
    ],
    [
      'the nearest position, then a window',
      `  - resize: { method: nearest, corners: asymmetric, scale: 2 }\n  - ${conv(3, 'padding: same')}`,
    ],
    [
      'interpolation by 3/2 behind a stride of 2',
      `  - ${conv(3, 'stride: 2, padding: valid')}\n  - resize: { method: bilinear, corners: half_pixel, scale: 3/2 }\n  - ${conv(2, 'padding: valid')}`,
    ],
    ['corners that stay, to a third', '  - resize: { method: bilinear, corners: align, size: 22 }'],
    [
      'a small U-Net',
      `  - ${conv(3, 'padding: same')}\n    name: skip\n  - avg_pool: { kernel: 2, stride: 2 }\n  - ${conv(3, 'padding: same')}\n  - conv_transpose: { filters: 2, kernel: 2, stride: 2 }\n  - concat: {}\n    from: [_, skip]\n  - ${conv(3, 'padding: same')}`,
    ],
    ['moved and cut off', `  - crop: 3\n  - ${conv(3, 'stride: 2, padding: [[2, 1]]')}`],
  ])('%s', (_title, steps) => {
    const { said, runs } = comparedInTheMiddle(steps);
    expect(said.length).toBeGreaterThan(3);
    expect(said).toEqual(runs);
  });

  test('16 drawn networks', () => {
    let compared = 0;
    for (let seed = 1; seed <= 16; seed++) {
      const { steps, said, runs } = comparedInTheMiddle(drawnSteps(seed));
      expect({ steps, said }).toEqual({ steps, said: runs });
      compared += said.length;
    }
    expect(compared).toBeGreaterThan(200);
  });
});

/** Three steps that keep a map of 64 at 32 to 128 positions. */
function drawnSteps(seed: number): string {
  const draw = draws(seed);
  const smaller = [
    conv(1 + draw(3), 'stride: 2, padding: same'),
    conv(2 + draw(2), 'stride: 2, padding: valid'),
    'avg_pool: { kernel: 2, stride: 2 }',
    'resize: { method: bilinear, corners: half_pixel, scale: 0.5 }',
  ];
  const larger = [
    `conv_transpose: { filters: 2, kernel: ${2 + draw(2)}, stride: 2, padding: same }`,
    'resize: { method: nearest, corners: asymmetric, scale: 2 }',
    'resize: { method: nearest, corners: half_pixel, scale: 2 }',
    'resize: { method: bilinear, corners: half_pixel, scale: 2 }',
  ];
  const level = [
    conv(1 + draw(3), `padding: same, dilation: ${1 + draw(2)}`),
    branches([conv(3, 'padding: same')], [conv(2, 'padding: same')]),
    `avg_pool: { kernel: 3, stride: 1, padding: same, count_padding: true }`,
  ];
  const any = [...smaller, ...larger, ...level];
  const steps = [any[draw(any.length)], any[draw(any.length)], level[draw(level.length)]];
  return steps.map((step, i) => `  - ${step}\n    name: step_${i}`).join('\n');
}

describe('figures by hand', () => {
  test('a 3-wide window of stride 2, then of 1: 3 + 2·2 pixels, 2 before', () => {
    const steps = `  - ${conv(3, 'stride: 2, padding: valid')}\n  - ${conv(3, 'padding: same')}`;
    expect(figures(network('[N, 16, 17, 3]', steps))).toEqual(['7 / 2, 2, 0', '7 / 2, 2, 0']);
  });

  test('the padding of TensorFlow depends on the size: 1 before an odd one, 0 before an even one', () => {
    const steps = `  - ${conv(3, 'stride: 2, padding: same')}`;
    // 2·⌈H/2⌉ − H
    expect(figures(network('[N, H, 17, 3]', steps))).toEqual([
      '3 / 2, 2*((H + 1) // 2) - H, 0',
      '3 / 2, 1, 0',
    ]);
  });

  test('at 224 a 3-wide window of stride 2 begins at 0 with `same`, and one before it with `half`', () => {
    const padded = (padding: string) =>
      figures(network('[N, 224, 3]', `  - ${conv(3, `stride: 2, padding: ${padding}`)}`));
    expect(padded('same')).toEqual(['3 / 2, 0, 0']);
    expect(padded('half')).toEqual(['3 / 2, 1, 0']);
  });

  test('branches of 3 and 1 pixels with stride 2 are one pixel apart at an even size, and aligned at an odd one', () => {
    const steps = `  - ${branches([conv(3, 'stride: 2, padding: same')], [conv(1, 'stride: 2, padding: same')])}`;
    expect(figures(network('[N, 8, 9, 3]', steps))).toEqual(['3 / 2, 0, 2', '3 / 2, 1, 0']);
  });

  test('strides that differ where branches meet are said', () => {
    const steps = `  - ${branches([conv(1, 'stride: 2, padding: valid')], ['crop: [[2, 2]]'])}`;
    expect(figures(network('[N, 8, 3]', steps))).toEqual(['all 2 and 1']);
  });

  test('a transposed convolution halves the stride; a mean reads all', () => {
    const up = '  - conv_transpose: { filters: 2, kernel: 2, stride: 2 }';
    expect(figures(network('[N, 8, 8, 3]', up))).toEqual(['1 / 1/2, 0, 0', '1 / 1/2, 0, 0']);
    expect(figures(network('[N, 8, 8, 3]', '  - global_avg_pool'))).toEqual(['all', 'all']);
  });

  test('token ids have the axis along which they stand', () => {
    const steps = `  - embedding: { rows: 9, width: 4 }\n  - ${conv(3, 'padding: causal')}`;
    expect(figures(network('{ shape: [N, T], dtype: int32 }', steps))).toEqual(['3 / 1, 2, 0']);
  });
});

describe('ways that are apart', () => {
  const found = (graph: TypedGraph) =>
    misalignments(graph, receptiveFields(graph)).map(({ axis, apart, strides }) => [axis, strides ?? apart]);

  test('of a strided 3-wide window beside a 1-wide one, along the even axis only', () => {
    const steps = `  - ${branches([conv(3, 'stride: 2, padding: same')], [conv(1, 'stride: 2, padding: same')])}`;
    expect(found(network('[N, 8, 9, 3]', steps))).toEqual([[1, 2]]);
  });

  test('along time, causal ways end together and are aligned', () => {
    const steps = `  - ${branches([conv(3, 'padding: causal')], [conv(1, 'padding: causal')])}`;
    expect(found(network('[N, 9, 3]', steps))).toEqual([]);
  });

  test('in a decoder by nearest pixels, from the nearest and from the furthest of the ways that met below', () => {
    // Position 0 of the maps is centred on pixel 0. Their positions in the mean of 2 at stride 2: pixel 1; of 4 at stride 1:
    // 1.5. The map of stride 4, enlarged once, is at pixel 0, one off 1. The join of both, enlarged, is at 0 to 1: off 1.5
    // by half a pixel along the nearer way and by 1.5 along the other.
    const down = conv(3, 'stride: 2, padding: half');
    const up = 'resize: { method: nearest, corners: half_pixel, scale: 2 }';
    const steps = [`${down}\n    name: half`, down, up, 'concat: [_, half]', up, 'concat: [_, x]'];
    const graph = network('[N, 16, 16, 3]', steps.map((step) => `  - ${step}`).join('\n'));
    const along = misalignments(graph, receptiveFields(graph)).filter(({ axis }) => axis === 1);
    expect(along.map(({ leastApart, apart }) => [leastApart, apart])).toEqual([
      [2, 2],
      [1, 3],
    ]);
  });

  test('of strides that differ, these', () => {
    const steps = `  - ${branches([conv(1, 'stride: 2, padding: valid')], ['crop: [[2, 2]]'])}`;
    expect(found(network('[N, 8, 3]', steps))).toEqual([[1, '2 and 1']]);
  });
});
