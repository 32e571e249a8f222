import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { parseConfig } from '../../src/linter/config.ts';
import { type ChoiceProblem, settingsOf, withChoices } from '../../src/linter/settings.ts';
import { Findings } from '../../src/parser/findings.ts';
import { lines } from '../language/report.ts';

const biased = lines(`
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 4, kernel: 3, bias: true }
    name: conv1
  - batch_norm: { epsilon: 0.001 }
    name: norm1
`);

describe('sets of rules', () => {
  test('strict holds all that is recommended, a target only its own', () => {
    const [recommended, strict] = [settingsOf(['recommended']), settingsOf(['strict'])];
    expect([...recommended.keys()].filter((id) => !strict.has(id))).toEqual([]);
    expect(strict.size).toBeGreaterThan(recommended.size);
    expect([...settingsOf(['target:tfjs']).keys()]).toEqual([
      'target/texture-size',
      'target/long-axis',
      'target/map-size',
    ]);
  });
});

describe('choices', () => {
  function chosen(choices: Parameters<typeof withChoices>[1]) {
    const problems: ChoiceProblem[] = [];
    const report = (found: ChoiceProblem) => problems.push(found);
    const settings = withChoices(settingsOf(['recommended']), choices, { where: 'here', report });
    return { settings, problems: problems.map(({ problem }) => [problem.name, problem.params]) };
  }

  test('by id or code, warn is a warning, and the last one counts', () => {
    const { settings, problems } = chosen([
      { rule: 'INC720', level: 'off' },
      { rule: 'norm/bias-before-batch-norm', level: 'warn' },
      { rule: 'INC801', level: 'error' },
    ]);
    expect(problems).toEqual([]);
    expect(settings.get('norm/bias-before-batch-norm')?.level).toBe('warning');
    expect(settings.get('inputs/range-undeclared')?.level).toBe('error');
  });

  test('a rule that does not exist, with the nearest that does', () => {
    const { problems } = chosen([{ rule: 'INC7020', level: 'off' }]);
    expect(problems).toEqual([['unknown-rule', { rule: 'INC7020', where: 'here', nearest: 'INC702' }]]);
  });

  test('a level or an option that does not exist', () => {
    const { problems } = chosen([
      { rule: 'INC720', level: 'loud' },
      { rule: 'INC720', level: 'warn', options: { deep: 1 } },
      { rule: 'INC802', level: 'warn', options: { share: 3 } },
    ]);
    expect(problems.map(([name, params]) => [name, (params as { reason: string }).reason])).toEqual([
      ['wrong-rule-option', 'its level must be off, info, warn or error, not `loud`'],
      ['wrong-rule-option', 'it has no option `deep`'],
      ['wrong-rule-option', expect.stringMatching(/^share /)],
    ]);
  });

  test('an option reaches its rule', () => {
    // conv: 3·3·3·32 + 32 = 896; dense: 8·8·32·10 + 10 = 20,490; 20,490 / 21,386 = 0.958.
    const flat = lines(`
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
lint: { size/dense-share: [warn, { share: 0.96 }] }
network:
  - conv: { filters: 32, kernel: 3, padding: same }
    name: conv1
  - flatten:
  - dense: 10
    name: logits
`);
    expect(lint(flat).diagnostics).toEqual([]);
    const found = lint(flat.replace('0.96', '0.95')).diagnostics;
    expect(found.map(({ code, params }) => [code, params])).toEqual([
      ['INC802', { parameters: 20490, percent: 95.8 }],
    ]);
  });

  test('a spec sets rules for itself, and is told where it names none', () => {
    expect(lint(biased).diagnostics.map(({ code }) => code)).toEqual(['INC720']);
    const off = biased.replace('network:', 'lint: { INC720: off }\nnetwork:');
    expect(lint(off).diagnostics).toEqual([]);
    const wrong = biased.replace('network:', 'lint: { INC72: off }\nnetwork:');
    expect(lint(wrong).diagnostics.map(({ code }) => code)).toEqual(['INC905', 'INC720']);
  });
});

describe('the configuration', () => {
  function config(text: string) {
    const findings = new Findings();
    const parsed = parseConfig({ name: 'inception.config.yaml', text: lines(text) }, findings);
    const problems = findings.diagnostics.map(({ code, span }) => [
      code,
      span?.source.text.slice(span.start, span.end),
    ]);
    return { ...parsed, problems };
  }

  test('extends sets and files, sets rules, and overrides them by pattern', () => {
    const { sets, files, rules, overrides, problems } = config(`
extends: [strict, target:tfjs, ./shared.yaml]
rules:
  INC720: off
  size/dense-share: [error, { share: 0.9 }]
overrides:
  - files: ['specs/blocks/**']
    rules: { INC801: info }
`);
    expect(problems).toEqual([]);
    expect(sets).toEqual(['strict', 'target:tfjs']);
    expect(files.map(({ path }) => path)).toEqual(['./shared.yaml']);
    expect(rules.map(({ rule, level, options }) => [rule, level, options])).toEqual([
      ['INC720', 'off', undefined],
      ['size/dense-share', 'error', { share: 0.9 }],
    ]);
    expect(overrides[0]?.files).toEqual(['specs/blocks/**']);
    expect(overrides[0]?.rules.map(({ rule, level }) => [rule, level])).toEqual([['INC801', 'info']]);
  });

  test('what it does not know is an error at its place', () => {
    expect(config('extend: strict\n').problems).toEqual([['INC101', 'extend']]);
    expect(config('extends: stric\n').problems).toEqual([['INC104', 'stric']]);
    expect(config('overrides: { files: a }\n').problems).toEqual([['INC103', '{ files: a }']]);
  });

  test('an empty one sets nothing', () => {
    expect(config('').problems).toEqual([]);
  });
});
