/** The greatest difference, relative to the greatest magnitude that is expected; infinite where one is no number. */
export function relativeError(actual: Float32Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const greatest = expected.reduce((most, e) => Math.max(most, Math.abs(e)), Number.MIN_VALUE);
  return expected.reduce((worst, e, i) => {
    const gap = Math.abs(actual[i]! - e);
    return Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap / greatest);
  }, 0);
}
