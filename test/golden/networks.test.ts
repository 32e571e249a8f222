import { describe, expect, test } from 'vitest';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { compareLayers } from './compareLayers.ts';
import { compileSpec, compileText, readText, type SpecOptions } from './compileSpec.ts';
import { type GoldenTable, type Row, readGoldenTable, tableLayers } from './goldenTable.ts';
import { networkLayers } from './networkLayers.ts';

interface Case {
  readonly table: string;
  readonly spec: string;
  readonly options?: SpecOptions;
}

const cases: readonly Case[] = [
  { table: 'seed_stem.code_299', spec: 'specs/seed_stem_listing.yaml' },
  { table: 'seed_stem.corrected_299', spec: 'specs/seed_stem.yaml' },
  { table: 'inception_v4.paper', spec: 'specs/inception_v4.yaml' },
  { table: 'inception_v4.slim', spec: 'specs/inception_v4.yaml', options: { variant: 'slim' } },
  {
    table: 'inception_v4.slim_1000',
    spec: 'specs/inception_v4.yaml',
    options: { variant: 'slim', set: { classes: 1000 } },
  },
  { table: 'inception_resnet_v2.keras', spec: 'specs/inception_resnet_v2.yaml' },
  { table: 'inception_resnet_v2.slim', spec: 'specs/inception_resnet_v2.yaml', options: { variant: 'slim' } },
  {
    table: 'inception_resnet_v2.slim_1000',
    spec: 'specs/inception_resnet_v2.yaml',
    options: { variant: 'slim', set: { classes: 1000 } },
  },
  { table: 'inception_resnet_v2.paper', spec: 'specs/inception_resnet_v2_paper.yaml' },
  {
    table: 'inception_resnet_v2.paper_10_20_10',
    spec: 'specs/inception_resnet_v2_paper.yaml',
    options: { variant: 'counts_10_20_10' },
  },
  { table: 'inception_resnet_v1.paper', spec: 'specs/inception_resnet_v1.yaml' },
  { table: 'inception_v3.keras', spec: 'specs/inception_v3.yaml' },
  { table: 'inception_v3.slim', spec: 'specs/inception_v3.yaml', options: { variant: 'slim' } },
  {
    table: 'inception_v3.slim_1000',
    spec: 'specs/inception_v3.yaml',
    options: { variant: 'slim', set: { classes: 1000 } },
  },
  { table: 'inception_v1.slim', spec: 'specs/inception_v1.yaml', options: { variant: 'slim' } },
  { table: 'inception_v1.slim_1000', spec: 'specs/inception_v1.yaml' },
];

const totalColumns = {
  conv_weights: 'kernelWeights',
  conv_bias: 'biasWeights',
  bn_trainable: 'batchNormWeights',
  params_trainable: 'trainable',
  params_non_trainable: 'nonTrainable',
  macs: 'macs',
} as const;

describe.each(cases)('$spec against $table', ({ table, spec, options }) => {
  const golden = readGoldenTable(table);

  test('every layer has its row, equal in every field, and nothing is left over', () => {
    expect(differences(graphOf(spec, options), golden)).toEqual([]);
  });

  test('the totals are the last row', () => {
    const layers = networkLayers(graphOf(spec, options));
    const sums = Object.entries(totalColumns).map(([column, field]) => [
      column,
      String(layers.reduce((sum, layer) => sum + layer[field], 0)),
    ]);
    expect(golden.total).toMatchObject(Object.fromEntries(sums));
  });

  test('every end point of the source is an end point', () => {
    const graph = graphOf(spec, options);
    const { pairs } = compareLayers(networkLayers(graph), tableLayers(golden));
    const pointedOut = new Set(graph.endPoints.map(({ value }) => value.id));
    const rows = new Set(
      graph.nodes
        .filter(({ outputs }) => outputs.some(({ id }) => pointedOut.has(id)))
        .map(({ step }) => pairs.get(step)),
    );
    const missing = golden.rows.filter(
      ({ name, op, end_point }) =>
        end_point !== '' && op !== 'Flatten' && op !== 'Squeeze' && !rows.has(name),
    );
    expect(missing.map(({ name, end_point }) => [name, end_point])).toEqual([]);
  });

  test('the table was read to its end', () => {
    expect(golden.total.op).toBe(`${golden.rows.length} layers`);
  });
});

