import process from 'node:process';
import { onInterrupt } from './onInterrupt.ts';
import { isTerminal } from './paint.ts';
import { say } from './terminal.ts';

/** Milliseconds of work before anything is shown, and between two changes of what is shown. */
const patience = 1000;
const interval = 100;

export interface Progress {
  readonly add: (bytes: number) => void;
  readonly done: () => void;
}

/** Whether somebody looks, on a terminal that can rewrite a line. */
async function canShow(): Promise<boolean> {
  return process.env.TERM !== 'dumb' && (await isTerminal(2));
}

/** Shows progress where somebody looks. */
export async function progressOf(total: number): Promise<Progress> {
  if (!(await canShow())) return { add: () => {}, done: () => {} };
  return clearedOnInterrupt(progressLine(total, { say, now: () => performance.now() }));
}

/** The same line, which is taken off the terminal also when Ctrl-C or a termination ends the work. */
export function clearedOnInterrupt<T extends { readonly done: () => void }>(line: T): T {
  const stopWaiting = onInterrupt(line.done);
  const done = () => {
    stopWaiting();
    line.done();
  };
  return { ...line, done };
}

/** Bytes written, how fast, and the time left, on one line that is rewritten; nothing where the work is done in a second. */
export function progressLine(
  total: number,
  { say, now }: { readonly say: (text: string) => void; readonly now: () => number },
): Progress {
  const started = now();
  let bytes = 0;
  let next = started + patience;
  let shown = false;
  return {
    add: (more) => {
      bytes += more;
      if (now() < next) return;
      next = now() + interval;
      shown = true;
      const perSecond = (1000 * bytes) / (now() - started);
      const left = Math.ceil((total - bytes) / perSecond);
      const [done, all, speed] = [bytes, total, perSecond].map(megabytes);
      say(`\r\u001b[K  writing ${done} of ${all} MB, ${speed} MB/s, ${left} s left`);
    },
    done: () => {
      if (shown) say('\r\u001b[K');
    },
  };
}

export interface Activity {
  /** Says what is being done from now on. */
  readonly begin: (what: string) => void;
  readonly done: () => void;
}

/** Shows, where somebody looks, what is being done and since how many seconds. */
export async function activity(): Promise<Activity> {
  if (!(await canShow())) return { begin: () => {}, done: () => {} };
  const line = clearedOnInterrupt(activityLine({ say, now: () => performance.now() }));
  const ticking = setInterval(line.tick, patience);
  const done = () => {
    clearInterval(ticking);
    line.done();
  };
  return { begin: line.begin, done };
}

/** What is being done, on one line that is rewritten at every tick; nothing within the first second. */
export function activityLine({
  say,
  now,
}: {
  readonly say: (text: string) => void;
  readonly now: () => number;
}) {
  const started = now();
  let doing = { what: '', since: started };
  let shown = false;
  const tick = () => {
    if (now() - started < patience) return;
    shown = true;
    say(`\r\u001b[K  ${doing.what}, ${Math.floor((now() - doing.since) / 1000)} s`);
  };
  return {
    begin: (what: string) => {
      doing = { what, since: now() };
      tick();
    },
    tick,
    done: () => {
      if (shown) say('\r\u001b[K');
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
