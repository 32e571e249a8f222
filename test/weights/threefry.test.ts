import { expect, test } from 'vitest';
import { fnv1a64, weightKey } from '../../src/weights/key.ts';
import { counterOf, fillWords, threefry } from '../../src/weights/threefry.ts';

// Known answers of Random123's `kat_vectors` (also in JAX's tests): counter, key, result.
test.each([
  [
    [0x00000000, 0x00000000],
    [0x00000000, 0x00000000],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  [
    [0x243f6a88, 0x85a308d3],
    [0x13198a2e, 0x03707344],
    [0xc4923a9c, 0x483df7a0],
  ],
] as const)('Threefry-2x32-20 of counter %j under key %j is %j', (counter, key, result) => {
  expect(threefry(counter, key)).toEqual(result);
});

test.each([
  [0, [0, 0]],
  [4_294_967_295, [-1, 0]],
  [4_294_967_296, [0, 1]],
  [-1, [-1, -1]],
] as const)('the integer %i as a counter', (integer, counter) => {
  expect(counterOf(integer)).toEqual(counter);
});

test('a stream can be read from any word on, in any length', () => {
  const all = new Uint32Array(64);
  fillWords(all, 0, [1, 2]);
  for (const first of [0, 1, 2, 7]) {
    for (const length of [0, 1, 2, 3, 8, 9]) {
      const part = new Uint32Array(length);
      fillWords(part, first, [1, 2]);
      expect([...part]).toEqual([...all.subarray(first, first + length)]);
    }
  }
});

test('the counter carries into its high word', () => {
  const words = new Uint32Array(4);
  fillWords(words, 2 * 4_294_967_295, [0, 0]);
  expect([...words]).toEqual([...threefry([0xffffffff, 0], [0, 0]), ...threefry([0, 1], [0, 0])]);
});

// The authors' published values (www.isthe.com/chongo/tech/comp/fnv).
test.each([
  ['', [0x84222325, 0xcbf29ce4]],
  ['a', [0x8601ec8c, 0xaf63dc4c]],
  ['foobar', [0xf73967e8, 0x85944171]],
] as const)('FNV-1a-64 of %j', (text, hash) => {
  expect(fnv1a64(new TextEncoder().encode(text))).toEqual(hash);
});

test('a key depends on the name and on the seed', () => {
  expect(weightKey('stem/conv/kernel', 7)).toEqual(weightKey('stem/conv/kernel', 7));
  expect(weightKey('stem/conv/kernel', 7)).not.toEqual(weightKey('stem/conv/kernel', 8));
  expect(weightKey('stem/conv/kernel', 7)).not.toEqual(weightKey('stem/conv/bias', 7));
});
