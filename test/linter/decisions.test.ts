import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog } from '../../src/diagnostics/catalog.ts';
import { rules } from '../../src/linter/registry.ts';

const page = readFileSync('docs/decisions/rules-of-values-and-targets.md', 'utf8');
const named = new Set([...page.matchAll(/INC\d{3}/g)].map(([code]) => code));

test('every code that the page about values and targets names is one of a rule or of the compiler', () => {
  const codes = new Set([...rules, ...Object.values(catalog)].map(({ code }) => code));
  expect([...named].filter((code) => !codes.has(code))).toEqual([]);
});

test('it names every rule of its areas', () => {
  const areas = /^(norm|activation|inputs|size)\//;
  const missing = rules.filter(({ id, code }) => areas.test(id) && !named.has(code));
  expect(missing.map(({ id }) => id)).toEqual([]);
});
