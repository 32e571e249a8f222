// Shows a line of progress and waits; run as a process of its own to be interrupted.
import { clearedOnInterrupt, progressLine } from '../../dist/cli/progress.js';

let clock = 0;
const say = (text) => process.stdout.write(text);
const line = clearedOnInterrupt(progressLine(4_000_000, { say, now: () => clock }));
clock = 2000;
line.add(2_000_000);
setTimeout(() => line.done(), 30_000);
