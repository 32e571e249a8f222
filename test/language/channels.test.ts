import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { shapeTable } from '../../src/emitters/table/shapeTable.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { graphOf } from './graphLines.ts';
import { lines, report } from './report.ts';
import { withoutPlaces } from './withoutPlaces.ts';

/** The stem of ResNet-18 and a head (sizes: torchvision's resnet18 on 224 × 224), written in one order. */
function stem(order: 'first' | 'last'): string {
  const shape = (n: string, c: number, size: number) =>
    order === 'first' ? `[${n}, ${c}, ${size}, ${size}]` : `[${n}, ${size}, ${size}, ${c}]`;
  return lines(`
inception: 1
name: net
channels: ${order}
inputs: { image: ${shape('N', 3, 224)}, volume: ${order === 'first' ? '[N, 2, 8, 9, 10]' : '[N, 8, 9, 10, 2]'}, signal: [N, 100, 4] }
network:
  - conv: { filters: 64, kernel: 7, stride: 2, padding: half, norm: batch_norm, activation: relu }
    from: image
    expect: ${shape('N', 64, 112)}
  - max_pool: { kernel: 3, stride: 2, padding: half }
    expect: ${shape('_', 64, 56)}
  - split: { parts: 2, axis: channel }
    expect: [${shape('N', 32, 56)}, ${shape('N', 32, 56)}]
  - concat:
    name: joined
  - reduce_mean: { axes: [height, width], keepdims: true }
    expect: { shape: ${shape('N', 64, 1)} }
  - flatten
  - dense: 10
    name: logits
    expect: [N, 10]
  - conv: { filters: 5, kernel: 3 }
    from: volume
    name: v
    expect: ${order === 'first' ? '[N, 5, 6, 7, 8]' : '[N, 6, 7, 8, 5]'}
  - conv: { filters: 5, kernel: 3 }
    from: signal
    name: s
    expect: [N, 98, 5]
outputs: [logits, joined, v, s]
expect: { outputs: { joined: ${shape('N', 64, 56)}, s: [N, 98, 5] } }
`);
}

describe('channels first is how a file writes shapes', () => {
  test('both orders give one network, and the claims hold in both', () => {
    const [first, last] = [graphOf(stem('first')), graphOf(stem('last'))];
    expect(withoutPlaces(first)).toEqual(withoutPlaces(last));
    expect(first.claims).toHaveLength(last.claims.length);
    expect(
      first.nodes
        .map((n) => n.outputs[0])
        .map((v) => showShape(v?.type.shape ?? []))
        .slice(0, 3),
    ).toEqual(['[N, 112, 112, 64]', '[N, 112, 112, 64]', '[N, 112, 112, 64]']);
  });

  test('a claim in the other order does not hold', () => {
    const text = stem('first').replace('expect: [N, 64, 112, 112]', 'expect: [N, 112, 112, 64]');
    expect(report(text)[0]).toBe('8:13 INC301 conv is [N, 64, 112, 112], not [N, 112, 112, 64] as claimed');
    const other = stem('last').replace('expect: [N, 112, 112, 64]', 'expect: [N, 64, 112, 112]');
    expect(report(other)[0]).toBe('8:13 INC301 conv is [N, 112, 112, 64], not [N, 64, 112, 112] as claimed');
  });

  test('shapes from outside are in the order of the file', () => {
    const { graph } = compile(stem('first'), { name: 'net.yaml', inputs: { image: [1, 3, 64, 32] } });
    expect(showShape(graph?.inputs[0]?.type.shape ?? [])).toBe('[1, 64, 32, 3]');
    const size = compile(stem('first').replace('[N, 3, 224, 224]', '[N, 3, H, W]'), {
      name: 'net.yaml',
      inputs: { image: [1, 3, 64, 'W'] },
    });
    expect(showShape(size.graph?.inputs[0]?.type.shape ?? [])).toBe('[1, 64, W, 3]');
  });
});

describe('tables print shapes as the file writes them', () => {
  test('and say so', () => {
    const first = graphOf(stem('first'));
    const rows = shapeTable(first, { format: 'csv', columns: ['name', 'output'] }).split('\r\n');
    expect(rows.slice(1, 6)).toEqual([
      'image,"[N, 3, 224, 224]"',
      'volume,"[N, 2, 8, 9, 10]"',
      'signal,"[N, 100, 4]"',
      'conv,"[N, 64, 112, 112]"',
      'max_pool,"[N, 64, 56, 56]"',
    ]);
    expect(shapeTable(first)).toMatch(/shapes of maps are \[batch, channels, …spatial\]\n$/);
    expect(shapeTable(first, { format: 'markdown' })).toMatch(
      /\n\nshapes of maps are \[batch, channels, …spatial\]\n$/,
    );
    const data = JSON.parse(shapeTable(first, { format: 'json' }));
    expect(data.channels).toBe('first');
    expect(data.inputs[0].shape).toEqual(['N', 3, 224, 224]);
    expect(data.outputs.map((o: { shape: unknown }) => o.shape)).toEqual([
      ['N', 10],
      ['N', 64, 56, 56],
      ['N', 5, 6, 7, 8],
      ['N', 98, 5],
    ]);
    expect(data.nodes[0].outputs[0].shape).toEqual(['N', 64, 112, 112]);
  });

  test('nothing is said where channels are last', () => {
    const last = graphOf(stem('last'));
    expect(shapeTable(last)).not.toContain('shapes of maps');
    expect(JSON.parse(shapeTable(last, { format: 'json' })).channels).toBe('last');
  });
});

