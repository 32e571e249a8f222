import { expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { specs, textOf } from './compileReport.ts';

/** Reports whose network compiles, where a rule of the linter says what went wrong, in the figures of the answer. */
const findings: readonly (readonly [report: string, code: string, says: readonly string[]])[] = [
  // 1646 → 823 → 411 → 205 → 102: the first odd side that a 2x2 pooling halves is 823, and 2·411 = 822.
  ['003', 'INC701', ['the last 1 of 823 rows and columns', 'at 822 or 824 rows and columns']],
  // floor((250 − 16)/16) + 1 = 15 patches of 16 read 240 of 250 positions; 256 = 16·16.
  ['083', 'INC701', ['the last 10 of 250 rows and columns', 'at 240 or 256 rows and columns']],
  ['085', 'INC720', ['the bias of this conv (64 parameters) has no effect', '`bias: false`']],
];

test.each(findings)('%s: %s says %j', (report, code, says) => {
  const { diagnostics } = lint(textOf(report), { name: specs.get(report) ?? report });
  const texts = diagnostics.filter((d) => d.code === code).map(({ message, help }) => `${message}\n${help}`);
  expect(texts.filter((text) => says.every((phrase) => text.includes(phrase)))).not.toEqual([]);
});