describe('names are the scopes of the released checkpoints', () => {
  test.each([
    {
      table: 'inception_v4.slim',
      spec: 'specs/inception_v4.yaml',
      checkpoint: 'InceptionV4/',
      weighted: 153,
    },
    {
      table: 'inception_resnet_v2.slim',
      spec: 'specs/inception_resnet_v2.yaml',
      checkpoint: 'InceptionResnetV2/',
      weighted: 248,
    },
    { table: 'inception_v3.slim', spec: 'specs/inception_v3.yaml', checkpoint: 'InceptionV3/', weighted: 98 },
    { table: 'inception_v1.slim', spec: 'specs/inception_v1.yaml', checkpoint: 'InceptionV1/', weighted: 58 },
  ])('$spec', ({ table, spec, checkpoint, weighted }) => {
    const layers = networkLayers(graphOf(spec, { variant: 'slim' }));
    const { pairs } = compareLayers(layers, tableLayers(readGoldenTable(table)));
    const scopes = layers
      .filter((layer) => layer.kernelWeights > 0)
      .map(({ name }) => [`${checkpoint}${name.replace(/^stem\//, '')}`, pairs.get(name)]);
    expect(scopes).toHaveLength(weighted);
    expect(scopes.filter(([ours, theirs]) => ours !== theirs)).toEqual([]);
  });
});

describe('one wrong cell is found', () => {
  test.each([
    {
      what: 'swapped kernels',
      row: 'stem/mixed_2/branch_1/conv2_7x1',
      cells: { kernel: '1x7' },
      found: [
        'stem/Mixed_4a/Branch_1/Conv2d_0b_7x1 (stem/mixed_2/branch_1/conv2_7x1): kernel is 7x1, in the table 1x7',
      ],
    },
    {
      what: 'a padding',
      row: 'reduction_a/branch_1/conv1_3x3',
      cells: { padding: 'SAME' },
      found: [
        'Mixed_6a/Branch_0/Conv2d_1a_3x3 (reduction_a/branch_1/conv1_3x3): padding is VALID, in the table SAME',
      ],
    },
    {
      what: 'a count',
      row: 'logits/fc',
      cells: { params_trainable: '1537001' },
      found: ['Logits/Logits (logits/fc): trainable is 1537000, in the table 1537001'],
    },
    {
      what: 'an epsilon',
      row: 'stem/conv1_3x3',
      cells: { bn: 'eps=1e-05;decay=0.9997;scale=False' },
      found: [
        'stem/Conv2d_1a_3x3 (stem/conv1_3x3): batchNorm is eps=0.001;decay=0.9997;scale=False, in the table eps=1e-05;decay=0.9997;scale=False',
      ],
    },
    {
      what: 'a missing activation',
      row: 'inception_a_1/branch_1/conv1_1x1',
      cells: { activation: '' },
      found: [
        'Mixed_5b/Branch_0/Conv2d_0a_1x1 (inception_a_1/branch_1/conv1_1x1): activation is relu, in the table nothing',
      ],
    },
    {
      what: 'the rate of dropout, taken for the share that is kept',
      row: 'logits/dropout',
      cells: { scale_or_keep: 'keep=0.2' },
      found: ['Logits/Dropout_1b (logits/dropout): scaleOrKeep is keep=0.8, in the table keep=0.2'],
    },
  ])('$what', ({ row, cells, found }) => {
    const golden = readGoldenTable('inception_v4.paper');
    expect(differences(graphOf('specs/inception_v4.yaml'), withCells(golden, row, cells))).toEqual(found);
  });

  test('two branches of equal shape in the other order', () => {
    const golden = readGoldenTable('seed_stem.corrected_299');
    const swapped = withCells(golden, 'stem/mixed_3/concat', {
      input_layers: 'stem/mixed_3/branch_1/pool_3x3;stem/mixed_3/branch_0/conv1_3x3',
    });
    expect(differences(graphOf('specs/seed_stem.yaml'), swapped)).toContain(
      'mixed_3/branch_0/conv (stem/mixed_3/branch_1/pool_3x3): op is Conv2D, in the table MaxPool',
    );
  });

  test('a residual branch with another factor', () => {
    const golden = readGoldenTable('inception_resnet_v2.keras');
    const scaled = withCells(golden, 'block8_10', { scale_or_keep: '0.2' });
    expect(differences(graphOf('specs/inception_resnet_v2.yaml'), scaled)).toEqual([
      'Block8/add (block8_10): scaleOrKeep is 1, in the table 0.2',
    ]);
  });

  test('a layer too many, and a layer too few', () => {
    const golden = readGoldenTable('inception_v4.paper');
    const withoutSoftmax = { ...golden, rows: golden.rows.filter((row) => row.name !== 'logits/softmax') };
    expect(differences(graphOf('specs/inception_v4.yaml'), withoutSoftmax)).toContain(
      'Predictions (logits/fc): op is Softmax, in the table Dense',
    );
    const extra: Row = { ...golden.rows[0], name: 'extra', input_layers: 'input' };
    expect(
      differences(graphOf('specs/inception_v4.yaml'), { ...golden, rows: [...golden.rows, extra] }),
    ).toContain('the row extra has no layer in the network');
  });
});

