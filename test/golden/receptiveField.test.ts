import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  fieldFigures,
  type ReceptiveFields,
  receptiveFields,
} from '../../src/analysis/field/receptiveFields.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { compileSpec } from './compileSpec.ts';

/*
 * The published table behind Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019
 * (google-research/receptive_field): every row, at 224, at 321 and, where the resolution is empty, at any size. There a
 * padding is empty where it depends on the size.
 */

interface Row {
  readonly resolution: string;
  readonly endPoint: string;
  readonly field: string;
  readonly stride: string;
  readonly padding: string;
}

function rowsOf(network: string): readonly Row[] {
  const text = readFileSync(new URL('./tables/receptive_field.csv', import.meta.url), 'utf8');
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return rows
    .filter(([name]) => name === network)
    .map(([, resolution = '', endPoint = '', , field = '', stride = '', padding = '']) => {
      return { resolution, endPoint, field, stride, padding };
    });
}

interface Network {
  readonly network: string;
  readonly rows: number;
  readonly path: string;
  readonly variant?: string;
  /** Up to here, as dense layers fit one size only. */
  readonly until: string;
  /** What the zoo calls an end point. */
  readonly named: (endPoint: string) => string;
}

const networks: readonly Network[] = [
  {
    network: 'inception_v4',
    rows: 66,
    path: 'specs/inception_v4.yaml',
    variant: 'slim',
    until: 'Mixed_7d',
    named: (endPoint) => (/^(Conv2d_|Mixed_[345]a)/.test(endPoint) ? `stem/${endPoint}` : endPoint),
  },
  {
    network: 'inception_resnet_v2',
    rows: 36,
    path: 'specs/inception_resnet_v2.yaml',
    variant: 'slim',
    until: 'Conv2d_7b_1x1',
    named: (endPoint) => (endPoint === 'PreAuxLogits' ? 'Repeat_1' : endPoint),
  },
  {
    network: 'inception_v3',
    rows: 54,
    path: 'specs/inception_v3.yaml',
    variant: 'slim',
    until: 'Mixed_7c',
    named: (endPoint) => endPoint,
  },
  {
    network: 'inception_v2',
    rows: 45,
    path: 'specs/inception_v2.yaml',
    variant: 'slim',
    until: 'Mixed_5c',
    named: (endPoint) => endPoint,
  },
  {
    network: 'mobilenet_v1',
    rows: 42,
    path: 'specs/mobilenet_v1.yaml',
    until: 'conv_pw_13',
    named: (endPoint) =>
      endPoint.replace('Conv2d_0', 'conv1').replace(/Conv2d_(\d+)_pointwise/, 'conv_pw_$1'),
  },
  {
    network: 'vgg_16',
    rows: 39,
    path: 'specs/vgg.yaml',
    variant: '16',
    until: 'block5',
    named: (endPoint) =>
      endPoint
        .replace(/vgg_16\/pool(\d)/, 'block$1')
        .replace(/vgg_16\/conv(\d)\/conv\d_(\d)/, 'block$1/conv$2'),
  },
  {
    network: 'alexnet_v2',
    rows: 21,
    path: 'specs/alexnet.yaml',
    until: 'pool5',
    named: (endPoint) => endPoint.replace('alexnet_v2/', ''),
  },
  {
    // The zoo has torchvision's strides; see the test below.
    network: 'resnet_v1_50',
    rows: 12,
    path: 'test/fixtures/resnet_v1_50_slim.yaml',
    until: 'block4',
    named: (endPoint) => endPoint.replace('resnet_v1_50/', ''),
  },
];

interface Built {
  readonly graph: TypedGraph;
  readonly fields: ReceptiveFields;
}

function built({ path, variant, until }: Network, resolution: string): Built {
  const size = resolution === '' ? undefined : Number(resolution);
  const image = ['N', size ?? 'H', size ?? 'W', 3];
  const { graph, diagnostics } = compileSpec(path, {
    until,
    inputs: { image },
    ...(variant === undefined ? {} : { variant }),
  });
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('; '));
  return { graph, fields: receptiveFields(graph) };
}

/** Field, stride and padding of a value along height and along width; a padding that the size decides is empty. */
function figures({ graph, fields }: Built, name: string): readonly string[] {
  const last = graph.nodes.findLast(({ step }) => step === name)?.outputs[0];
  const value = graph.endPoints.find((e) => e.name === name)?.value ?? last;
  return (fields.get(value?.id ?? -1) ?? []).map(({ reach }) => {
    const found = fieldFigures(reach, graph);
    if (found === undefined) return 'all';
    const { size, stride, offset, skew } = found;
    return `${printDim(size)}/${stride}/${typeof offset === 'number' ? offset : ''} ${printDim(skew)}`;
  });
}

describe.each(networks)('$network', (network) => {
  const rows = rowsOf(network.network);

  test(`the table has ${network.rows} rows of it`, () => {
    expect(rows.length).toBe(network.rows);
  });

  test.each(['', '224', '321'])('every row at "%s"', (resolution) => {
    const made = built(network, resolution);
    const here = rows.filter((row) => row.resolution === resolution);
    const ours = here.map(({ endPoint }) => [endPoint, ...figures(made, network.named(endPoint))]);
    // Both axes alike, and no branches apart.
    const wanted = here.map(({ endPoint, field, stride, padding }) => {
      const row = `${field}/${stride}/${padding} 0`;
      return [endPoint, row, row];
    });
    expect(ours).toEqual(wanted);
  });
});

test("the zoo's ResNet-50 has its strides in the first unit of a stage, so that its stages are counted otherwise", () => {
  const network = { path: 'specs/resnet.yaml', variant: '50', until: 'layer4' };
  const made = built({ ...network, network: 'resnet', rows: 0, named: (name) => name }, '224');
  // By hand: 7 and 2·2 for the first two windows; a 3x3 window adds twice the stride before it. layer1 3·8;
  // layer2 8 + 3·16; layer3 16 + 5·32; layer4 32 + 2·64. Half of one less than the field is padding.
  expect(['layer1', 'layer2', 'layer3', 'layer4'].map((name) => figures(made, name)[0])).toEqual([
    '35/4/17 0',
    '91/8/45 0',
    '267/16/133 0',
    '427/32/213 0',
  ]);
});

test('AlexNet of one tower has the field and stride of the paper, 195 and 32', () => {
  const { graph } = compileSpec('specs/alexnet_owt.yaml');
  if (graph === undefined) throw new Error('it does not compile');
  const [figure] = figures({ graph, fields: receptiveFields(graph) }, 'features/12');
  expect(figure).toMatch(/^195\/32\//);
});
