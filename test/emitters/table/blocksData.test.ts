import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Convention } from '../../../src/analysis/conventions/names.ts';
import { compile } from '../../../src/compile.ts';
import { graphData } from '../../../src/emitters/table/graphData.ts';

/** A block `stage` that calls `unit` twice, itself called twice; and a layer outside of blocks. */
const spec = `\
inception: 1
name: net
inputs: { x: [N, H, W, 4] }
blocks:
  unit:
    steps:
      - conv: { filters: 4, kernel: 1 }
        name: c
      - relu
  stage:
    steps:
      - unit
        # a second one
      - unit
network:
  - stage
  - stage:
    name: second
  - global_avg_pool
  - dense: 2
`;

function dataOf(text: string, convention?: Convention) {
  const { graph, diagnostics } = compile(text, { name: 'net.yaml' });
  if (graph === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graphData(graph, convention === undefined ? {} : { convention });
}

test('each call of a block with all that is in it, a call before those inside it', () => {
  const { blocks } = dataOf(spec.replace('H, W', '5, 3'));
  expect(blocks.map(({ name, block, nodes }) => [name, block, nodes])).toEqual([
    ['stage', 'stage', 4],
    ['stage/unit', 'unit', 2],
    ['stage/unit_2', 'unit', 2],
    ['second', 'stage', 4],
    ['second/unit', 'unit', 2],
    ['second/unit_2', 'unit', 2],
  ]);
  // 4·4 + 4 parameters; 5·3·4·4 multiply-adds; 5·3·4 biases and as many relus; twice in a stage.
  expect(blocks[1]).toEqual({
    name: 'stage/unit',
    block: 'unit',
    nodes: 2,
    parameters: { trainable: 20, nonTrainable: 0 },
    macs: 240,
    biasAdds: 60,
    elementOps: 60,
  });
  expect(blocks[3]).toEqual({
    name: 'second',
    block: 'stage',
    nodes: 4,
    parameters: { trainable: 40, nonTrainable: 0 },
    macs: 480,
    biasAdds: 120,
    elementOps: 120,
  });
});

test('in the convention that was asked for, and as formulas where sizes are open', () => {
  const { blocks, totals } = dataOf(spec, 'flops');
  // 2·16 of the products, 4 of the biases, 4 of the relus, at each of H·W positions.
  expect(blocks[1]).toMatchObject({ macs: '16*H*W', biasAdds: '4*H*W', elementOps: '4*H*W', cost: '40*H*W' });
  expect(blocks[0]).toMatchObject({ macs: '32*H*W', cost: '80*H*W' });
  // Four units; global_avg_pool reads 4·H·W numbers; dense 2·8 + 2.
  expect(totals).toMatchObject({ convention: 'flops', cost: '164*H*W + 18' });
});

test('a weight that a block uses twice counts once in it', () => {
  const [first, second] = ['      - unit\n', '        # a second one\n      - unit\n'];
  const named = `      - unit:\n        name: unit\n`;
  const shared = spec.replace(`${first}${second}`, `${named}      - unit:\n        share: unit\n`);
  expect(shared).not.toBe(spec);
  const { blocks } = dataOf(shared.replace('H, W', '5, 3'));
  expect(blocks.slice(0, 3).map(({ name, parameters, macs }) => [name, parameters.trainable, macs])).toEqual([
    ['stage', 20, 480],
    ['stage/unit', 20, 240],
    ['stage/unit_2', 20, 240],
  ]);
});

test('the data fits its schema, which names every key', () => {
  const schema = JSON.parse(readFileSync('docs/schemas/shapes.schema.json', 'utf8'));
  const ajv = new Ajv({ allowUnionTypes: true });
  for (const data of [dataOf(spec), dataOf(spec.replace('H, W', '5, 3'), 'keras')]) {
    ajv.validate(schema, JSON.parse(JSON.stringify(data)));
    expect(ajv.errors).toBe(null);
    expect(Object.keys(data).filter((key) => !(key in schema.properties))).toEqual([]);
  }
});
