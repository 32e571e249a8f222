import { expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { specs, textOf } from './compileReport.ts';

/** Reports whose network compiles, where a rule of the linter says what went wrong, in the figures of the answer. */
const findings: readonly (readonly [report: string, code: string, says: readonly string[]])[] = [
  // Every side must be a multiple of 8; the repaired network has 360 = 45·8.
  ['001', 'INC715', ['fits at 360 in the shape of `image`', '352 and 368']],
  // 1646 → 823 → 411 → 205 → 102: the first odd side that a 2x2 pooling halves is 823, and 2·411 = 822.
  ['003', 'INC701', ['the last 1 of 823 rows and columns', 'at 822 or 824 rows and columns']],
  // What is lost lies at the end, and the crop takes from both sides: of 411 positions of 4 pixels, 1 before and 2 after.
  [
    '003',
    'INC711',
    ['4 rows of `image` apart: position 0 of `up_1` over row ', 'that of `cropped_1` over row '],
  ],
  // Without the rule that no window begins beyond the padded map: ⌈31/2⌉ + 1, ⌈9/4⌉ + 1, ⌈5/2⌉ + 1.
  ['011', 'INC712', ['gives 16', 'it would be 17']],
  ['013', 'INC712', ['gives 3', 'it would be 4']],
  ['015', 'INC712', ['gives 3', 'it would be 4']],
  // floor((250 − 16)/16) + 1 = 15 patches of 16 read 240 of 250 positions; 256 = 16·16.
  ['083', 'INC701', ['the last 10 of 250 rows and columns', 'at 240 or 256 rows and columns']],
  ['085', 'INC720', ['the bias of this conv (64 parameters) has no effect', '`bias: false`']],
];

const settingsFor = () => settingsOf(['strict']);

test.each(findings)('%s: %s says %j', (report, code, says) => {
  const { diagnostics } = lint(textOf(report), { name: specs.get(report) ?? report, settingsFor });
  const texts = diagnostics.filter((d) => d.code === code).map(({ message, help }) => `${message}\n${help}`);
  expect(texts.filter((text) => says.every((phrase) => text.includes(phrase)))).not.toEqual([]);
});