describe('a library has its own order', () => {
  const library = (channels: string, shape: string) => ({
    'lib.yaml': `inception: 1\nname: lib\nchannels: ${channels}\nblocks: { b: { expect: ${shape}, steps: [{ conv: { filters: 4, kernel: 3 }, expect: ${shape} }] } }\n`,
  });
  const text = (channels: string, image: string) =>
    `inception: 1\nname: net\nchannels: ${channels}\nimports: { l: ./lib.yaml }\ninputs: { x: ${image} }\nnetwork: [l.b]\n`;

  test.each([
    ['first', '[N, 3, 8, 9]', 'last', '[N, 6, 7, 4]'],
    ['last', '[N, 8, 9, 3]', 'first', '[N, 4, 6, 7]'],
  ])('a network with channels %s', (order, image, other, claim) => {
    const graph = graphOf(text(order, image), { files: library(other, claim) });
    expect(showShape(graph.nodes[0]?.outputs[0]?.type.shape ?? [])).toBe('[N, 6, 7, 4]');
  });
});

describe('what counts the axes of a map has no meaning beside it', () => {
  /** Steps on `x: [N, 3, 8, 9]`; the first stands in line 6. */
  const first = (steps: string) =>
    `inception: 1\nname: net\nchannels: first\ninputs: { x: [N, 3, 8, 9] }\nnetwork:\n${lines(steps)}`;
  const why =
    'counts the axes of a map, and this file has `channels: first`; name an axis (`channel`, `height`, `width`, `depth`), or write the step in a block of a file with `channels: last`';

  test.each([
    [
      'an axis by number',
      '  - reduce_mean: { axes: [2, 3] }\n',
      [`6:20 INC110 \`axes\` of \`reduce_mean\`: ${why}`],
    ],
    [
      'one from the end',
      '  - split: { parts: 3, axis: -1 }\n',
      [`6:24 INC110 \`axis\` of \`split\`: ${why}`],
    ],
    ['an order of axes', '  - permute: [0, 2, 3, 1]\n', [`6:5 INC110 \`axes\` of \`permute\`: ${why}`]],
    ['a shape', '  - reshape: [N, 216]\n', [`6:5 INC110 \`shape\` of \`reshape\`: ${why}`]],
    [
      'a shape that becomes a map',
      '  - flatten\n  - reshape: [N, 3, 8, 9]\n',
      [`7:5 INC110 \`shape\` of \`reshape\`: ${why}`],
    ],
    [
      'in a merge',
      '  - branches: [[relu], []]\n    merge: { concat: { axis: 1 } }\n',
      [`7:24 INC110 \`axis\` of \`concat\`: ${why}`],
    ],
    [
      'an amount for every axis',
      '  - pad: { padding: [0, 1, 1, 0] }\n',
      [`6:12 INC110 \`padding\` of \`pad\`: ${why}`],
    ],
  ])('%s', (_, steps, expected) => {
    expect(report(first(steps))).toEqual(expected);
  });

  test('in defaults', () => {
    const text = first('\n  - softmax\n').replace('network:', 'defaults: { softmax: { axis: 1 } }\nnetwork:');
    expect(report(text)).toEqual([`5:24 INC110 \`axis\` of \`softmax\`: ${why}`]);
  });

  test.each([
    ['axes by name', '  - reduce_mean: { axes: [height, width] }\n'],
    ['the batch', '  - slice: { axis: 0, from: 0, to: 1 }\n'],
    ['sizes of spatial axes', '  - pad: { padding: [[0, 1], [1, 1]] }\n'],
    [
      'numbers where there is no map',
      '  - global_avg_pool\n  - reshape: [N, 3, 1]\n  - permute: [0, 2, 1]\n',
    ],
    ['what an op counts by itself', '  - softmax\n  - layer_norm\n  - concat: [_, _]\n'],
  ])('%s may stand there', (_, steps) => {
    expect(report(first(steps))).toEqual([]);
  });

  test('a block of a file with channels last may count axes', () => {
    const files = { 'lib.yaml': 'inception: 1\nname: lib\nblocks: { b: [{ permute: [0, 2, 1, 3] }] }\n' };
    const text = first('  - l.b:\n    expect: [N, 3, 9, 8]\n').replace(
      'inputs:',
      'imports: { l: ./lib.yaml }\ninputs:',
    );
    expect(report(text, { files })).toEqual([]);
  });

  test('and of a file with channels first may not, whoever calls it', () => {
    const files = {
      'lib.yaml': 'inception: 1\nname: lib\nchannels: first\nblocks: { b: [{ permute: [0, 2, 1, 3] }] }\n',
    };
    const text =
      'inception: 1\nname: net\nimports: { l: ./lib.yaml }\ninputs: { x: [N, 3, 8, 9] }\nnetwork: [l.b]\n';
    expect(report(text, { files })[0]).toBe(`lib.yaml:4:17 INC110 \`axes\` of \`permute\`: ${why}`);
  });
});

test('a message of an op says in which order it writes', () => {
  const text =
    'inception: 1\nname: net\nchannels: first\ninputs: { x: [N, 3, 8, 8], y: [N, 3, 9, 9] }\nnetwork: [{ concat: [x, y] }]\n';
  const said = report(text);
  expect(said[0]).toContain('[N, 8, 8, 3]');
  expect(said).toContain('  note: the shapes in this message are [batch, …spatial, channels]');
});

test('neither first nor last', () => {
  expect(
    report('inception: 1\nname: net\nchannels: middle\ninputs: { x: [N, 3] }\nnetwork: [relu]\n'),
  ).toEqual([
    '3:11 INC104 `channels` must be `last` (shapes are written [batch, …spatial, channels]) or `first`, not the text "middle"',
  ]);
});
