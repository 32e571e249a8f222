import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedSizes, compile, hasErrors } from '../../../src/index.ts';
import { contains } from '../../../src/tensor/sizeSet.ts';

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

function weightsAt(text: string, size: number): string | undefined {
  const { graph, diagnostics } = compile(text, { inputs: { x: [1, size, size, 2] } });
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
      for (const size of sizes) {
        const found = weightsAt(text, size);
        const fits = found !== undefined && (written === undefined || found === written);
        expect([size, contains(symbol.accepted, size)]).toEqual([size, fits]);
      }
    }),
    { numRuns: 40, seed: 7 },
  );
  // Those that were not had weights for a size at which they do not fit.
  expect(solvedOnes).toBeGreaterThan(12);
});
