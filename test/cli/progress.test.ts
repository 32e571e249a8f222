import { expect, test } from 'vitest';
import { activityLine, progressLine } from '../../src/cli/progress.ts';

/** What is said when bytes are added at these times (in milliseconds). */
function shown(...times: readonly number[]): readonly string[] {
  const said: string[] = [];
  let clock = 0;
  const { add, done } = progressLine(4_000_000, { say: (text) => said.push(text), now: () => clock });
  for (const time of times) {
    clock = time;
    add(1_000_000);
  }
  done();
  return said;
}

test('work under a second shows nothing', () => {
  expect(shown(300, 600, 999)).toEqual([]);
});

test('longer work shows bytes, their speed and the time left on one line, which is cleared at the end', () => {
  expect(shown(500, 1000, 1050, 1100)).toEqual([
    // 2 MB in 1 s leave 1 s for as many; 4 MB in 1.1 s are 3.6 MB/s.
    '\r\u001b[K  writing 2.0 of 4.0 MB, 2.0 MB/s, 1 s left',
    '\r\u001b[K  writing 4.0 of 4.0 MB, 3.6 MB/s, 0 s left',
    '\r\u001b[K',
  ]);
});

test('what is being done is shown after a second, with its own seconds, and cleared at the end', () => {
  const said: string[] = [];
  let clock = 0;
  const { begin, tick, done } = activityLine({ say: (text) => said.push(text), now: () => clock });
  begin('writing');
  clock = 999;
  tick();
  clock = 1500;
  begin('running');
  clock = 4600;
  tick();
  done();
  expect(said).toEqual(['\r\u001b[K  running, 0 s', '\r\u001b[K  running, 3 s', '\r\u001b[K']);
});
