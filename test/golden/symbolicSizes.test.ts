import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import { compile } from '../../src/compile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { evaluate } from '../../src/tensor/evaluateDim.ts';
import { compileSpec, readText } from './compileSpec.ts';

/**
 * The Inception networks with height and width left open: claims in closed form, each worked out by hand from the
 * windows of the stem (3 /2, 3, 3 same, 3 /2, 3, 3 /2, then 3 /2 twice, all `valid` but one), as
 * ⌊(⌊(H − a)/m⌋ − 3)/2⌋ + 1 = ⌊(H − a − m)/(2·m)⌋.
 */

/** The sizes at 299, and what they are at any size. */
const closedForms: Readonly<Record<string, string>> = {
  299: 'X',
  149: '(X - 1) // 2',
  147: '(X - 5) // 2',
  73: '(X - 7) // 4',
  71: '(X - 15) // 4',
  35: '(X - 19) // 8',
  17: '(X - 27) // 16',
  8: '(X - 43) // 32',
  5: '(X - 59) // 48',
  1: '(X - 251) // 48',
};

/** The text with every square shape in it in closed form, and without the multiply-adds at 299. */
function opened(text: string): string {
  return text
    .replace(/^ *macs: .*\n/gm, '')
    .replace(/\[([_N]), (\d+), \2, (\d+)\]/g, (_, batch: string, size: string, channels: string) => {
      const form = closedForms[size];
      if (form === undefined) throw new Error(`no closed form for ${size}`);
      return `[${batch}, ${form.replace('X', 'H')}, ${form.replace('X', 'W')}, ${channels}]`;
    });
}

function openedSpec(path: string, edit: (text: string) => string = opened) {
  const readFile = (at: string) => ({ text: edit(readText(at)) });
  return compile(edit(readText(path)), { name: path, root: '.', readFile });
}

describe('Inception-v4 on [N, H, W, 3]', () => {
  const { graph, diagnostics } = openedSpec('specs/inception_v4.yaml');

  test('every claim of the network and of its blocks holds in closed form', () => {
    expect(diagnostics.map((d) => d.message)).toEqual([]);
    expect(graph?.claims.filter(({ kind }) => kind === 'shape').length).toBe(26);
  });

  test('at 299 every value has its golden shape', () => {
    const golden = compileSpec('specs/inception_v4.yaml').graph;
    const at299 = shapesOf(graph).map(({ name, shape }) => ({
      name,
      shape: shape.map((d) => evaluate(d, { N: 1, H: 299, W: 299 })),
    }));
    const wanted = shapesOf(golden).map(({ name, shape }) => ({
      name,
      shape: shape.map((d) => evaluate(d, { N: 1 })),
    }));
    expect(at299).toEqual(wanted);
    expect(at299.length).toBeGreaterThan(400);
  });

  test('at 299 it costs what the golden totals say', () => {
    const { macs } = totals(graph?.nodes ?? []);
    expect(evaluate(macs, { N: 1, H: 299, W: 299 })).toBe(12_253_974_624);
  });

  test('a form that is off by one is refused', () => {
    const wrong = openedSpec('specs/inception_v4.yaml', (text) =>
      opened(text).replace('(H - 19) // 8', '(H - 18) // 8'),
    );
    expect(wrong.diagnostics.map((d) => `${d.code} ${d.message}`)).toEqual([
      'INC304 stem/Mixed_5a is [N, (H - 19) // 8, (W - 19) // 8, 384], which is [_, (H - 18) // 8, (W - 19) // 8, 384] only where H % 8 != 2',
      'INC304 stem is [N, (H - 19) // 8, (W - 19) // 8, 384], which is [N, (H - 18) // 8, (W - 19) // 8, 384] only where H % 8 != 2',
    ]);
  });

  test('flattened before the head: a closed form, too', () => {
    const flat = openedSpec('specs/inception_v4.yaml', (text) =>
      opened(text).replace(
        / {2}- global_avg_pool[\s\S]*$/,
        '  - flatten:\n    expect: [N, "1536*((H - 43) // 32)*((W - 43) // 32)"]\n',
      ),
    );
    expect(flat.diagnostics.map((d) => d.message)).toEqual([]);
    expect(flat.graph?.outputs.map(({ value }) => value.type.shape.length)).toEqual([2]);
  });
});

function shapesOf(graph: TypedGraph | undefined) {
  return (graph?.nodes ?? []).flatMap((n) => n.outputs.map((v) => ({ name: v.name, shape: v.type.shape })));
}

/** From which height on each window of the chain fits, and the first step that asks for it. */
const smallest = [
  {
    spec: 'specs/inception_v4.yaml',
    heights: [
      [3, 'stem/Conv2d_1a_3x3'],
      [7, 'stem/Conv2d_2a_3x3'],
      [11, 'stem/Mixed_3a/Branch_0/MaxPool_0a_3x3'],
      [19, 'stem/Mixed_4a/Branch_0/Conv2d_1a_3x3'],
      [27, 'stem/Mixed_5a/Branch_0/Conv2d_1a_3x3'],
      [43, 'Mixed_6a/Branch_0/Conv2d_1a_3x3'],
      [75, 'Mixed_7a/Branch_0/Conv2d_1a_3x3'],
    ],
  },
  {
    spec: 'specs/inception_v3.yaml',
    heights: [
      [3, 'Conv2d_1a_3x3'],
      [7, 'Conv2d_2a_3x3'],
      [11, 'MaxPool_3a_3x3'],
      [19, 'Conv2d_4a_3x3'],
      [27, 'MaxPool_5a_3x3'],
      [43, 'Mixed_6a/Branch_0/Conv2d_1a_1x1'],
      [75, 'Mixed_7a/Branch_0/Conv2d_1a_3x3'],
    ],
  },
] as const;

describe.each(smallest)('$spec asks for', ({ spec, heights }) => {
  const { graph, diagnostics } = compileSpec(spec, { inputs: { image: ['N', 'H', 'W', 3] } });

  test.each(['H', 'W'])('a smallest %s, with the step that needs it', (symbol) => {
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const found = graph?.leastSizes
      .filter((s) => s.symbol === symbol)
      .map(({ min, node }) => [min, node.step]);
    expect(found).toEqual(heights);
  });

  test('75, and 74 does not fit', () => {
    const at = (size: number) => compileSpec(spec, { inputs: { image: [1, size, size, 3] } });
    expect(at(75).graph).toBeDefined();
    expect(
      at(74)
        .diagnostics.filter(({ severity }) => severity === 'error')
        .map((d) => d.code),
    ).toContain('INC204');
  });

  test('what is asked for stands there once', () => {
    const dims = graph?.requirements.flatMap((r) => (r.kind === 'positive' ? [JSON.stringify(r.dim)] : []));
    expect(new Set(dims).size).toBe(dims?.length);
    expect(dims).toHaveLength(14);
  });
});

test('a greatest size below the need is an error that names the step', () => {
  const bounded = openedSpec('specs/inception_v4.yaml', (text) =>
    opened(text).replace(/^inputs:/m, 'dims: { H: { max: 74 } }\ninputs:'),
  );
  expect(bounded.diagnostics.map((d) => `${d.code} ${d.message}`)).toContain(
    'INC231 `Mixed_7a/Branch_0/Conv2d_1a_3x3` needs H to be at least 75, but `dims` says at most 74: `(H - 43) // 32` would be below 1',
  );
});
