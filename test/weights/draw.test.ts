import { expect, test } from 'vitest';
import { signedUnit, truncatedNormal } from '../../src/weights/draw.ts';

test.each([
  [0x00000000, -0.9999999403953552],
  [0x000000ff, -0.9999999403953552],
  [0x7fffffff, -(2 ** -24)],
  [0x80000000, 2 ** -24],
  [0xffffffff, 0.9999999403953552],
])('the word %i becomes %d', (word, unit) => {
  expect(signedUnit(word)).toBe(unit);
});

// √2·erfinv(u·erf(√2)) by mpmath 1.3, 60 digits.
test.each([
  [0.001, 0.001196288298658379],
  [0.1, 0.11991557506520173],
  [0.25, 0.3036755776306238],
  [0.5, 0.6391119108712729],
  [0.75, 1.0710983769732088],
  [0.9, 1.4722616410327654],
  [0.99, 1.9185187950407503],
  [0.999, 1.9912376759492032],
  [1, 2],
])('the truncated normal at u = %d is %d', (u, x) => {
  expect(Math.abs(truncatedNormal(u) / x - 1)).toBeLessThan(1.6e-9);
  expect(truncatedNormal(-u)).toBe(-truncatedNormal(u));
});

test('the outermost words stay inside two standard deviations', () => {
  expect(truncatedNormal(signedUnit(0xffffffff))).toBeLessThan(2);
  expect(Math.fround(truncatedNormal(signedUnit(0xffffffff)))).toBeLessThan(2);
});
