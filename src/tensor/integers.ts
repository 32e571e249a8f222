/**
 * Thrown where dimension arithmetic would leave what it can do exactly: whole numbers beyond 2^53, or an expression
 * beyond the limits of size. It is the caller's to turn into a diagnostic; no operation gives a rounded number instead.
 */
export class DimensionOverflow extends RangeError {
  override readonly name = 'DimensionOverflow';
}

/** n itself, where float64 holds it exactly; −0 becomes 0. */
export function exact(n: number): number {
  if (!Number.isSafeInteger(n)) throw new DimensionOverflow('a dimension goes beyond 2^53');
  return n === 0 ? 0 : n;
}

/** ⌊a / b⌋. Exact for safe integers: the quotient is rounded by less than 1/b, so never across a whole number. */
export function floorQuotient(a: number, b: number): number {
  return exact(Math.floor(exact(a) / b));
}

/** What is left of n after taking out multiples of m > 0: 0 ≤ residue < m, also for negative n. */
export function residue(n: number, m: number): number {
  const r = n % m;
  return r < 0 ? r + m : exact(r);
}

/** The greatest common divisor, never negative; gcd(0, n) = |n|. */
export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The least common multiple of positive integers, perhaps rounded beyond 2^53: compare it with a limit before use. */
export function lcm(a: number, b: number): number {
  return (a / gcd(a, b)) * b;
}

/**
 * The value, or undefined where it is out of reach of exact arithmetic. Only for what may do without the value: a
 * prover that then claims nothing, a printer that has another form.
 */
export function withinLimits<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DimensionOverflow) return undefined;
    throw error;
  }
}
