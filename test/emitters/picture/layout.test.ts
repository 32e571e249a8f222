import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutGraph } from '../../../src/emitters/picture/layout/layoutGraph.ts';
import type { LocalEdge, LocalGraph, LocalNode } from '../../../src/emitters/picture/layout/localGraph.ts';

function box(width = 100, height = 40): LocalNode {
  return { kind: 'box', width, height, open: false };
}

function graph(count: number, pairs: readonly (readonly [number, number])[]): LocalGraph {
  const edges = pairs.map(([from, to]): LocalEdge => ({ from, to, labelWidth: 40 }));
  return { nodes: Array.from({ length: count }, () => box()), edges };
}

describe('one level', () => {
  test('a chain is one straight line', () => {
    const { nodes, routes } = layoutGraph(
      graph(3, [
        [0, 1],
        [1, 2],
      ]),
    );
    expect(nodes.map(({ x }) => x)).toEqual([0, 0, 0]);
    for (const { points } of routes) expect(new Set(points.map(({ x }) => x)).size).toBe(1);
  });

  test('a residual leaves the line straight, and runs beside what it passes', () => {
    const { nodes, routes } = layoutGraph(
      graph(4, [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 3],
      ]),
    );
    expect(new Set(nodes.map(({ x }) => x)).size).toBe(1);
    expect(routes[3]!.kind).toBe('corners');
    expect(Math.max(...routes[3]!.points.map(({ x }) => x))).toBeGreaterThan(100);
  });

  test('branches stand side by side, in the order in which they are given', () => {
    const { nodes } = layoutGraph(
      graph(5, [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 4],
        [2, 4],
        [3, 4],
      ]),
    );
    const [, a, b, c] = nodes;
    expect([a!.y, b!.y, c!.y]).toEqual([a!.y, a!.y, a!.y]);
    expect(a!.x).toBeLessThan(b!.x);
    expect(b!.x).toBeLessThan(c!.x);
  });

  test('a further input stands beside the line that it joins', () => {
    const { nodes } = layoutGraph(
      graph(4, [
        [0, 1],
        [1, 3],
        [2, 3],
      ]),
    );
    expect(nodes[0]!.x).toBe(nodes[3]!.x);
    // To the right of the line at 50, and of the shape of 40 that stands 7 beside it.
    expect(nodes[2]!.x).toBeGreaterThan(nodes[1]!.x + 50 + 47);
    expect(nodes[2]!.y).toBeLessThan(nodes[3]!.y);
  });

  test('blocks that read each other in turn are drawn too', () => {
    const { routes } = layoutGraph(
      graph(3, [
        [0, 1],
        [1, 2],
        [2, 1],
      ]),
    );
    expect(routes.every(({ points }) => points.length > 1)).toBe(true);
  });
});

/** Any graph whose edges go forward: each node but the first may read some of those before it. */
const graphs = fc
  .array(
    fc.record({
      reads: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 3 }),
      width: fc.integer({ min: 20, max: 240 }),
      height: fc.integer({ min: 20, max: 80 }),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((nodes): LocalGraph => {
    const pairs = nodes.flatMap(({ reads }, to) => {
      const sources = new Set(reads.map((r) => Math.floor(r * to)).filter((from) => from < to));
      return [...sources].map((from): LocalEdge => ({ from, to, labelWidth: 50 }));
    });
    return { nodes: nodes.map(({ width, height }) => box(width, height)), edges: pairs };
  });

test('no boxes overlap, and lines end at their boxes, whatever the graph', () => {
  fc.assert(
    fc.property(graphs, (given) => {
      const { nodes, routes, width, height } = layoutGraph(given);
      const rects = nodes.map(({ x, y }, i) => {
        const { width: w, height: h } = given.nodes[i]!;
        return { left: x, right: x + w, top: y, bottom: y + h };
      });
      for (const [i, a] of rects.entries()) {
        expect(a.left >= -0.1 && a.top >= -0.1 && a.right <= width + 1 && a.bottom <= height + 1).toBe(true);
        for (const b of rects.slice(i + 1)) {
          const apart =
            a.right <= b.left + 0.3 ||
            b.right <= a.left + 0.3 ||
            a.bottom <= b.top + 0.3 ||
            b.bottom <= a.top + 0.3;
          expect(apart).toBe(true);
        }
      }
      for (const [e, { points }] of routes.entries()) {
        const { from, to } = given.edges[e]!;
        const [a, b, first, last] = [rects[from]!, rects[to]!, points[0]!, points.at(-1)!];
        expect(
          first.x >= a.left - 0.3 &&
            first.x <= a.right + 0.3 &&
            first.y <= a.bottom + 0.3 &&
            first.y >= a.top,
        ).toBe(true);
        expect(
          last.x >= b.left - 0.3 && last.x <= b.right + 0.3 && last.y >= b.top - 0.3 && last.y <= b.bottom,
        ).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);

describe('large levels', () => {
  const sizes = 5000;
  const chain = Array.from({ length: sizes - 1 }, (_, i): [number, number] => [i, i + 1]);
  const residuals = [
    ...chain,
    ...Array.from({ length: 1600 }, (_, i): [number, number] => [3 * i, 3 * i + 3]),
  ];
  /** Reads what is 1 to 4 and 1 to 20 places before, by multiples of primes: no waist anywhere. */
  const tangle = Array.from({ length: sizes - 1 }, (_, i): [number, number][] => {
    const reads = new Set([Math.max(0, i - ((i * 7919) % 4)), Math.max(0, i - ((i * 104729) % 20))]);
    return [...reads].map((from): [number, number] => [from, i + 1]);
  }).flat();

  test.each([
    ['a chain', chain],
    ['a chain with residuals', residuals],
    ['a tangle', tangle],
  ])('%s of 5,000 boxes gets its places, without overflowing the stack', (_, pairs) => {
    const { nodes, routes } = layoutGraph(graph(sizes, pairs));
    expect(nodes).toHaveLength(sizes);
    expect(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(routes.every(({ points }) => points.length > 1)).toBe(true);
  });
});
