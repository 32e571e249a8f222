import { expect, test } from 'vitest';
import { misalignments } from '../../src/analysis/field/misalignments.ts';
import { fieldFigures, receptiveFields } from '../../src/analysis/field/receptiveFields.ts';
import { compileText } from '../golden/compileSpec.ts';
import { draws } from '../support/draws.ts';

/*
 * Fields of drawn networks against sets of indices: a way through a network is a row of windows, and what it reads is put
 * together position by position, o ↦ stride·o − before + k·dilation for 0 ≤ k < kernel, way by way.
 */

/** Along both axes alike, but for what stands before the first position. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: readonly [number, number];
}

/** From the input on. */
type Way = readonly Window[];

interface Drawn {
  readonly steps: string;
  /** Of each join, the ways through the network that each branch has. */
  readonly joins: readonly (readonly (readonly Way[])[])[];
  /** All ways to the end. */
  readonly ways: readonly Way[];
}

/** One even and one odd, which `same` pads unlike. */
const sizes = [48, 45] as const;

/** The positions that one position reads by a way, sorted. */
function indices(way: Way, position: number, axis: 0 | 1): readonly number[] {
  let read = new Set([position]);
  for (const { kernel, stride, dilation, before } of way.toReversed()) {
    const next = new Set<number>();
    for (const o of read) for (let k = 0; k < kernel; k++) next.add(stride * o - before[axis] + k * dilation);
    read = next;
  }
  return [...read].sort((a, b) => a - b);
}

/** Twice the middle between the first and the last position that position 0 reads. */
function centre(way: Way, axis: 0 | 1): number {
  const read = indices(way, 0, axis);
  return (read[0] ?? 0) + (read.at(-1) ?? 0);
}

function ends(numbers: readonly number[]): readonly [number, number] {
  return [Math.min(...numbers), Math.max(...numbers)];
}

/** TensorFlow's `same`: ⌈n/s⌉ windows, and of what they span beyond n the lesser half before. */
function samePadding(size: number, extent: number, stride: number): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** A convolution or pooling that gives ⌈n/s⌉ positions, and its text. */
function drawWindow(draw: (below: number) => number, stride: number, on: readonly [number, number]) {
  const kind = draw(5);
  const [kernel, dilation] = kind === 0 ? [2 + draw(2), 1] : [1 + draw(4), 1 + draw(2)];
  const extent = dilation * (kernel - 1) + 1;
  const pads = on.map((size) => samePadding(size, extent, stride));
  const window = (before: readonly (number | undefined)[]): Window => {
    const [rows = 0, columns = 0] = before;
    return { kernel, stride, dilation, before: [rows, columns] };
  };
  const conv = (padding: string) =>
    `conv: { filters: 2, kernel: ${kernel}, stride: ${stride}, dilation: ${dilation}, padding: ${padding} }`;
  if (kind === 0 && stride === 2) {
    // Rounded up, the last window hangs over the end: 2 from the first position of an odd map, 3 from one before it.
    const before = kernel - 2;
    const padding = `[[${before}, 0], [${before}, 0]]`;
    const text = `max_pool: { kernel: ${kernel}, stride: 2, ceil: true, padding: ${padding} }`;
    return { text, window: window([before, before]) };
  }
  if (kind === 1) return { text: conv('same_lower'), window: window(pads.map(([, more]) => more)) };
  if (kind === 2) {
    // All of it at the end, or all at the start.
    const start = draw(2) === 0;
    const whole = pads.map(([a, b]) => (start ? [a + b, 0] : [0, a + b]));
    return { text: conv(JSON.stringify(whole)), window: window(whole.map(([before]) => before)) };
  }
  const pool = kind === 3 && dilation === 1;
  const text = pool ? `avg_pool: { kernel: ${kernel}, stride: ${stride}, padding: same }` : conv('same');
  return { text, window: window(pads.map(([less]) => less)) };
}

function drawNetwork(seed: number): Drawn {
  const draw = draws(seed);
  const joins: Way[][][] = [];
  let steps = '';
  let ways: readonly Way[] = [[]];
  let on: readonly [number, number] = sizes;
  for (let module = 0; module < 3; module++) {
    const stride = 1 + draw(2);
    const after: readonly [number, number] = [Math.ceil(on[0] / stride), Math.ceil(on[1] / stride)];
    const branches = Array.from({ length: 2 + draw(2) }, (_, i) => {
      if (i === 0 && stride === 1 && draw(2) === 0) return { texts: [], windows: [] };
      const drawn = [drawWindow(draw, stride, on)];
      if (draw(2) === 0) drawn.push(drawWindow(draw, 1, after));
      return { texts: drawn.map(({ text }) => text), windows: drawn.map(({ window }) => window) };
    });
    const listed = branches.map(
      ({ texts }, i) => `      b${i}: [${texts.map((t) => `{ ${t} }`).join(', ')}]\n`,
    );
    steps += `  - branches:\n${listed.join('')}    merge: concat\n    name: module_${module}\n`;
    const before = ways;
    const joined = branches.map(({ windows }) => before.map((way) => [...way, ...windows]));
    joins.push(joined);
    ways = joined.flat();
    on = after;
  }
  return { steps, joins, ways };
}

function fieldBySets(ways: readonly Way[], axis: 0 | 1) {
  const read = (position: number) => ends(ways.flatMap((way) => indices(way, position, axis)));
  const [[first, last], [next]] = [read(0), read(1)];
  const [least, most] = ends(ways.map((way) => centre(way, axis)));
  return { size: last - first + 1, stride: String(next - first), offset: 0 - first, skew: most - least };
}

/** For a join of two: how far the first ways and the last ways of both are apart; undefined where one pair is not. */
function apartBySets([a, b]: readonly (readonly Way[])[], axis: 0 | 1) {
  const [left, right] = [a, b].map((ways) => ends((ways ?? []).map((way) => centre(way, axis))));
  if (left === undefined || right === undefined) return [];
  const [low, high] = [Math.abs(left[0] - right[0]), Math.abs(left[1] - right[1])];
  return Math.min(low, high) === 0 ? [] : [[axis + 1, Math.min(low, high), Math.max(low, high)]];
}

test('field, stride, offset and what is apart, of 60 drawn networks with branches of convolutions and poolings', () => {
  let apart = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { steps, joins, ways } = drawNetwork(seed);
    const text = `inception: 1\nname: drawn\ninputs: { x: [N, ${sizes.join(', ')}, 1] }\nnetwork:\n${steps}`;
    const { graph, diagnostics } = compileText(text, 'drawn.yaml');
    if (graph === undefined) throw new Error(`${diagnostics.map((d) => d.message).join('; ')}\n${text}`);
    const fields = receptiveFields(graph);
    const end = fields.get(graph.outputs[0]?.value.id ?? -1) ?? [];
    const found = end.map(({ reach }) => fieldFigures(reach, graph));
    expect({ steps, found }).toEqual({ steps, found: [fieldBySets(ways, 0), fieldBySets(ways, 1)] });
    const misaligned = misalignments(graph, fields);
    for (const [module, join] of joins.entries()) {
      if (join.length !== 2) continue;
      const here = misaligned.filter(({ node }) => node.name.startsWith(`module_${module}`));
      const said = here.map(({ axis, leastApart, apart: most }) => [axis, leastApart, most]);
      expect({ steps, said }).toEqual({ steps, said: [...apartBySets(join, 0), ...apartBySets(join, 1)] });
      apart += said.length;
    }
  }
  expect(apart).toBeGreaterThan(20);
});
