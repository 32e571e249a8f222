import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/analysis/explain.ts';
import { formatExplanation } from '../../src/analysis/formatExplanation.ts';
import { compile } from '../../src/compile.ts';
import type { Frame, TypedGraph } from '../../src/ir/graph.ts';
import { attribute, graphOf, nodeLines, valuesOf } from './graphLines.ts';
import { lines, network, report } from './report.ts';

/** A spec on `x: [N, 8, 8, 3]` and `y: [N, 8, 8, 3]` with these blocks. */
function withBlocks(blocks: string, steps: string): string {
  const inputs = 'inputs: { x: [N, 8, 8, 3], y: [N, 8, 8, 3] }';
  return `inception: 1\nname: net\n${inputs}\nblocks:\n${lines(blocks)}network:\n${lines(steps)}`;
}

/** What `explain` says of an attribute, as it is printed. */
function said(graph: TypedGraph, what: string): string {
  const explanation = explain(graph, what);
  if (!explanation.ok) throw new Error(`nothing is called ${what}`);
  return formatExplanation(explanation.value);
}

function frames(frame: Frame | undefined): string {
  if (frame === undefined) return '';
  return `${frames(frame.parent)}/${frame.name} ${frame.path} at ${frame.call?.start}`;
}

/** All that could differ between a node that was expanded and one made from another. */
function nodesInFull(graph: TypedGraph): readonly unknown[] {
  return graph.nodes.map((node) => ({
    attributes: node.attributes,
    origins: Object.entries(node.origins).map(([key, origin]) => [
      key,
      origin.kind,
      'span' in origin ? `${origin.span.source.name}:${origin.span.start}` : '',
    ]),
    in: frames(node.frame),
    weights: node.weights,
    cost: [node.macs, node.biasAdds, node.elementOps],
    roles: node.roles,
    step: node.step,
    note: node.note,
    span: node.span.start,
  }));
}

describe('networks of equal blocks: the calls made from others are as if each had been expanded', () => {
  const networks = [
    ['inception_v4', 'slim'],
    ['resnet', '101'],
    ['bert', 'base'],
    ['gpt2', undefined],
    ['mobilenet_v2', undefined],
    ['se_resnet', undefined],
    ['inception_resnet_v2', undefined],
    ['swin', undefined],
    ['yolov8', undefined],
  ] as const;

  test.each(networks)('%s %s', (name, variant) => {
    const path = `specs/${name}.yaml`;
    const text = readFileSync(path, 'utf8');
    const readFile = (file: string) => ({ text: readFileSync(file, 'utf8') });
    const options = { name: path, readFile, ...(variant === undefined ? {} : { variant }) };
    const { graph } = compile(text, options);
    const output = graph?.outputs.at(-1);
    if (graph === undefined || output === undefined) throw new Error(`${path} does not compile`);
    // Up to one value, every call is expanded on its own.
    const { graph: expanded } = compile(text, { ...options, until: output.name });
    if (expanded === undefined) throw new Error(`${path} does not compile up to ${output.name}`);
    const kept = new Set(expanded.nodes.map((node) => node.name));
    const same = { ...graph, nodes: graph.nodes.filter((node) => kept.has(node.name)) };
    expect(nodeLines(same)).toEqual(nodeLines(expanded));
    expect(nodesInFull(same)).toEqual(nodesInFull(expanded));
    for (const node of same.nodes.filter((_, i) => i % 23 === 0))
      expect(said(graph, node.name)).toBe(said(expanded, node.name));
  });
});

