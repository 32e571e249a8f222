import * as z from 'zod';

/** A positive rational number in lowest terms. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** A ratio as a spec writes it: a number in decimals, or `3/2`. */
export type WrittenRatio = number | string;

/** The schema of one ratio for every spatial axis, or one for each. */
export function ratioPerAxis() {
  const one = z.union([z.number(), z.string()]).refine((r) => ratioOf(r) !== undefined, {
    error: ({ input }) => (isTooLong(input) ? tooLong : noRatio),
  });
  return z.union([one, z.array(one).min(1).max(3)], { error: noRatio });
}

const noRatio = 'must be a number above 0 or a ratio such as 3/2, or a list of one per spatial axis';

/** A quotient that was rounded to a binary fraction: runtimes that multiply by it differ by a pixel. */
const tooLong =
  'has so many digits that a size multiplied by it is not certain; write the ratio of the two sizes, such as 224/706, or give `size` instead';

function isTooLong(written: unknown): boolean {
  return /^\d+\.\d+$/.test(String(written));
}

/**
 * The number that is written: 1.1 is 11/10, not the nearest binary fraction. Undefined for what is no positive
 * number in plain decimals.
 */
export function ratioOf(written: WrittenRatio): Ratio | undefined {
  const [, whole, decimals = '', divisor = '1'] =
    /^(\d+)(?:\.(\d+))?(?:\/(\d+))?$/.exec(String(written)) ?? [];
  if (whole === undefined || (decimals !== '' && divisor !== '1')) return undefined;
  const numerator = Number(whole + decimals);
  const denominator = Number(divisor) * 10 ** decimals.length;
  if (![numerator, denominator].every((n) => Number.isSafeInteger(n) && n > 0)) return undefined;
  const common = greatestDivisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