test('the forms of Inception-v4 are told apart, though their counts are equal', () => {
  const slim = graphOf('specs/inception_v4.yaml', { set: { form: 'slim' } });
  expect(differences(slim, readGoldenTable('inception_v4.paper'))).toContain(
    'Mixed_7c/concat (inception_c_3/branch_0/pool_3x3): op is Concat, in the table AvgPool',
  );
});

test('swapped kernels are found in a network, too', () => {
  const swapped = readText('specs/seed_stem.yaml')
    .replace('kernel: [7, 1]', 'kernel: [0, 0]')
    .replace('kernel: [1, 7]', 'kernel: [7, 1]')
    .replace('kernel: [0, 0]', 'kernel: [1, 7]');
  const { graph } = compileText(swapped, 'specs/seed_stem.yaml');
  expect(graph && differences(graph, readGoldenTable('seed_stem.corrected_299'))).toEqual([
    'mixed_2/branch_1/conv_3 (stem/mixed_2/branch_1/conv3_1x7): kernel is 7x1, in the table 1x7',
    'mixed_2/branch_1/conv_2 (stem/mixed_2/branch_1/conv2_7x1): kernel is 1x7, in the table 7x1',
  ]);
});

const graphs = new Map<string, TypedGraph>();

/** The network of a spec; each is compiled once. */
function graphOf(spec: string, options: SpecOptions = {}): TypedGraph {
  const key = `${spec} ${JSON.stringify(options)}`;
  const graph = graphs.get(key) ?? compiled(spec, options);
  graphs.set(key, graph);
  return graph;
}

function compiled(spec: string, options: SpecOptions): TypedGraph {
  const { graph, diagnostics } = compileSpec(spec, options);
  if (graph === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graph;
}

function differences(graph: TypedGraph, golden: GoldenTable): readonly string[] {
  return compareLayers(networkLayers(graph), tableLayers(golden)).differences;
}

/** The table with some cells of one row changed. */
function withCells(golden: GoldenTable, name: string, changed: Row): GoldenTable {
  if (!golden.rows.some((row) => row.name === name)) throw new Error(`no row ${name}`);
  return { ...golden, rows: golden.rows.map((row) => (row.name === name ? { ...row, ...changed } : row)) };
}
