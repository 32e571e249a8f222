import { describe, expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { lowerings } from '../../../../src/emitters/tfjs/layers/lowerings.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import { opNames, opOf } from '../../../../src/ops/registry.ts';
import { exampleGraph } from '../../../support/exampleGraph.ts';
import { network } from '../network.ts';
import { seeded } from './modelOf.ts';

/* What the layers format cannot say is an error that points to the graph format, and that format then says it. */

const pointer = 'the graph format can say more: emit with --tfjs-format graph';

const examples = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined)
    .flatMap((example) => {
      const { graph } = exampleGraph(op, example);
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      return graph === undefined ? [] : [{ op, title, graph }];
    }),
);

const refused = examples.flatMap((it) => {
  const said = refusalsOf(it.graph);
  return said.length === 0 ? [] : [{ ...it, said }];
});

function refusalsOf(graph: TypedGraph) {
  const emitted = emitTfjs(graph, seeded);
  return emitted.ok ? [] : emitted.problems.map(({ problem }) => problem.params);
}

test('every op without a layer is among the examples', () => {
  const without = opNames.filter((op) => 'reason' in lowerings[op]);
  const there = new Set(refused.map((it) => it.op));
  expect(without.length).toBeGreaterThan(40);
  expect(without.filter((op) => !there.has(op))).toEqual([]);
});

test.each(refused)(
  '$title is refused, and points to the graph format where that can say it',
  ({ op, graph, said }) => {
    const inGraph = emitTfjsGraph(graph, seeded).ok;
    // What a custom step stands for is declared for each format apart; all else the graph format can say.
    if (op !== 'custom') expect(inGraph).toBe(true);
    for (const { help, reason } of said) {
      expect(reason).toMatch(/\w{3}/);
      expect(help).toBe(inGraph ? pointer : undefined);
    }
  },
);

describe('of what is fed and of names, too', () => {
  const same = [{ op: 'identity', name: 'y', from: ['x'] }] as const;

  test.each([
    ['whole numbers', network({ inputs: { x: ['N', 2] }, dtype: 'int32', steps: same, outputs: { y: 'y' } })],
    ['a vector', network({ inputs: { x: ['N'] }, steps: same, outputs: { y: 'y' } })],
    [
      'another script',
      network({ inputs: { größe: ['N', 2] }, steps: [{ ...same[0], from: ['größe'] }], outputs: { y: 'y' } }),
    ],
  ])('%s', (_, graph) => {
    expect(refusalsOf(graph).map(({ help }) => help)).toContain(pointer);
    expect(emitTfjsGraph(graph, seeded)).toMatchObject({ ok: true });
  });

  test('but not of half precision, which the graph format has not either', () => {
    const graph = network({ inputs: { x: ['N', 2] }, dtype: 'float16', steps: same, outputs: { y: 'y' } });
    const said = refusalsOf(graph);
    expect(said).not.toEqual([]);
    expect(said.filter(({ help }) => help !== undefined)).toEqual([]);
    expect(emitTfjsGraph(graph, seeded)).toMatchObject({ ok: false });
  });
});
