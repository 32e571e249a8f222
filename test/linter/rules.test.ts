import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { rules } from '../../src/linter/registry.ts';
import type { Rule, RuleExample } from '../../src/linter/rule.ts';
import { setNames } from '../../src/linter/rule.ts';
import { settingsOf } from '../../src/linter/settings.ts';

function linted({ spec, files = {} }: RuleExample) {
  const readFile = (path: string) => {
    const text = files[path];
    return text === undefined ? { reason: 'there is no such file' } : { text };
  };
  return lint(spec.trimStart(), { name: 'example.yaml', readFile, settingsFor: () => settingsOf(setNames) });
}

function codesOf(example: RuleExample): readonly string[] {
  return linted(example).diagnostics.map(({ code }) => code);
}

test('each rule has a file of its own, named after it', () => {
  const files = readdirSync('src/linter/rules', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('directiveRule.ts'));
  expect(rules.map(fileOf).sort()).toEqual(files.sort());
});

test('the defaults that a rule writes out are those of its schema', () => {
  const withOptions = rules.filter(({ options }) => options !== undefined);
  expect(withOptions.length).toBeGreaterThan(0);
  expect(withOptions.map(({ id, defaults }) => [id, defaults])).toEqual(
    withOptions.map(({ id, options }) => [id, options?.().parse({})]),
  );
});

function fileOf({ id }: Rule): string {
  return `${id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`;
}

test('ids and codes are used once, and codes are of the ranges of rules', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
  expect(rules.filter(({ code }) => !/^INC[6-9]\d\d$/.test(code))).toEqual([]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('finds its bad example, at the level it has', () => {
    const found = linted(rule.bad).diagnostics.filter(({ code }) => code === rule.code);
    expect(found.map(({ severity, name }) => [name, severity])).toContainEqual([rule.id, rule.level]);
    expect(found[0]?.span?.source.name).toBe('example.yaml');
  });

  test('has nothing against its good example, which compiles', () => {
    const codes = codesOf(rule.good);
    expect(codes).not.toContain(rule.code);
    expect(codes.filter((code) => /^INC[0-5]/.test(code))).toEqual([]);
  });

  test('its bad example compiles too: rules are about what the compiler accepts', () => {
    expect(codesOf(rule.bad).filter((code) => /^INC[0-5]/.test(code))).toEqual([]);
  });
});
