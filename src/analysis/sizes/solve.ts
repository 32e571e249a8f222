import type { Dim } from '../../tensor/dim.ts';
import { runsOf } from '../../tensor/equalSizes.ts';
import { valueOrNaN } from '../../tensor/evaluateDim.ts';
import { type Fact, progressionOf } from '../../tensor/facts.ts';
import { lcm, residue } from '../../tensor/integers.ts';
import { quasiLinear } from '../../tensor/quasiLinear.ts';
import { excessOf, isMet, type SizeCondition } from './condition.ts';
import { asBounds } from './rising.ts';
import { type AcceptedSizes, smallest } from './sizeSet.ts';

/** A longer period would take too long to walk through. */
const mostSteps = 1_000_000;

/** For each size of the first period, how many periods further on all conditions hold: from `low` to `high`. */
interface Line {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** The excess of a condition: value(size + period) = value(size) + rise. */
interface Walked {
  readonly condition: SizeCondition;
  readonly excess: Dim;
  readonly rise: number;
}

/**
 * Exactly the sizes of the symbol `name`, among those that its fact admits, at which all conditions hold. Each condition
 * repeats with a period, up to a steady rise; so over one common period each remainder holds along an interval, and the
 * whole set is known without trying sizes one by one. What is no sum of floors of the symbol alone, but rises with it,
 * is turned into bounds first. undefined for other conditions, and where the common period is above 10^6.
 */
export function solve(
  conditions: readonly SizeCondition[],
  name: string,
  fact: Fact,
): AcceptedSizes | undefined {
  const linear = conditions.filter((condition) => {
    const excess = excessOf(condition);
    return excess !== undefined && quasiLinear(excess, name) !== undefined;
  });
  const others = conditions.filter((condition) => !linear.includes(condition));
  const set = solveLinear(linear, name, fact);
  const min = set === undefined ? undefined : smallest(set);
  if (others.length === 0 || min === undefined) return set;
  const bounds = others.map((condition) => asBounds(condition, { name, fact, min }));
  const known = bounds.flatMap((found) => found ?? []);
  return bounds.includes(undefined) ? undefined : solveLinear([...linear, ...known], name, fact);
}

function solveLinear(
  conditions: readonly SizeCondition[],
  name: string,
  fact: Fact,
): AcceptedSizes | undefined {
  const { first, step, last } = progressionOf(fact);
  let period = step;
  const linear = [];
  for (const condition of conditions) {
    const excess = excessOf(condition);
    const found = excess === undefined ? undefined : quasiLinear(excess, name);
    if (excess === undefined || found === undefined) return undefined;
    linear.push({ condition, excess, ...found });
    period = lcm(period, found.period);
    if (period > mostSteps) return undefined;
  }
  const walked = linear.map(({ period: own, rise, ...rest }) => ({
    ...rest,
    rise: rise * (period / own),
  }));
  const lines: Line[] = [];
  for (let size = first; size < first + period; size += step) {
    const line = lineAt(size, walked, name);
    if (line !== undefined) lines.push(line);
  }
  const set = folded(lines, { first, period });
  if (set === undefined) return undefined;
  return Number.isFinite(last) ? { ...set, last } : set;
}

function lineAt(size: number, walked: readonly Walked[], name: string): Line | undefined {
  let low = 0;
  let high = Infinity;
  for (const { condition, excess, rise } of walked) {
    const value = valueOrNaN(excess, { [name]: size });
    if (Number.isNaN(value)) return undefined;
    const times = timesMet(condition, value, rise);
    low = Math.max(low, times[0]);
    high = Math.min(high, times[1]);
    if (low > high) return undefined;
  }
  return { size, low, high };
}

/** For which k value + k·rise meets the condition, as an interval of k; empty where the first is above the second. */
function timesMet(condition: SizeCondition, value: number, rise: number): readonly [number, number] {
  if (rise === 0) return isMet(condition, value) ? [0, Infinity] : [1, 0];
  if (condition.kind === 'equal') {
    const times = 0 - value / rise;
    return Number.isInteger(times) ? [times, times] : [1, 0];
  }
  const times = -value / rise;
  return rise > 0 ? [Math.ceil(times), Infinity] : [0, Math.floor(times)];
}

/** The lines as one set, with the smallest modulus. */
function folded(
  lines: readonly Line[],
  { first, period }: { readonly first: number; readonly period: number },
): AcceptedSizes | undefined {
  const byResidue = new Map(lines.map((line) => [residue(line.size, period), line]));
  const held = (size: number) => {
    const line = byResidue.get(residue(size, period));
    if (line === undefined || size < first) return false;
    const times = (size - line.size) / period;
    return times >= line.low && times <= line.high;
  };
  // From here on, what holds is decided by the remainder alone.
  const turns = lines.map(({ low, high }) => (high === Infinity ? low : high + 1));
  const steady = first + period * Math.max(0, ...turns);
  if (steady - first > 2 * mostSteps) return undefined;
  const endless = lines.filter(({ high }) => high === Infinity).map(({ size }) => size);
  const { modulus, remainders } = smallestModulus(endless, period);
  const among = new Set(remainders);
  let from = steady;
  while (from > first && held(from - 1) === among.has(residue(from - 1, modulus))) from--;
  const listed = [];
  for (let size = first; size < from; size++) if (held(size)) listed.push(size);
  if (endless.length === 0) return { listed: runsOf(listed), modulus: 1, remainders: [] };
  while (!held(from)) from++;
  return { listed: runsOf(listed), from, modulus, remainders: runsOf(remainders) };
}

/** The smallest divisor of the period whose remainders tell the sizes apart, and the remainders of the sizes given. */
function smallestModulus(sizes: readonly number[], period: number) {
  for (let modulus = 1; modulus < period; modulus++) {
    if (period % modulus !== 0) continue;
    const remainders = new Set(sizes.map((size) => residue(size, modulus)));
    if (remainders.size * (period / modulus) === sizes.length) return sorted(modulus, remainders);
  }
  return sorted(period, new Set(sizes.map((size) => residue(size, period))));
}

function sorted(modulus: number, remainders: ReadonlySet<number>) {
  return { modulus, remainders: [...remainders].toSorted((a, b) => a - b) };
}
