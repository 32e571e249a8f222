import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { chooseSizes, openSymbols } from '../../src/verify/chooseSizes.ts';

function graphOf(inputs: string, network: string, dims = '{}') {
  const text = `inception: 1\nname: net\ninputs: ${inputs}\ndims: ${dims}\nnetwork:\n${network}`;
  const { graph, diagnostics } = compile(text);
  if (graph === undefined) throw new Error(JSON.stringify(diagnostics.map((d) => d.message)));
  return graph;
}

test('no symbol, no size', () => {
  const graph = graphOf('{ image: [1, 9, 9, 3] }', '  - relu\n');
  expect(openSymbols(graph)).toEqual([]);
  expect(chooseSizes(graph)).toEqual({});
});

test('two items, and axes of different small sizes', () => {
  const graph = graphOf('{ image: [N, H, W, 3] }', '  - relu\n');
  expect(openSymbols(graph)).toEqual(['N', 'H', 'W']);
  expect(chooseSizes(graph)).toEqual({ N: 2, H: 5, W: 6 });
});

// Three windows of 3 at stride 2, none padded, need 15: 1 → 3 → 7 → 15.
const pools = '  - max_pool: { kernel: 3, stride: 2, padding: valid }\n'.repeat(3);

test('the smallest size that fits', () => {
  expect(chooseSizes(graphOf('{ image: [N, H, 20, 3] }', pools))).toEqual({ N: 2, H: 15 });
});

test('what the spec says of a symbol holds', () => {
  const dims = '{ H: { multiple_of: 8 }, W: { min: 40, max: 41 }, N: { max: 1 } }';
  expect(chooseSizes(graphOf('{ image: [N, H, W, 3] }', pools, dims))).toEqual({ N: 1, H: 16, W: 41 });
});

// Halved rounding down, doubled and joined with itself: only at even sizes.
const joined = `  - relu: {}
    name: whole
  - max_pool: { kernel: 2, stride: 2, padding: valid }
  - conv_transpose: { filters: 3, kernel: 2, stride: 2, padding: valid }
  - concat: [_, whole]
`;

test('sizes at which two ways meet', () => {
  expect(chooseSizes(graphOf('{ image: [N, H, W, 3] }', joined))).toEqual({ N: 2, H: 6, W: 6 });
});
