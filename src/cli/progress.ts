import { isTerminal } from './paint.ts';
import { say } from './terminal.ts';
import type { Progress } from './writeFiles.ts';

/** Milliseconds of work before anything is shown, and between two changes of what is shown. */
const patience = 1000;
const interval = 100;

/** Shows bytes written on one line of a terminal that is rewritten; nothing where nobody looks or the work is short. */
export async function progressOf(total: number): Promise<{ add: Progress; done: () => void }> {
  if (!(await isTerminal(2))) return { add: () => {}, done: () => {} };
  let bytes = 0;
  let next = performance.now() + patience;
  let shown = false;
  return {
    add: (more) => {
      bytes += more;
      if (performance.now() < next) return;
      next = performance.now() + interval;
      shown = true;
      say(`\r  writing ${megabytes(bytes)} of ${megabytes(total)} MB`);
    },
    done: () => {
      if (shown) say('\r\u001b[K');
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
