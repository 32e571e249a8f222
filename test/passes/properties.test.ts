import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CompileOptions, compile } from '../../src/compile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { infer } from '../../src/ir/infer.ts';
import { optimize } from '../../src/passes/optimize.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { graphOf } from '../language/graphLines.ts';
import { randomSpecs } from '../language/randomSpecs.ts';
import { usual } from './optimized.ts';

const both = [usual, { endPoints: true, foldsWeights: true }] as const;

const runs = Number(process.env.PROPERTY_RUNS ?? 10);

function outputs(graph: TypedGraph): string[] {
  return graph.outputs.map((o) => `${o.name} ${o.value.type.dtype} ${showShape(o.value.type.shape)}`);
}

/** What must hold of a network and what becomes of it. */
function check(before: TypedGraph): void {
  for (const options of both) {
    const { graph, passes, gone } = optimize(before, options);
    expect(outputs(graph)).toEqual(outputs(before));
    expect(graph.inputs).toEqual(before.inputs);
    expect([...graph.endPoints.map((e) => e.name), ...gone].sort()).toEqual(
      before.endPoints.map((e) => e.name).sort(),
    );
    if (options.endPoints) expect(gone).toEqual([]);
    for (const { name, value } of graph.endPoints) {
      const as = before.endPoints.find((e) => e.name === name)?.value.type;
      expect(`${name} ${showShape(value.type.shape)}`).toBe(`${name} ${showShape(as?.shape ?? [])}`);
    }
    expect(passes.every(({ nodes }) => nodes.length > 0)).toBe(true);
    expect(optimize(graph, options)).toEqual({ graph, passes: [], gone: [] });
  }
}

test('of random networks: the outputs stay, every end point is kept or said to be gone, and twice does no more', () => {
  fc.assert(
    fc.property(randomSpecs, (document) => {
      check(graphOf(JSON.stringify(document)));
    }),
    { numRuns: runs },
  );
});

const zoo: readonly ({ readonly file: string } & Pick<CompileOptions, 'variant'>)[] = [
  { file: 'googlenet.yaml', variant: 'aux' },
  { file: 'swin.yaml' },
  { file: 'bert.yaml' },
  { file: 'yolov8.yaml' },
];

test.each(zoo)(
  'of $file, whose attributes still give the types that its values have',
  ({ file, ...options }) => {
    const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
    const name = `specs/${file}`;
    const { graph } = compile(readFileSync(name, 'utf8'), { name, readFile, ...options });
    if (graph === undefined) throw new Error(`${file} has no graph`);
    check(graph);
    const after = optimize(graph, usual).graph;
    const { types } = infer({ ...after, nodes: after.nodes.filter((n) => n.op !== 'constant') });
    for (const { id, name: value, type } of after.nodes.flatMap((n) => n.outputs)) {
      const found = types.get(id);
      if (found !== undefined)
        expect(`${value} ${showShape(found.shape)}`).toBe(`${value} ${showShape(type.shape)}`);
    }
    expect(types.size).toBeGreaterThan(20);
  },
);

/**
 * Conv2D layers of TF-Slim's inception_v4 (research/slim/nets/inception_v4.py), all with a batch norm: 11 in the stem, 7 in
 * each of 4 blocks A, 4 in reduction A, 10 in each of 7 blocks B, 6 in reduction B, and 10 in each of 3 blocks C:
 * 11 + 28 + 4 + 70 + 6 + 30.
 */
test('Inception-v4 has 149 convolutions, and each takes in its batch norm', () => {
  const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
  const name = 'specs/inception_v4.yaml';
  const { graph } = compile(readFileSync(name, 'utf8'), { name, readFile });
  const { passes, graph: after } = optimize(graph!, usual);
  expect(passes.map(({ pass, nodes }) => [pass, nodes.length])).toEqual([
    ['no-ops removed', 1],
    ['batch norms folded', 149],
  ]);
  expect(after.nodes.filter((n) => n.op === 'batch_norm')).toEqual([]);
});
