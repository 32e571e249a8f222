/** So many numbers are tried on each side; a divisor further away helps nobody. */
const farthest = 10_000;

/** The greatest divisor of `whole` below `near` and the least above it, as far as there are such. */
export function divisorsAround(whole: number, near: number): readonly number[] {
  const below = firstDivisor(whole, near, -1);
  const above = firstDivisor(whole, near, 1);
  return [below, above].filter((n) => n !== undefined);
}

/** The multiples of `part` on both sides of `near`, which is none. */
export function multiplesAround(part: number, near: number): readonly number[] {
  const below = near - (near % part);
  return [below, below + part].filter((n) => n > 0 && Number.isSafeInteger(n));
}

function firstDivisor(whole: number, near: number, step: 1 | -1): number | undefined {
  const last = step === 1 ? Math.min(whole, near + farthest) : Math.max(1, near - farthest);
  for (let n = near + step; step === 1 ? n <= last : n >= last; n += step) if (whole % n === 0) return n;
  return undefined;
}
