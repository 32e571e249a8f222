import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { lint } from '../../src/lint.ts';
import type { SetName } from '../../src/linter/rule.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { textOf } from './compileReport.ts';

/** What a rule says of the spec of a report. */
function found(report: string, code: string, options: { set?: SetName; variant?: string } = {}) {
  const { set = 'recommended', variant } = options;
  const settingsFor = () => settingsOf([set]);
  const { diagnostics } = lint(textOf(report), { name: `${report}.yaml`, settingsFor, variants: [variant] });
  return diagnostics.filter((d) => d.code === code);
}

function words({ message, help = '', notes }: Diagnostic): string {
  return [message, help, ...notes].join('\n');
}

/** Reports of networks that compile, and that the linter has something to say of: the figures of the reports. */
describe('what the linter says', () => {
  test('of 077: an axis of 71,194 where textures have sides of 16,384', () => {
    const [said, ...others] = found('077', 'INC821', { set: 'target:tfjs' }).map(words);
    expect(others).toEqual([]);
    expect(said).toContain('has an axis of 71194, and textures have sides of 16384 at most');
    // √2,278,208 = 1509.4, as the report works out.
    expect(said).toContain('about 1510x1510');
  });

  test('of 085: two biases of 64, 128 parameters in all, and none in the repaired form', () => {
    const said = found('085', 'INC720').map(words);
    expect(said).toHaveLength(2);
    for (const text of said) expect(text).toContain('the bias of this conv (64 parameters) has no effect');
    expect(said.join()).toContain('of the network, 128 parameters in 2 layers are such');
    expect(found('085', 'INC720', { variant: 'repaired' })).toEqual([]);
  });

  test('of 053: a map of 3x8 with 8 channels, which is meant to have 3', () => {
    const said = found('053', 'INC803');
    expect(said.map(({ params }) => [params.name, params.repaired])).toEqual([
      ['channels_first_taken_for_last', '[N, 8, 8, 3]'],
    ]);
  });

  test('of 057: 18,432 slopes, of which 32 would do', () => {
    const said = found('057', 'INC730').map(({ params }) => [params.slopes, params.channels]);
    expect(said).toEqual([[18432, 32]]);
  });
});
