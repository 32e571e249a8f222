/** A pseudo-random generator of whole numbers below a bound, so that what is drawn is the same each time. */
export function draws(seed: number): (below: number) => number {
  let state = seed * 7919;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}
