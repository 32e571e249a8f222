import { type Fact, progressionOf, smallestSizes } from './facts.ts';
import { lcm, residue } from './integers.ts';
import { contains, hasRemainder, type Remainders, type Run, runsOf, type SizeSet } from './sizeSet.ts';

/** A list of more runs than this is cut. */
const mostRuns = 12;

/** `H >= 75`, `H = 16k`, `H = 16k + 12, H >= 188`, `H = 210k + 0..5 or 176..209`, `H = 224..255`, `no H` */
export function printSizes(name: string, { listed, from, last, ...rest }: SizeSet): string {
  const above = from === undefined ? [] : [printFrom(name, from, rest)];
  const below = listed.length === 0 ? [] : [`${name} = ${printRuns(listed)}`];
  const parts = [...below, ...above];
  if (parts.length === 0) return `no ${name}`;
  if (last === undefined) return parts.join(' or ');
  const upTo = `${name} <= ${last}`;
  return parts[0] === `any ${name}` ? upTo : `${parts.join(' or ')}, ${upTo}`;
}

function printFrom(name: string, from: number, { modulus, remainders }: Remainders): string {
  if (modulus === 1) return from <= 1 ? `any ${name}` : `${name} >= ${from}`;
  const [only, ...more] = remainders;
  const single = more.length === 0 && only !== undefined && only[0] === only[1] ? only[0] : undefined;
  const shift = single === 0 ? '' : ` + ${printRuns(remainders)}`;
  const usual = firstFrom(1, { modulus, remainders });
  return `${name} = ${modulus}k${shift}${from === usual ? '' : `, ${name} >= ${from}`}`;
}

/** The first size from `start` on with one of the remainders. */
function firstFrom(start: number, set: Remainders): number {
  let size = start;
  while (!hasRemainder(set, size)) size++;
  return size;
}

function printRuns(runs: readonly Run[]): string {
  const shown = runs
    .slice(0, mostRuns)
    .map(([first, end]) => (first === end ? `${first}` : `${first}..${end}`));
  const more = runs.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' or ');
}

/**
 * What tells the sizes of a set from the others that the symbol's fact admits, as a condition:
 * `H % 16 == 0`, `H % 16 < 8`, `H % 8 != 2`, `H % 6 in 1, 3..4`, `H in 224..225`.
 */
export function printCondition(name: string, set: SizeSet, fact: Fact): string {
  const { first, step, last } = progressionOf(fact);
  const isStep = (low: number, high: number) => high === low + step;
  // Of fewer sizes than one period, each is named.
  if (set.from !== undefined && last < first + lcm(set.modulus, step)) {
    const held = smallestSizes({ first, step, last }, Infinity).filter((size) => contains(set, size));
    return printAmong(
      name,
      runsOf(held, (low, high) => !isStep(low, high)),
    );
  }
  if (set.from === undefined) {
    // Of sizes that lie apart, no two are listed as one run.
    const single = set.listed.map(([low]) => low);
    return printAmong(name, step === 1 ? set.listed : runsOf(single, (low, high) => !isStep(low, high)));
  }
  const before = smallestSizes({ first, step, last: set.from - 1 }, Infinity);
  const isSteady = before.every((size) => !hasRemainder(set, size) && !contains(set, size));
  return isSteady ? printRemainders(name, set, { first, step }) : printSizes(name, set);
}

/** By the smallest modulus that tells them from the others; of its remainders only those of admitted sizes count. */
function printRemainders(
  name: string,
  set: SizeSet,
  { first, step }: { readonly first: number; readonly step: number },
): string {
  const span = lcm(set.modulus, step);
  const sizes = smallestSizes({ first, step, last: Infinity }, span / step);
  for (let modulus = 1; modulus <= span; modulus++) {
    if (span % modulus !== 0) continue;
    const held = new Map<number, boolean>();
    const isTold = sizes.every((size) => {
      const [r, is] = [residue(size, modulus), hasRemainder(set, size)];
      const before = held.get(r);
      held.set(r, is);
      return before === undefined || before === is;
    });
    if (isTold) return printAmong(name, runsAmong(held), modulus);
  }
  throw new Error('a period tells its own sizes apart');
}

/** Neighbours are those with no other remainder between them that the set does not hold. */
function runsAmong(held: ReadonlyMap<number, boolean>): readonly Run[] {
  const sorted = [...held].toSorted(([a], [b]) => a - b);
  const others = sorted.flatMap(([r, is]) => (is ? [] : [r]));
  const apart = (low: number, high: number) => others.some((r) => r > low && r < high);
  return runsOf(
    sorted.flatMap(([r, is]) => (is ? [r] : [])),
    apart,
  );
}

function printAmong(name: string, runs: readonly Run[], modulus?: number): string {
  const subject = modulus === undefined ? name : `${name} % ${modulus}`;
  const [first, second, ...more] = runs;
  if (first !== undefined && second === undefined) {
    const [low, high] = first;
    if (low === high) return `${subject} == ${low}`;
    if (modulus !== undefined && low === 0) return `${subject} < ${high + 1}`;
    if (high === (modulus ?? Infinity) - 1) return `${subject} >= ${low}`;
  }
  const whole = first?.[0] === 0 && second?.[1] === (modulus ?? 0) - 1 && more.length === 0;
  if (whole && second[0] - first[1] === 2) return `${subject} != ${first[1] + 1}`;
  return `${subject} in ${runs.map(([low, high]) => (low === high ? low : `${low}..${high}`)).join(', ')}`;
}
