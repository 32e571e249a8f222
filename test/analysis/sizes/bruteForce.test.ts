import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedSizes, compile, hasErrors } from '../../../src/index.ts';
import { contains, nearest } from '../../../src/tensor/sizeSet.ts';

const sizes = Array.from({ length: 70 }, (_, i) => i + 1);

const window = fc.record({
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom('valid', 'same', 'half', '1'),
});

/** Windows one after another, beside which a second way may lead to the same place, joined or flattened at the end. */
const network = fc
  .record({
    windows: fc.array(window, { minLength: 1, maxLength: 3 }),
    ceil: fc.boolean(),
    beside: fc.option(window),
    doubled: fc.boolean(),
    flattened: fc.boolean(),
  })
  .map(({ windows, ceil, beside, doubled, flattened }) => {
    const attributes = ({ kernel, stride, padding }: { kernel: number; stride: number; padding: string }) =>
      `kernel: ${kernel}, stride: ${stride}, padding: ${padding === 'half' && kernel % 2 === 0 ? 'same' : padding}`;
    const [first, ...rest] = windows;
    const pool = `  - max_pool: { ${attributes({ ...first, padding: 'valid' } as never)}, ceil: ${ceil} }\n    name: first\n`;
    const convs = rest.map((w) => `  - conv: { filters: 2, ${attributes(w)} }\n`).join('');
    const joined = beside
      ? `  - conv: { filters: 2, ${attributes(beside)} }\n    name: left\n` +
        `  - conv: { filters: 2, ${attributes(windows[0] ?? beside)} }\n    name: right\n    from: first\n` +
        `${doubled ? '  - resize: { method: nearest, corners: half_pixel, scale: 2 }\n    name: right2\n' : ''}` +
        `  - concat: [left, ${doubled ? 'right2' : 'right'}]\n`
      : '';
    const end = flattened ? '  - flatten\n  - dense: 3\n    name: end\n' : '';
    return `inception: 1\nname: net\ninputs: { x: [N, 23, 23, 2] }\nnetwork:\n${pool}${convs}${joined}${end}`;
  });

function weightsAt(text: string, height: number, width = height): string | undefined {
  const { graph, diagnostics } = compile(text, { inputs: { x: [1, height, width, 2] } });
  if (graph === undefined || hasErrors(diagnostics)) return undefined;
  return graph.nodes.flatMap(({ weights }) => weights.map((w) => `${w.fullName} ${w.shape}`)).join();
}

/** What compiles at each size, with the weights of the size that is written. */
test('random networks accept what compiles, and nothing else', () => {
  let solvedOnes = 0;
  fc.assert(
    fc.property(network, (text) => {
      const { report } = acceptedSizes(text, { tryUpTo: 1 });
      const [symbol] = report?.symbols ?? [];
      if (symbol === undefined || symbol.triedUpTo !== undefined) return;
      const written = weightsAt(text, 23);
      // Weights for a size at which the network does not fit are for none.
      if (written === undefined && text.includes('flatten')) return;
      solvedOnes += 1;
      const fitting = sizes.filter((size) => {
        const found = weightsAt(text, size);
        return found !== undefined && (written === undefined || found === written);
      });
      expect(sizes.filter((size) => contains(symbol.accepted, size))).toEqual(fitting);
      for (const near of [0, 23, 24, 50]) {
        const { below, above } = nearest(symbol.accepted, near);
        expect(below).toBe(fitting.findLast((size) => size <= near));
        const next = fitting.find((size) => size >= near);
        if (next !== undefined || (above ?? 0) <= 70) expect(above).toBe(next);
      }
    }),
    { numRuns: 40, seed: 7 },
  );
  // Those that were not had weights for a size at which they do not fit.
  expect(solvedOnes).toBeGreaterThan(12);
});

const axis = fc.record({ kernel: fc.integer({ min: 1, max: 4 }), stride: fc.integer({ min: 1, max: 3 }) });

/** Windows that differ along height and width, and maps that go together at some heights and widths, or as one size only. */
const twoAxes = fc
  .record({
    axes: fc.tuple(axis, axis),
    joined: fc.boolean(),
    end: fc.constantFrom('', 'turned', 'flattened', 'cut', 'cut'),
  })
  .map(({ axes, joined, end }) => {
    const both = (key: 'kernel' | 'stride') => `[${axes.map((a) => a[key]).join(', ')}]`;
    const steps = [
      `  - max_pool: { kernel: ${both('kernel')}, stride: ${both('stride')} }\n    name: first\n`,
    ];
    if (joined)
      steps.push(
        '  - max_pool: { kernel: [2, 3], stride: [2, 3] }\n',
        '  - resize: { method: nearest, corners: half_pixel, scale: [2, 3] }\n    name: back\n',
        '  - concat: [first, back]\n    name: both\n',
      );
    const last = joined ? 'both' : 'first';
    if (end === 'turned')
      steps.push(`  - permute: [0, 2, 1, 3]\n    name: turned\n  - concat: [${last}, turned]\n`);
    if (end === 'flattened') steps.push('  - flatten\n  - dense: 3\n');
    if (end === 'cut') steps.push('  - space_to_depth: { block: 2 }\n  - conv: { filters: 2, kernel: 1 }\n');
    return `inception: 1\nname: net\ninputs: { x: [N, 24, 24, 2] }\nnetwork:\n${steps.join('')}`;
  });

test('random networks accept what compiles at heights and widths that differ', () => {
  const some = [1, 4, 5, 6, 9, 10, 12, 13, 18, 24];
  const kinds = { apart: 0, square: 0 };
  fc.assert(
    fc.property(twoAxes, (text) => {
      const { report } = acceptedSizes(text, { tryUpTo: 1 });
      const [first, second] = report?.symbols ?? [];
      if (first === undefined || first.triedUpTo !== undefined) return;
      const written = weightsAt(text, 24);
      // Weights for a size at which the network does not fit are for none.
      if (written === undefined && text.includes('flatten')) return;
      kinds[second === undefined ? 'square' : 'apart'] += 1;
      for (const height of some)
        for (const width of second === undefined ? [height] : some) {
          const found = weightsAt(text, height, width);
          const fits = found !== undefined && (written === undefined || found === written);
          const said = contains(first.accepted, height) && contains((second ?? first).accepted, width);
          expect([text, height, width, said]).toEqual([text, height, width, fits]);
        }
    }),
    { numRuns: 24, seed: 3 },
  );
  expect(kinds.apart).toBeGreaterThan(6);
  expect(kinds.square).toBeGreaterThan(4);
});
