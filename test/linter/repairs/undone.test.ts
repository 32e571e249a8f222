import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { repairClaims } from '../../../src/repairClaims.ts';

/** A small generator of numbers below 2^32 (Numerical Recipes' linear congruence); the same on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Layer {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: string;
}

type Draw = (below: number) => number;

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const values = {
  filters: [4, 6, 8, 12],
  kernel: [1, 2, 3, 5, 7],
  stride: [1, 2, 3],
  padding: ['valid', 'same'],
} as const;

function layer(draw: Draw): Layer {
  return {
    filters: pick(values.filters, draw),
    kernel: pick(values.kernel, draw),
    stride: pick(values.stride, draw),
    padding: pick(values.padding, draw),
  };
}

/** The size that a window leaves, by the definitions of `valid` and `same`. */
function sizeAfter(size: number, { kernel, stride, padding }: Layer): number {
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1;
}

interface Net {
  readonly size: number;
  readonly layers: readonly Layer[];
}

/** The layers of a network, with the claims that those of another make true. */
function textOf({ size, layers }: Net, meant: Net): string {
  let claimed = meant.size;
  const steps = layers.map(({ filters, kernel, stride, padding }, i) => {
    const own = meant.layers[i];
    if (own === undefined) throw new Error('as many layers as are meant');
    claimed = sizeAfter(claimed, own);
    // Two layers to a claim.
    const claim = i % 2 === 1 ? `\n    expect: [N, ${claimed}, ${claimed}, ${own.filters}]` : '';
    return `  - conv: { filters: ${filters}, kernel: ${kernel}, stride: ${stride}, padding: ${padding} }\n    name: c${i}${claim}\n`;
  });
  return `inception: 1\nname: drawn\ninputs: { image: [N, ${size}, ${size}, 3] }\nnetwork:\n${steps.join('')}`;
}

/** The network with one or two values other than meant: of attributes of layers, or the size of the image. */
function broken(net: Net, draw: Draw): { readonly net: Net; readonly changed: readonly string[] } {
  let other = net;
  const changed = new Set<string>();
  for (let count = 1 + draw(2); changed.size < count; ) {
    const i = draw(net.layers.length + 1);
    const own = net.layers[i];
    if (own === undefined) {
      other = { ...other, size: net.size + 1 + draw(8) };
      changed.add('image.size');
      continue;
    }
    const name = pick(['filters', 'kernel', 'stride', 'padding'] as const, draw);
    const value = pick<string | number>(values[name], draw);
    if (value === own[name]) continue;
    other = { ...other, layers: other.layers.map((l, k) => (k === i ? { ...l, [name]: value } : l)) };
    changed.add(`c${i}.${name}`);
  }
  return { net: other, changed: [...changed] };
}

function errorsIn(text: string): readonly string[] {
  return compile(text)
    .diagnostics.filter((d) => d.severity === 'error')
    .map((d) => d.code);
}

test('what undoes a mistake is found, or something smaller: 30 drawn networks', () => {
  const draw = numbers(7);
  let tested = 0;
  for (let round = 0; tested < 30; round += 1) {
    const meant: Net = { size: 24 + draw(20), layers: [layer(draw), layer(draw), layer(draw), layer(draw)] };
    if (errorsIn(textOf(meant, meant)).length > 0) continue;
    const { net, changed } = broken(meant, draw);
    const text = textOf(net, meant);
    // Only claims are wrong: what does not compile at all is another matter.
    const errors = errorsIn(text);
    if (errors.length === 0 || errors.some((code) => code !== 'INC301')) continue;
    tested += 1;
    const [found] = repairClaims(text);
    const combinations = found?.combinations ?? [];
    const whole = found?.failed.every((f) => f.isRepaired) === true;
    const sets = combinations.map((c) => c.changes.map(({ of, attribute }) => `${of}.${attribute}`));
    const what = `round ${round}: ${changed.join(' and ')} of\n${text}`;
    expect(whole, what).toBe(true);
    const undone = combinations.some(({ text: edited }) => edited === textOf(meant, meant));
    const least = Math.min(...sets.map((s) => s.length));
    expect(undone || least <= changed.length, `${what}\n${JSON.stringify(sets)}`).toBe(true);
    for (const { text: edited } of combinations) expect(errorsIn(edited), what).toEqual([]);
  }
});
