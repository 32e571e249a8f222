import { expect, test } from 'vitest';
import {
  containsExpression,
  type ExpressionValue,
  evaluateTemplate,
  namesIn,
  parseTemplate,
} from '../../src/parser/expression.ts';

const values = new Map<string, ExpressionValue>([
  ['i', 3],
  ['index', 4],
  ['order', 5],
  ['notes', 7],
  ['iffy', 2],
  ['cached', false],
  ['width', 0.25],
  ['layers', [3, 4, 6]],
  ['form', 'slim'],
]);

const scope = { lookup: (name: string) => values.get(name), names: () => values.keys() };

function evaluate(text: string) {
  const template = parseTemplate(text);
  return template.ok ? evaluateTemplate(template.value, scope) : template;
}

function namesOf(text: string) {
  const template = parseTemplate(text);
  return template.ok ? [...namesIn(template.value)] : template.problems;
}

test.each([
  ['plain text', 'plain text'],
  ['', ''],
  ['costs 5$$', 'costs 5$'],
  ['$$i', '$i'],
  ['$i', 3],
  ['$(i)', 3],
  ['$( i )', 3],
  ['$layers', [3, 4, 6]],
  ['$(cached)', false],
  ['$true', true],
  ['$(layers[1] * 2)', 8],
  [' $i', ' 3'],
  ['$$$i', '$3'],
  ['Mixed_5$("bcde"[i])', 'Mixed_5e'],
  ['skip_$(i)_out', 'skip_3_out'],
  ['$index', 4],
  ['block$(i + 2)', 'block5'],
  ['$(i)x$(index)', '3x4'],
  ['$(6 / 2) or $width', '3 or 0.25'],
  ['w$(2 ** 70)', 'w1180591620717411303424'],
  ['is $cached', 'is false'],
  ['$form.$i', 'slim.3'],
  ['$(")")', ')'],
  ["$('(' + \"'\")", "('"],
  ['$("\\")")', '")'],
  ['$(i))', '3)'],
])('%j evaluates to %j', (text, expected) => {
  expect(evaluate(text)).toEqual({ ok: true, value: expected });
});

test.each([
  ['$(order + notes)', 12],
  ['$(iffy if iffy > 1 else order)', 2],
  ['$(not cached and order == 5)', true],
])('words do not eat names: %s', (text, expected) => {
  expect(evaluate(text)).toEqual({ ok: true, value: expected });
});

test.each([
  ['$(missing if cached else 1)'],
  ['$(1 if not cached else missing)'],
  ['$(1 if cached and missing else 1)'],
  ['$(1 if not cached or missing else 2)'],
])('a side that is not taken is not evaluated: %s', (text) => {
  expect(evaluate(text)).toEqual({ ok: true, value: 1 });
});

test.each([
  ['relu', false],
  ['5$$', false],
  ['$i', true],
  ['a$(i)', true],
  ['$$$i', true],
  ['5$', true],
])('whether %j contains an expression is %j', (text, expected) => {
  expect(containsExpression(text)).toBe(expected);
});

test.each([
  ['plain $$i', []],
  ['$i', ['i']],
  ['$(max(i, index) + len(layers))', ['i', 'index', 'layers']],
  ['$(a if b else c)', ['a', 'b', 'c']],
  ['$(a[b] ** -c and not d)', ['a', 'b', 'c', 'd']],
  ['$([x, "y", 1])', ['x']],
  ['conv_$(s)_$b', ['s', 'b']],
])('%s reads the names %j', (text, expected) => {
  expect(namesOf(text)).toEqual(expected);
});

test('a template says what it is', () => {
  expect(parseTemplate('a$$')).toEqual({ ok: true, value: { kind: 'literal', text: 'a$' } });
  expect(parseTemplate('$i')).toEqual({
    ok: true,
    value: { kind: 'expression', expression: { text: '$i', root: { kind: 'name', name: 'i' } } },
  });
  expect(parseTemplate('a$i')).toEqual({
    ok: true,
    value: { kind: 'text', parts: ['a', { text: '$i', root: { kind: 'name', name: 'i' } }] },
  });
});
