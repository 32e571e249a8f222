import type { Schedule } from './schedule.ts';
import { Waiting } from './waiting.ts';

/** How many sets of finished steps are looked at before the search ends; fewer where there are many steps to try. */
const stateLimit = 20_000;
const workLimit = 50_000_000;

export interface FoundOrder {
  /** The steps by their number in the schedule, in the order found. */
  readonly order: readonly number[];
  /** The most bytes at any time. */
  readonly peak: number;
}

/** Some steps finished, in an order that took at most `peak` bytes, of which `live` are still in use. */
export interface Progress {
  readonly done: Uint8Array;
  readonly count: number;
  readonly live: number;
  readonly peak: number;
  readonly last: number;
  readonly before?: Progress;
}

/**
 * An order of the steps in which the greatest memory in use is as small as it can be. Of the sets of finished steps, the
 * one reached with the smallest peak is continued first, and of equals the one that is furthest: so the first that is
 * whole is a best one. A step that can run without raising the peak and leaves no more in memory than there was is run
 * at once. `bound` is what any order takes: peaks below it are alike. Undefined where too many sets would be looked at.
 */
export function bestOrder(
  schedule: Schedule,
  bytes: readonly number[],
  bound: number,
): FoundOrder | undefined {
  const { steps } = schedule;
  const waiting = new Waiting();
  waiting.add(startOf(schedule, bytes, bound));
  const seen = new Set<string>();
  const limit = Math.min(stateLimit, workLimit / Math.max(1, steps.length));
  for (let looked = 0; looked < limit; looked++) {
    const state = waiting.next();
    if (state === undefined) return undefined;
    if (state.count === steps.length) return { order: orderOf(state), peak: state.peak };
    const key = keyOf(state.done);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const next of continuations(state, schedule, bytes)) waiting.add(next);
  }
  return undefined;
}

/** An order in which each step is the one after which the least is in memory, of those that raise the peak the least. */
export function greedyOrder(
  schedule: Schedule,
  bytes: readonly number[],
  bound: number,
): FoundOrder | undefined {
  const { steps } = schedule;
  if (steps.length ** 2 > workLimit) return undefined;
  let state = startOf(schedule, bytes, bound);
  while (state.count < steps.length) {
    const [next] = continuations(state, schedule, bytes).toSorted(
      (a, b) => a.peak - b.peak || a.live - b.live,
    );
    if (next === undefined) return undefined;
    state = next;
  }
  return { order: orderOf(state), peak: state.peak };
}

function startOf({ steps, given }: Schedule, bytes: readonly number[], bound: number): Progress {
  const live = given.reduce((sum, value) => sum + (bytes[value] ?? 0), 0);
  return { done: new Uint8Array(steps.length), count: 0, live, peak: Math.max(live, bound), last: -1 };
}

/** The same set of steps is reached with the smallest peak first, so that it need not be looked at again. */
function keyOf(done: Uint8Array): string {
  let key = '';
  for (let i = 0; i < done.length; i += 15) {
    let word = 0;
    for (let k = i; k < Math.min(i + 15, done.length); k++) word = word * 2 + (done[k] ?? 0);
    key += String.fromCharCode(word);
  }
  return key;
}

function orderOf(state: Progress): readonly number[] {
  const order: number[] = [];
  for (let at: Progress | undefined = state; at !== undefined && at.last >= 0; at = at.before)
    order.push(at.last);
  return order.reverse();
}

/** What can run next; one alone where nothing can be lost by running it at once. */
function continuations(state: Progress, schedule: Schedule, bytes: readonly number[]): readonly Progress[] {
  const found: Progress[] = [];
  for (const index of schedule.steps.keys()) {
    if (state.done[index] === 1 || !isReady(index, state.done, schedule)) continue;
    const next = after(index, state, { schedule, bytes });
    if (next.peak === state.peak && next.live <= state.live) return [next];
    found.push(next);
  }
  return found;
}

function isReady(index: number, done: Uint8Array, { steps, makers }: Schedule): boolean {
  return (steps[index]?.reads ?? []).every((value) => {
    const maker = makers[value] ?? -1;
    return maker < 0 || done[maker] === 1;
  });
}

function after(
  index: number,
  state: Progress,
  { schedule, bytes }: { readonly schedule: Schedule; readonly bytes: readonly number[] },
): Progress {
  const { steps, readers, kept } = schedule;
  const { reads = [], gives = [] } = steps[index] ?? {};
  const done = Uint8Array.from(state.done);
  done[index] = 1;
  const during = gives.reduce((sum, value) => sum + (bytes[value] ?? 0), state.live);
  const freed = [...reads, ...gives].filter(
    (value) => !kept.has(value) && (readers[value] ?? []).every((reader) => done[reader] === 1),
  );
  const live = freed.reduce((rest, value) => rest - (bytes[value] ?? 0), during);
  const peak = Math.max(state.peak, during);
  return { done, count: state.count + 1, live, peak, last: index, before: state };
}
