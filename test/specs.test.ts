import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Compilation } from '../src/compile.ts';
import type { Diagnostic } from '../src/diagnostics/diagnostic.ts';
import { positionOf } from '../src/diagnostics/source.ts';
import { shapeTable } from '../src/emitters/table/shapeTable.ts';
import { lint } from '../src/lint.ts';
import { showShape } from '../src/tensor/shape.ts';
import { compileSpec, compileText } from './golden/compileSpec.ts';
import { readGoldenRows } from './golden/goldenTable.ts';

const specs = readdirSync(new URL('../specs', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `specs/${name}`);

describe.each(specs)('%s', (spec) => {
  test('compiles, its claims hold, and there is nothing to say', () => {
    const { graph, diagnostics } = compileSpec(spec);
    expect(texts(diagnostics)).toEqual([]);
    expect(graph?.claims.length).toBeGreaterThan(0);
  });

  test('compiles twice to the same', () => {
    expect(asJson(compileSpec(spec))).toBe(asJson(compileSpec(spec)));
  });

  test('the linter finds nothing in any of its variants', () => {
    const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
    expect(texts(lint(readFileSync(spec, 'utf8'), { name: spec, readFile }).diagnostics)).toEqual([]);
  });
});

describe('every variant compiles, and its totals hold', () => {
  test.each([
    ['specs/inception_v1.yaml', 'slim'],
    ['specs/inception_v3.yaml', 'slim'],
    ['specs/inception_v4.yaml', 'slim'],
    ['specs/inception_resnet_v2.yaml', 'slim'],
    ['specs/inception_resnet_v2_paper.yaml', 'counts_10_20_10'],
  ])('%s, %s', (spec, variant) => {
    expect(texts(compileSpec(spec, { variant }).diagnostics)).toEqual([]);
  });
});

/** Everything that is known of a network: shapes, attributes, weights, places, costs. */
function asJson({ graph }: Compilation): string {
  if (graph === undefined) throw new Error('it does not compile');
  return shapeTable(graph, { format: 'json' });
}

describe('outputs', () => {
  test.each([
    ['specs/seed_stem_listing.yaml', undefined, { mixed_3: '[N, 36, 36, 384]' }],
    ['specs/seed_stem.yaml', undefined, { mixed_3: '[N, 35, 35, 384]' }],
    ['specs/inception_v1.yaml', undefined, { Logits: '[N, 1000]', Predictions: '[N, 1000]' }],
    ['specs/inception_v3.yaml', undefined, { Logits: '[N, 1000]', Predictions: '[N, 1000]' }],
    [
      'specs/inception_v3.yaml',
      'slim',
      { Logits: '[N, 1001]', Predictions: '[N, 1001]', AuxLogits: '[N, 1001]' },
    ],
    ['specs/inception_v4.yaml', undefined, { Logits: '[N, 1000]', Predictions: '[N, 1000]' }],
    [
      'specs/inception_v4.yaml',
      'slim',
      { Logits: '[N, 1001]', Predictions: '[N, 1001]', AuxLogits: '[N, 1001]' },
    ],
    ['specs/inception_resnet_v1.yaml', undefined, { logits: '[N, 1000]', predictions: '[N, 1000]' }],
    ['specs/inception_resnet_v2.yaml', undefined, { Logits: '[N, 1000]', Predictions: '[N, 1000]' }],
    [
      'specs/inception_resnet_v2.yaml',
      'slim',
      { Logits: '[N, 1001]', Predictions: '[N, 1001]', AuxLogits: '[N, 1001]' },
    ],
    ['specs/inception_resnet_v2_paper.yaml', undefined, { logits: '[N, 1000]', predictions: '[N, 1000]' }],
  ])('of %s, variant %s', (spec, variant, outputs) => {
    const { graph } = compileSpec(spec, variant === undefined ? {} : { variant });
    expect(
      Object.fromEntries(graph?.outputs.map(({ name, value }) => [name, showShape(value.type.shape)]) ?? []),
    ).toEqual(outputs);
  });
});

describe('inputs that are not square, from the tests of TF-Slim', () => {
  test('Inception-v4 at 350x400', () => {
    const compiled = compileSpec('specs/inception_v4.yaml', { inputs: { image: ['N', 350, 400, 3] } });
    expect(compiled.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(endPoint(compiled, 'Mixed_7d')).toBe('[N, 9, 11, 1536]');
  });

  test('Inception-ResNet-v2 at 400x600', () => {
    const compiled = compileSpec('specs/inception_resnet_v2.yaml', { inputs: { image: ['N', 400, 600, 3] } });
    expect(compiled.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(endPoint(compiled, 'Conv2d_7b_1x1')).toBe('[N, 11, 17, 1536]');
  });
});

describe('widths that the paper prints but that cannot be added', () => {
  test.each([
    { figure: 17, block: 'inception_resnet_b', size: 17, width: 1152, printed: 1154 },
    { figure: 19, block: 'inception_resnet_c', size: 8, width: 2144, printed: 2048 },
  ])('figure $figure', ({ figure, block, size, width, printed }) => {
    const text = [
      'inception: 1',
      `name: figure_${figure}`,
      'imports: { resnet: ./blocks/inception_resnet.yaml }',
      `inputs: { x: [N, ${size}, ${size}, ${width}] }`,
      'defaults: { conv: { padding: same } }',
      'network:',
      `  - resnet.${block}: { width: ${printed} }`,
    ].join('\n');
    const { diagnostics } = compileText(text, `specs/figure_${figure}.yaml`);
    expect(diagnostics.map(({ code, params }) => [code, params.shapes])).toEqual([
      ['INC203', [`[N, ${size}, ${size}, ${width}]`, `[N, ${size}, ${size}, ${printed}]`]],
    ]);
  });
});

describe('the claims of the listing whose docstring and code disagree', () => {
  const { diagnostics } = compileSpec('test/fixtures/seed_stem_docstring.yaml');
  const reports = [...diagnostics].sort((a, b) => lineOf(a) - lineOf(b));

  test('each row of the table that is false is reported, with what the code gives, and nothing else', () => {
    const rows = readGoldenDocstring();
    expect(rows).toHaveLength(16);
    expect(reports.map(({ code, params }) => [code, params.claimed, params.actual])).toEqual(
      rows.map(({ claimed, code }) => ['INC301', claimed, code]),
    );
  });

  test('at the line of the claim', () => {
    expect(reports.map((report) => [lineOf(report), report.params.name])).toEqual([
      [21, 'conv_1'],
      [24, 'conv_2'],
      [27, 'conv_3'],
      [32, 'mixed_1/branch_0/branch_0_mp'],
      [36, 'mixed_1/branch_1/branch_1_conv'],
      [39, 'mixed_1'],
      [44, 'mixed_2/branch_0/branch_0_conv1'],
      [47, 'mixed_2/branch_0/branch_0_conv2'],
      [51, 'mixed_2/branch_1/branch_1_conv1'],
      [54, 'mixed_2/branch_1/branch_1_conv2'],
      [57, 'mixed_2/branch_1/branch_1_conv3'],
      [60, 'mixed_2/branch_1/branch_1_conv4'],
      [63, 'mixed_2'],
      [68, 'mixed_3/branch_0/branch_0_mp'],
      [72, 'mixed_3/branch_1/branch_1_conv'],
      [75, 'mixed_3'],
    ]);
  });

  test.each([
    ['conv_1', 'image 299 → conv_1 (3x3 32 /2 same) 150'],
    ['conv_2', 'image 299 → conv_1 (3x3 32 /2 same) 150 → conv_2 (3x3 32 valid) 148'],
    ['conv_3', 'image 299 → conv_1 (3x3 32 /2 same) 150 → conv_2 (3x3 32 valid) 148'],
    [
      'mixed_1/branch_1/branch_1_conv',
      'image 299 → conv_1 (3x3 32 /2 same) 150 → conv_2 (3x3 32 valid) 148 → mixed_1/branch_1/branch_1_conv (3x3 96 /2 same) 74',
    ],
    [
      'mixed_3',
      'image 299 → conv_1 (3x3 32 /2 same) 150 → conv_2 (3x3 32 valid) 148 → mixed_1/branch_0/branch_0_mp (max_pool 3x3 /2 same) 74 → mixed_2/branch_0/branch_0_conv2 (3x3 96 valid) 72 → mixed_3/branch_0/branch_0_mp (max_pool 3x3 /2 same) 36',
    ],
  ])('with the way to the size of %s', (name, chain) => {
    const report = reports.find(({ params }) => params.name === name);
    expect(report?.notes).toEqual([chain]);
  });

  test.each([
    { name: 'conv_1', lines: [13] },
    { name: 'conv_2', lines: [13] },
    { name: 'mixed_1/branch_0/branch_0_mp', lines: [13, 17] },
    { name: 'mixed_3', lines: [13, 17] },
  ])('and, for $name, with the defaults that set the padding', ({ name, lines }) => {
    const report = reports.find(({ params }) => params.name === name);
    const places = report?.related.map(({ span }) => positionOf(span.source, span.start).line);
    expect(places).toEqual(expect.arrayContaining(lines));
  });
});

/** The rows of the docstring about layers that the code has, as the compiler writes shapes. */
function readGoldenDocstring(): readonly { readonly claimed: string; readonly code: string }[] {
  return readGoldenRows('seed_stem.docstring').flatMap((row) => {
    const [claimed, code] = [row.claimed_shape_HxWxC, row.shape_of_code_299];
    if (row.docstring_layer === 'input' || !claimed || !code) return [];
    return [{ claimed: bracketed(claimed), code: bracketed(code) }];
  });
}

function bracketed(shape: string): string {
  return `[N, ${shape.replaceAll('x', ', ')}]`;
}

function lineOf({ span }: Diagnostic): number {
  return span === undefined ? 0 : positionOf(span.source, span.start).line;
}

function texts(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((d) => `${d.span?.source.name}:${lineOf(d)}: ${d.code} ${d.message}`);
}

function endPoint({ graph }: Compilation, name: string): string | undefined {
  const found = graph?.endPoints.find((point) => point.name === name);
  return found && showShape(found.value.type.shape);
}
