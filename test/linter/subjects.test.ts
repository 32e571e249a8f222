import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../src/diagnostics/catalog.ts';
import { lint } from '../../src/lint.ts';
import { rules } from '../../src/linter/registry.ts';
import { targetProblems } from '../../src/targetProblems.ts';
import { shapes, specAndGraph, windows } from './subjects.ts';

const page = 'docs/decisions/rules-of-graphs-and-windows.md';
/** The rows of all tables of the page: what is asked, and the answer. */
const rows = new Map(
  readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| asked for') && !line.startsWith('| --'))
    .map((line) => {
      const [, asked = '', answer = ''] = line.split('|');
      return [asked.trim(), answer.trim()] as const;
    }),
);
const subjects = [...specAndGraph, ...shapes, ...windows];

test('every code that the page names is one of the compiler or of a rule', () => {
  const known = new Set([...Object.values(catalog), ...rules].map(({ code }) => code));
  const named = [...rows.values()].flatMap((answer) => answer.match(/INC\d+/g) ?? []);
  expect(named.filter((code) => !known.has(code))).toEqual([]);
  expect(new Set(named).size).toBeGreaterThan(40);
});

test('every row that names no rule has a network here', () => {
  const isRule = (code: string) => rules.some((rule) => rule.code === code);
  const tried = new Set(subjects.map(({ row }) => row));
  const untried = [...rows].filter(
    ([asked, answer]) => !(answer.match(/INC\d+/g) ?? []).some(isRule) && !tried.has(asked),
  );
  expect(untried).toEqual([]);
});

describe('what the compiler says', () => {
  test.each(subjects.filter(({ code }) => code !== undefined))('$row: $code', ({ row, text, code }) => {
    expect(rows.get(row)).toContain(code);
    expect(lint(text).diagnostics.map((d) => d.code)).toContain(code);
  });
});

describe('what cannot go wrong', () => {
  test.each(subjects.filter(({ code }) => code === undefined))('$row', ({ row, text }) => {
    expect(rows.get(row)).toBeDefined();
    // The layers format may refuse it with a remark; then the graph format has it.
    const check = (graph: Parameters<typeof targetProblems>[0]) => [
      ...targetProblems(graph, 'onnx'),
      ...targetProblems(graph, 'tfjs'),
    ];
    expect(lint(text, { check }).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
