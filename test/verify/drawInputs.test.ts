import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { drawInputs } from '../../src/verify/drawInputs.ts';

function drawn(inputs: string, network: string) {
  const { graph, diagnostics } = compile(`inception: 1\nname: net\ninputs:\n${inputs}network:\n${network}`);
  if (graph === undefined) throw new Error(JSON.stringify(diagnostics.map((d) => d.message)));
  return drawInputs(graph, { N: 50, S: 4 }, 1);
}

function valuesOf(fed: ReturnType<typeof drawInputs>, name: string): readonly number[] {
  return [...new Set(fed[name]?.values)].sort((a, b) => a - b);
}

test('rows of a table', () => {
  const fed = drawn('  ids: { shape: [N, S], dtype: int32 }\n', '  - embedding: { rows: 3, width: 2 }\n');
  expect(fed.ids).toMatchObject({ shape: [50, 4], dtype: 'int32' });
  expect(valuesOf(fed, 'ids')).toEqual([0, 1, 2]);
});

test('positions of an axis', () => {
  const fed = drawn(
    '  x: [N, S, 5]\n  ids: { shape: [N], dtype: int32 }\n',
    '  - gather: { axis: 1 }\n    from: [x, ids]\n',
  );
  expect(valuesOf(fed, 'ids')).toEqual([0, 1, 2, 3]);
});

test('lengths of a sequence begin at 1', () => {
  const fed = drawn(
    '  x: [N, S, 5]\n  lengths: { shape: [N], dtype: int32 }\n',
    '  - lstm: 3\n    from: { x: x, lengths: lengths }\n',
  );
  expect(valuesOf(fed, 'lengths')).toEqual([1, 2, 3, 4]);
});

test('floats of both signs, others for another seed', () => {
  const { graph } = compile('inception: 1\nname: net\ninputs: { x: [N, 8] }\nnetwork:\n  - relu\n');
  const [first, again, other] = [1, 1, 2].map((seed) => drawInputs(graph!, { N: 4 }, seed).x?.values);
  expect(Math.min(...first!)).toBeLessThan(-0.1);
  expect(Math.max(...first!)).toBeGreaterThan(0.1);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});
