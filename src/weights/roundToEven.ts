/** Among numbers of this size, 1.5·2^52, a double has whole ones only: a sum with it is rounded as IEEE 754 rounds, ties to even. */
const wholeNumbers = 6_755_399_441_055_744;

/** The nearest whole number, of two the even one, as numpy rounds; of numbers below 2^51. */
export function roundToEven(value: number): number {
  return value + wholeNumbers - wholeNumbers;
}
