import { add, type Dim, divideExact, floorDiv, keyOf, mul, sub } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { lcm } from '../../tensor/integers.ts';
import { greater, lesser, magnitude } from './extremes.ts';
import type { Span, WindowReach } from './reach.ts';

/**
 * Where single ways have their centres, from the least to the greatest over all ways, in `parts` of half a pixel, which
 * keep means whole numbers.
 */
export interface Centres extends Span {
  readonly parts: number;
}

/** One way, whose centre is the middle of what is read. */
export const inTheMiddle: Centres = { lo: 0, hi: 0, parts: 1 };

/** Two reaches in one period. */
export interface InStep {
  readonly period: number;
  readonly spans: readonly [WindowReach['spans'], WindowReach['spans']];
}

/** The centres of the ways of one reach, in the mean of a period; undefined where some positions read nothing. */
export function centresOf(spans: WindowReach['spans'], about: Centres): Centres | undefined {
  const middle = middleOf(spans);
  if (middle === undefined) return undefined;
  const parts = lcm(spans.length, about.parts);
  const from = mul(middle, parts / spans.length);
  const { lo, hi } = inParts(about, parts);
  return { lo: add(lo, from), hi: add(hi, from), parts };
}

/** The centres of all ways of two reaches, about the middle of what both read together. */
export function centresTogether(
  { spans: [left, right] }: InStep,
  [a, b]: readonly [Centres, Centres],
  { all, facts }: { readonly all: WindowReach['spans']; readonly facts: Facts },
): Centres {
  const [from, to, middle] = [centresOf(left, a), centresOf(right, b), middleOf(all)];
  // Where nothing is read there is no centre, and what is apart later is told from what is known.
  if (from === undefined || to === undefined || middle === undefined) return hullOf(a, b, facts);
  const { lo, hi, parts } = hullOf(from, to, facts);
  const away = mul(middle, parts / all.length);
  return { lo: sub(lo, away), hi: sub(hi, away), parts };
}

/** How far the centres of two reaches are apart, in half pixels, and which of their ends are the least apart. */
export interface Apart {
  readonly least: Dim;
  readonly most: Dim;
  readonly end: 'lo' | 'hi';
}

/** First ways with first ways and last with last: what both have in common is in either. */
export function apartOf(a: Centres, b: Centres, facts: Facts): Apart {
  const parts = lcm(a.parts, b.parts);
  const [left, right] = [inParts(a, parts), inParts(b, parts)];
  const lo = magnitude(sub(left.lo, right.lo), facts);
  const hi = magnitude(sub(left.hi, right.hi), facts);
  const least = lesser(lo, hi, facts);
  const end = keyOf(least) === keyOf(lo) ? 'lo' : 'hi';
  return { least: halves(least, parts), most: halves(greater(lo, hi, facts), parts), end };
}

/** Whole half pixels and parts of one as half pixels; where the size is open and it cannot be divided, rounded up. */
export function halves(d: Dim, parts: number): Dim {
  if (typeof d === 'number') return d / parts;
  return divideExact(d, parts) ?? floorDiv(add(d, parts - 1), parts);
}

/** The sum of twice the middles of the spans; undefined where one is missing. */
function middleOf(spans: WindowReach['spans']): Dim | undefined {
  let sum: Dim = 0;
  for (const span of spans) {
    if (span === undefined) return undefined;
    sum = add(sum, add(span.lo, span.hi));
  }
  return sum;
}

function hullOf(a: Centres, b: Centres, facts: Facts): Centres {
  const parts = lcm(a.parts, b.parts);
  const [left, right] = [inParts(a, parts), inParts(b, parts)];
  return { lo: lesser(left.lo, right.lo, facts), hi: greater(left.hi, right.hi, facts), parts };
}

function inParts({ lo, hi, parts }: Centres, finer: number): Span {
  const times = finer / parts;
  return times === 1 ? { lo, hi } : { lo: mul(lo, times), hi: mul(hi, times) };
}
