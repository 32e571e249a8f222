/** Whole numbers from `low` to `high`, which is Infinity where there is no end. */
export type Interval = readonly [low: number, high: number];

/** Coefficients of k, k·(k − 1)/2 and so on: whole numbers wherever the values are. */
type Newton = readonly bigint[];

type Stretch = readonly [low: bigint, high: bigint | undefined];

/** Where a polynomial is at least 0, or is 0, among the numbers from 0 on; `values` are its first ones, one more than its degree. */
export function intervalsMet(kind: 'least' | 'equal', values: readonly number[]): readonly Interval[] {
  const polynomial = differences(values.map(BigInt));
  const above = notNegative(polynomial);
  const met = kind === 'least' ? above : common(above, notNegative(polynomial.map((c) => -c)));
  return met.map(([low, high]) => [Number(low), high === undefined ? Infinity : Number(high)]);
}

function differences(values: readonly bigint[]): Newton {
  const [first, ...rest] = values;
  if (first === undefined) return [];
  return [first, ...differences(rest.map((value, i) => value - (values[i] ?? 0n)))];
}

/** Between two turns of the slope there is one crossing at most; the slope is a polynomial of one degree less. */
function notNegative(polynomial: Newton): readonly Stretch[] {
  const degree = polynomial.findLastIndex((c) => c !== 0n);
  if (degree < 1) return (polynomial[0] ?? 0n) >= 0n ? [[0n, undefined]] : [];
  const found: Stretch[] = [];
  let turn = 0n;
  const add = (stretch: Stretch, rises: boolean) => {
    const met = metAlong(polynomial, stretch, rises);
    if (met !== undefined) found.push(met);
  };
  for (const [low, high] of notNegative(polynomial.slice(1, degree + 1))) {
    if (low > turn) add([turn, low], false);
    add([low, high === undefined ? undefined : high + 1n], true);
    if (high === undefined) return merged(found);
    turn = high + 1n;
  }
  add([turn, undefined], false);
  return merged(found);
}

/** The part of a stretch, along which the polynomial only rises or only falls, where it is not negative. */
function metAlong(polynomial: Newton, [low, high]: Stretch, rises: boolean): Stretch | undefined {
  const isMet = (k: bigint) => valueAt(polynomial, k) >= 0n;
  if (isMet(low) === rises && rises) return [low, high];
  if (!rises && !isMet(low)) return undefined;
  // The polynomial is no constant, so that along a stretch without end it crosses 0.
  let end = high ?? low + 1n;
  while (high === undefined && isMet(end) !== rises) end = low + 2n * (end - low);
  if (isMet(end) !== rises) return rises ? undefined : [low, high];
  const crossing = firstWhere((k) => isMet(k) === rises, low, end);
  return rises ? [crossing, high] : [low, crossing - 1n];
}

/** The first number after `low` that passes, up to `high`, which does; behind one that passes all do. */
function firstWhere(passes: (k: bigint) => boolean, low: bigint, high: bigint): bigint {
  let [failing, passing] = [low, high];
  while (passing - failing > 1n) {
    const middle = (failing + passing) / 2n;
    if (passes(middle)) passing = middle;
    else failing = middle;
  }
  return passing;
}

function valueAt(polynomial: Newton, k: bigint): bigint {
  let binomial = 1n;
  return polynomial.reduce((sum, coefficient, i) => {
    if (i > 0) binomial = (binomial * (k - BigInt(i) + 1n)) / BigInt(i);
    return sum + coefficient * binomial;
  }, 0n);
}

function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [low, high] of stretches) {
    const last = found.at(-1);
    if (last?.[1] === undefined || low > last[1] + 1n) found.push([low, high]);
    else found[found.length - 1] = [last[0], high === undefined || high > last[1] ? high : last[1]];
  }
  return found;
}

function common(a: readonly Stretch[], b: readonly Stretch[]): readonly Stretch[] {
  return a.flatMap(([low, high]) =>
    b.flatMap(([from, to]): Stretch[] => {
      // Math.max takes no bigint.
      let start = low;
      if (from > start) start = from;
      const end = high === undefined || (to !== undefined && to < high) ? to : high;
      return end !== undefined && start > end ? [] : [[start, end]];
    }),
  );
}
