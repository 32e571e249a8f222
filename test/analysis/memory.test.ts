import { describe, expect, test } from 'vitest';
import { type Memory, memoryOf } from '../../src/analysis/memory/memory.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { storedAs } from '../../src/weights/storedAs.ts';
import { compileSpec, compileText } from '../golden/compileSpec.ts';
import { draws } from '../support/draws.ts';

function graphOf({ graph, diagnostics }: ReturnType<typeof compileText>): TypedGraph {
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('; '));
  return graph;
}

function network(text: string): TypedGraph {
  return graphOf(compileText(`inception: 1\nname: small\n${text}`, 'small.yaml'));
}

/** Where the most is in memory, and how much. */
function peaksOf({ peaks }: Memory): readonly (readonly [string, number | string])[] {
  return peaks.map(({ node, bytes }) => [node.name, typeof bytes === 'number' ? bytes : printDim(bytes)]);
}

describe('a network whose figures are worked out by hand', () => {
  // Values, in bytes of float32: x 8·8·3·4 = 768, a 8·8·16·4 = 4096, b 4·4·16·4 = 1024, c 8·8·2·4 = 512, d 4·4·2·4 = 128,
  // y 4·4·18·4 = 1152.
  const graph = network(
    `\
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: 16, kernel: 1 }
    name: a
  - max_pool: { kernel: 2, stride: 2 }
    name: b
  - conv: { filters: 2, kernel: 1 }
    from: x
    name: c
  - max_pool: { kernel: 2, stride: 2 }
    name: d
  - concat
    from: [b, d]
    name: y
`.replace('  - concat\n', '  - concat: {}\n'),
  );

  test('a value is in memory from when it is made until its last reader is done', () => {
    const memory = memoryOf(graph);
    expect(memory.activations).toBe(768 + 4096 + 1024 + 512 + 128 + 1152);
    // While b is made: x (for c), a, b.
    expect(peaksOf(memory)).toEqual([['b', 768 + 4096 + 1024]]);
    expect(memory.peaks[0]?.live.map(({ value }) => value.name)).toEqual(['a', 'b', 'x']);
  });

  test('any order takes what one node reads and gives; the best runs c and d first', () => {
    const { lowerBound, best } = memoryOf(graph);
    expect(lowerBound).toEqual([4096 + 1024]); // a and b, for b
    // c, d, then x is let go with a: while b is made a, b and d.
    expect(best).toMatchObject({ peak: 4096 + 1024 + 128, proved: true, asWritten: false });
    expect(best?.nodes.map(({ name }) => name)).toEqual(['c', 'd', 'a', 'b', 'y']);
  });

  test('weights count once, by the type that they are stored in', () => {
    // a: 3·16 + 16, c: 3·2 + 2
    expect(memoryOf(graph).weights).toEqual([{ dtype: 'float32', numbers: 72, bytes: 288 }]);
    const rules = [{ dtype: 'float16' as const }, { pattern: 'c/*', dtype: 'uint8' as const }];
    expect(memoryOf(graph, { storedAs: storedAs(rules) }).weights).toEqual([
      { dtype: 'float16', numbers: 64, bytes: 128 },
      { dtype: 'uint8', numbers: 8, bytes: 8 },
    ]);
  });

  test('a batch of three takes the same for each item', () => {
    const three = network(`\
inputs: { x: [3, 8, 8, 3] }
network:
  - conv: { filters: 16, kernel: 1 }
`);
    expect(memoryOf(three).activations).toBe(768 + 4096);
  });
});

describe('open sizes', () => {
  test('a formula, and the node that takes most at every size', () => {
    const graph = network(`\
inputs: { x: [N, H, W, 3] }
network:
  - conv: { filters: 16, kernel: 1 }
    name: a
  - conv: { filters: 4, kernel: 1 }
    name: b
`);
    const memory = memoryOf(graph);
    expect(peaksOf(memory)).toEqual([['b', '80*H*W']]); // 4·(16 + 4)
    expect(memory.lowerBound.map(printDim)).toEqual(['80*H*W']);
    expect(memory.best).toBeUndefined();
  });

  test('two formulas where the size decides', () => {
    const graph = network(
      `\
inputs: { a: [N, 100], b: [N, W] }
network:
  - exp: {}
    from: a
    name: u
  - exp: {}
    from: b
    name: v
outputs: [u, v]
`.replace('  - square\n', ''),
    );
    // While u is made: a, b, u; then b, u, v. 4·(200 + W) and 4·(100 + 2W).
    expect(peaksOf(memoryOf(graph))).toEqual([
      ['v', '8*W + 400'], // more from W = 101 on
      ['u', '4*W + 800'],
    ]);
  });
});