describe('a block that is called again with equal params', () => {
  const unit =
    '  unit:\n    params: { width: int }\n    steps:\n      - conv: { filters: $width, kernel: 1 }\n';

  test('its attributes come from the call that they stand in, however it writes them', () => {
    const graph = graphOf(
      withBlocks(
        unit,
        `
  - unit: { width: 3 }
    from: x
  - unit: { width: $(1 + 2) }
    from: x
`,
      ),
    );
    expect(valuesOf(graph, 'filters')).toEqual(['unit/conv = 3', 'unit_2/conv = 3']);
    expect(attribute(graph, 'unit_2/conv', 'filters')).toEqual([3, 'written net.yaml: filters: $width']);
    expect(said(graph, 'unit/conv.filters')).not.toContain('1 + 2');
    expect(said(graph, 'unit_2/conv.filters')).toContain('1 + 2');
  });

  test('`in_channels` is that of the value that this call reads', () => {
    const graph = graphOf(
      withBlocks(
        '  keep:\n    steps:\n      - conv: { filters: $in_channels, kernel: 1 }\n      - dense: $in_channels\n',
        '  - keep:\n    from: x\n  - keep\n',
      ),
    );
    expect(said(graph, 'keep/conv.filters')).toMatch(/\bx\b/);
    expect(said(graph, 'keep_2/conv.filters')).toMatch(/\bkeep\b/);
    expect(said(graph, 'keep_2/dense.units')).toContain('keep_2/conv');
  });

  test('reads what it is given, in this order', () => {
    const graph = graphOf(
      withBlocks(
        '  minus:\n    inputs: { a: {}, b: {} }\n    steps:\n      - subtract:\n        from: [a, b]\n',
        `
  - minus:
    from: [x, y]
    name: one
  - minus:
    from: [y, x]
    name: two
  - minus:
    from: [x, x]
    name: three
  - minus:
    from: [y, y]
    name: four
  - minus:
    from: [two, one]
    name: five
`,
      ),
    );
    expect(nodeLines(graph)).toEqual([
      'one/subtract: subtract of x, y gives one [N, 8, 8, 3]',
      'two/subtract: subtract of y, x gives two [N, 8, 8, 3]',
      'three/subtract: subtract of x, x gives three [N, 8, 8, 3]',
      'four/subtract: subtract of y, y gives four [N, 8, 8, 3]',
      'five/subtract: subtract of two, one gives five [N, 8, 8, 3]',
    ]);
  });

  test('on a value of another shape it is another call', () => {
    const graph = graphOf(
      withBlocks(
        '  half:\n    steps:\n      - conv: { filters: $(in_channels * 2), kernel: 2, stride: 2 }\n',
        '  - half:\n    from: x\n  - half\n',
      ),
    );
    // kernel 2, stride 2, valid: 8 → 4 → 2; 3 channels → 6 → 12
    expect(nodeLines(graph)).toEqual([
      'half/conv: conv of x gives half [N, 4, 4, 6]',
      'half_2/conv: conv of half gives half_2 [N, 2, 2, 12]',
    ]);
  });

  test('under other defaults it is another call', () => {
    const graph = graphOf(
      withBlocks(
        unit,
        `
  - unit: { width: 3 }
    from: x
  - unit: { width: 3 }
    defaults: { conv: { bias: false } }
`,
      ),
    );
    expect(valuesOf(graph, 'bias')).toEqual(['unit/conv = true', 'unit_2/conv = false']);
  });

  test('its claims, counts among them, are made of each call', () => {
    const graph = graphOf(
      withBlocks(
        '  twice:\n    expect: { parameters: 12 }\n    steps:\n      - dense: 3\n        expect: [N, 8, 8, 3]\n',
        '  - twice:\n    from: x\n  - twice\n  - twice\n',
      ),
    );
    // a dense layer of 3 on 3 has 3 × 3 + 3 = 12 parameters
    const claims = graph.claims.map((claim) =>
      claim.kind === 'shape'
        ? `${claim.name} is ${claim.value.name}`
        : `${claim.part?.name} has nodes ${claim.part?.nodes.join(' to ')} in ${claim.part?.frame.path}`,
    );
    expect(claims).toEqual([
      'twice/dense is twice',
      'twice has nodes 0 to 1 in twice',
      'twice_2/dense is twice_2',
      'twice_2 has nodes 1 to 2 in twice_2',
      'twice_3/dense is twice_3',
      'twice_3 has nodes 2 to 3 in twice_3',
    ]);
    expect(graph.endPoints.map((e) => e.name)).toEqual([
      'twice/dense',
      'twice',
      'twice_2/dense',
      'twice_2',
      'twice_3/dense',
      'twice_3',
    ]);
  });

  test('a claim that only a later call breaks is told at that call', () => {
    const text = withBlocks(
      '  ends:\n    steps:\n      - relu:\n        expect: [N, 8, _, 3]\n',
      '  - ends:\n    from: x\n  - ends\n  - max_pool: { kernel: 2, stride: 2 }\n  - ends\n',
    );
    expect(report(text).filter((line) => line.includes('INC'))).toEqual([
      expect.stringContaining('ends_3/relu is [N, 4, 4, 3], not [N, 8, _, 3]'),
    ]);
  });

  test('its weights are its own, unless it shares those of another call', () => {
    const graph = graphOf(
      withBlocks(
        unit,
        `
  - unit: { width: 3 }
    from: x
    name: first
  - unit: { width: 3 }
    name: second
  - unit: { width: 3 }
    name: third
    share: second
  - unit: { width: 3 }
    name: fourth
`,
      ),
    );
    expect(graph.nodes.map((node) => node.weights[0]?.fullName)).toEqual([
      'first/conv/kernel',
      'second/conv/kernel',
      'second/conv/kernel',
      'fourth/conv/kernel',
    ]);
  });

  test('a note of one call stands there alone', () => {
    const graph = graphOf(
      withBlocks(unit, '  - unit: { width: 3 }\n    from: x\n    note: the first\n  - unit: { width: 3 }\n'),
    );
    expect(graph.nodes.map((node) => node.note)).toEqual(['the first', undefined]);
  });

  test('inside another block, the sizes that it can name are those of that call', () => {
    const graph = graphOf(
      withBlocks(
        `
  flat:
    steps:
      - reshape: { shape: [N, H, -1] }
  outer:
    inputs: { z: { shape: [N, H, W, C] } }
    steps:
      - max_pool: { kernel: [1, 2], stride: [1, 2] }
      - flat
`,
        `
  - outer:
    from: x
    name: one
  - max_pool: { kernel: [2, 1], stride: [2, 1] }
    from: x
    name: low
  - outer:
    name: two
`,
      ),
    );
    // 8 rows of 4 × 3 numbers; then 4 rows of as many
    expect(nodeLines(graph).filter((line) => line.includes('reshape'))).toEqual([
      'one/flat/reshape: reshape of one/max_pool gives one [N, 8, 12]',
      'two/flat/reshape: reshape of two/max_pool gives two [N, 4, 12]',
    ]);
  });

  test('calls that are too many are refused as if each were expanded', () => {
    const text = network('  - unit:\n    repeat: 60001\n').replace(
      'network:',
      'blocks:\n  unit:\n    steps: [relu, relu]\nnetwork:',
    );
    expect(report(text)).toEqual([
      '8:5 INC143 the network has more than 120000 nodes',
      '  help: look for a `repeat` with a count that was not meant',
    ]);
  });
});
