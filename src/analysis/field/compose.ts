import { add, type Dim, mul } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { gcd, lcm } from '../../tensor/integers.ts';
import type { AxisReads } from './axisReads.ts';
import { centresTogether, type InStep } from './centres.ts';
import { hull } from './extremes.ts';
import { moved, type Reach, type Span, spanAt, type WindowReach, withPeriod } from './reach.ts';

/** What a node's output reads of the network's input, where the node reads a value that itself reads so. */
export function through(reach: WindowReach, node: AxisReads, facts: Facts): Reach {
  const rounds = reach.period / gcd(reach.period, node.step);
  const period = node.period * rounds;
  const spans: (Span | undefined)[] = [];
  for (let at = 0; at < period; at++) {
    const reads = node.reads[at % node.period] ?? [];
    const start = node.step * Math.floor(at / node.period);
    const found = spansOf(reach, { reads, start });
    if (found === undefined) return { kind: 'all' };
    spans.push(hull(found, facts));
  }
  const stride = reach.step / reach.period;
  return {
    ...reach,
    axis: node.axis,
    period,
    step: (node.step * rounds * reach.step) / reach.period,
    spans,
    moved: reach.moved + node.moved * stride,
    resampled: reach.resampled || node.resampled,
  };
}

/** What the positions read; undefined where it is open which they are, and neighbours differ. */
function spansOf(
  reach: WindowReach,
  { reads, start }: { readonly reads: readonly Dim[]; readonly start: number },
): readonly (Span | undefined)[] | undefined {
  if (reach.period === 1) {
    const [span] = reach.spans;
    const ends = reads.length > 1 ? [reads[0] ?? 0, reads.at(-1) ?? 0] : reads;
    return ends.map((read) => span && moved(span, mul(reach.step, add(read, start))));
  }
  const positions = reads.filter((read) => typeof read === 'number');
  if (positions.length < reads.length) return undefined;
  return positions.map((read) => spanAt(reach, read + start));
}

/** Where ways meet: what either reads, and how far their centres are apart. */
export function meet(a: Reach, b: Reach, facts: Facts): Reach {
  if (a.kind === 'all' || b.kind === 'all') return bothAll(a, b);
  if (a.axis !== b.axis) return { kind: 'all' };
  const both = inStep(a, b);
  if (both === undefined) return { kind: 'all', conflict: `${strideText(a)} and ${strideText(b)}` };
  const {
    period,
    spans: [left, right],
  } = both;
  const spans = left.map((span, at) => hull([span, right[at]], facts));
  return {
    ...a,
    period,
    step: (a.step * period) / a.period,
    spans,
    centres: centresTogether(both, [a.centres, b.centres], { all: spans, facts }),
    moved: Math.max(a.moved, b.moved),
    resampled: a.resampled || b.resampled,
  };
}

/** Both in the period that they have in common; undefined where their strides differ. */
export function inStep(a: WindowReach, b: WindowReach): InStep | undefined {
  if (a.step * b.period !== b.step * a.period) return undefined;
  const period = lcm(a.period, b.period);
  return { period, spans: [withPeriod(a, period), withPeriod(b, period)] };
}

function bothAll(a: Reach, b: Reach): Reach {
  const conflict = (a.kind === 'all' && a.conflict) || (b.kind === 'all' && b.conflict) || undefined;
  return conflict === undefined ? { kind: 'all' } : { kind: 'all', conflict };
}

/** `1/2`, in input positions for each position. */
export function strideText({ step, period }: Pick<WindowReach, 'step' | 'period'>): string {
  const divisor = gcd(step, period);
  return period === divisor ? String(step / divisor) : `${step / divisor}/${period / divisor}`;
}