/** A network of some steps that read one or two values before them and give values of other sizes. */
function randomNetwork(seed: number): TypedGraph {
  const draw = draws(seed);
  const names = ['x'];
  const steps = Array.from({ length: 6 }, (_, i) => {
    const [left, right] = [names[draw(names.length)], names[draw(names.length)]];
    names.push(`s${i}`);
    const op = draw(3) === 0 && left !== right ? `concat: {}\n    from: [${left}, ${right}]` : undefined;
    return `  - ${op ?? `dense: ${1 + draw(30)}\n    from: ${left}`}\n    name: s${i}`;
  });
  const outputs = draw(2) === 0 ? '[s5]' : '[s3, s5]';
  return network(`inputs: { x: [N, 7] }\nnetwork:\n${steps.join('\n')}\noutputs: ${outputs}\n`);
}

/** The most bytes in memory when the nodes run in this order: at each, what is there and is still of use. */
function simulatedPeak(graph: TypedGraph, order: readonly number[]): number {
  const nodes = order.flatMap((i) => graph.nodes[i] ?? []);
  const all = [...graph.inputs.map((i) => i.value), ...graph.nodes.flatMap((n) => n.outputs)];
  const kept = new Set(graph.outputs.map((o) => o.value.id));
  const at = nodes.map((_, now) => {
    const live = all.filter(({ id }) => {
      const made = nodes.findIndex((n) => n.outputs.some((v) => v.id === id));
      const used = nodes.some((n, later) => later >= now && n.inputs.some((v) => v.id === id));
      return made <= now && (used || kept.has(id) || made === now);
    });
    return live.reduce((sum, { type }) => sum + 4 * Number(type.shape[1]), 0);
  });
  return Math.max(...at);
}

/** Every order in which each node comes after those that make what it reads. */
function everyOrder(
  { nodes }: Pick<TypedGraph, 'nodes'>,
  done: readonly number[] = [],
): readonly (readonly number[])[] {
  if (done.length === nodes.length) return [done];
  const madeBy = (id: number) => nodes.findIndex((n) => n.outputs.some((v) => v.id === id));
  return nodes.flatMap((node, i) => {
    const ready = node.inputs.every(({ id }) => madeBy(id) < 0 || done.includes(madeBy(id)));
    return ready && !done.includes(i) ? everyOrder({ nodes }, [...done, i]) : [];
  });
}

test('of 60 drawn networks, the peak is that of a plain simulation, and the best order the best of all orders', () => {
  let reordered = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const graph = randomNetwork(seed);
    const { peaks, lowerBound, best } = memoryOf(graph);
    const written = graph.nodes.map((_, i) => i);
    expect([seed, peaks[0]?.bytes]).toEqual([seed, simulatedPeak(graph, written)]);
    const least = Math.min(...everyOrder(graph).map((order) => simulatedPeak(graph, order)));
    expect([seed, best?.peak, best?.proved]).toEqual([seed, least, true]);
    const order = (best?.nodes ?? []).map((node) => graph.nodes.indexOf(node));
    expect([seed, simulatedPeak(graph, order)]).toEqual([seed, least]);
    expect(Number(lowerBound[0])).toBeLessThanOrEqual(least);
    if (best?.asWritten === false) reordered += 1;
  }
  expect(reordered).toBeGreaterThan(10);
});

describe('networks of the zoo', () => {
  test('Inception-v4 takes most in its stem: two maps of 147·147·64, which any order has together', () => {
    const memory = memoryOf(graphOf(compileSpec('specs/inception_v4.yaml')));
    const two = 2 * 147 * 147 * 64 * 4;
    expect(peaksOf(memory)).toEqual([['stem/Conv2d_2b_3x3/batch_norm', two]]);
    expect(memory.lowerBound).toEqual([two]);
    expect(memory.best).toMatchObject({ peak: two, proved: true, asWritten: true });
    // 42,648,232 trained and 63,168 statistics (published), four bytes each.
    expect(memory.weights).toEqual([{ dtype: 'float32', numbers: 42711400, bytes: 170845600 }]);
  });

  test('U-Net takes less where the last skip connection is cut to size late', () => {
    const { best, lowerBound, peaks } = memoryOf(graphOf(compileSpec('specs/unet.yaml')));
    expect(best).toMatchObject({ proved: true, asWritten: false });
    expect(best?.peak).toBeLessThan(Number(peaks[0]?.bytes));
    expect(best?.peak).toBe(lowerBound[0]);
  });
});
