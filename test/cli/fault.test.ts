import { expect, test } from 'vitest';
import { faultReport } from '../../src/cli/main.ts';

test('a fault of ours says so, and what to report', () => {
  const lines = faultReport(new Error('no type for x')).split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'inception-cli: internal fault: no type for x',
    'This is a mistake in inception-cli, not in your spec. Please report it with the command line, the spec and these lines:',
  ]);
  expect(lines[2]).toMatch(/^ {2}inception-cli \d+\.\d+\.\d+, node v\d+\.\d+\.\d+, \w+ \w+$/);
  expect(lines[3]).toBe('  Error: no type for x');
  expect(lines[4]).toMatch(/^ {2}at .*fault\.test\.ts/);
});
