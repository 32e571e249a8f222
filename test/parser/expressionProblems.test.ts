import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { type ExpressionValue, evaluateTemplate, parseTemplate } from '../../src/parser/expression.ts';

const values = new Map<string, ExpressionValue>([
  ['i', 3],
  ['i_in', 4],
  ['filters', 64],
  ['layers', [3, 4, 6]],
  ['many', Array.from({ length: 6000 }, () => 1)],
  ['long', 'x'.repeat(6000)],
]);
const scope = { lookup: (name: string) => values.get(name), names: () => values.keys() };
const known = ['i', 'i_in', 'filters', 'layers', 'many', 'long'];

function problemsOf(text: string) {
  const template = parseTemplate(text);
  const evaluated = template.ok ? evaluateTemplate(template.value, scope) : template;
  return evaluated.ok ? [] : evaluated.problems;
}

const around = '`,` and `;` cannot stand around it';

test.each([
  ['$()', 'it is empty'],
  ['$( )', 'it is empty'],
  ['$(1 +)', 'it ends where a value should follow'],
  ['$(i++)', 'it ends where a value should follow'],
  ['$(* 2)', '`*` is not expected there'],
  ['$(1 2)', '`2` is not expected there'],
  ['$(i filters)', '`filters` is not expected there'],
  ['$([1 2])', '`2` is not expected there'],
  ['$(max(1 2))', '`2` is not expected there'],
  ['$([1,,2])', 'a value is missing between two commas'],
  ['$(,1)', around],
  ['$(1,)', around],
  ['$(1, 2)', 'a comma stands only in lists and calls'],
  ['$(;1)', around],
  ['$((1, 2))', '`,` is not expected there'],
  ['$(())', '`)` is not expected there'],
  ['$(1])', '`]` is not expected there'],
  ['$(layers[])', '`]` is not expected there'],
  ['$(layers[0)', 'unclosed ['],
  ['$(1a)', 'variable names cannot start with a number (1a)'],
  ['$(1e999)', '1e999 is too large a number'],
  ['$(é)', '`é` is not expected there'],
  ['$(i ~ 2)', '`~` is not expected there'],
  ['$(layers.length)', 'there is no member access'],
  ['$(layers?.length)', 'there is no member access'],
  ['$(layers[0](1))', 'only functions can be called'],
  ['$("a"(1))', 'only functions can be called'],
  ['$(layers.map(1))', 'only functions can be called'],
])('%s is not an expression', (text, reason) => {
  expect(problemsOf(text)).toEqual([{ name: 'expression-syntax', params: { expression: text, reason } }]);
});

test.each([
  ['$(i = 3)', '`=` is not expected there', 'nothing is assigned here; equality is `==`'],
  ['$(max(i=3))', '`=` is not expected there', 'nothing is assigned here; equality is `==`'],
  ['$(i := 3)', '`:=` is not expected there', 'nothing is assigned here; equality is `==`'],
  ['$(i && i)', '`&&` is not expected there', 'write `and`'],
  ['$(i || i)', '`||` is not expected there', 'write `or`'],
  ['$(!i)', '`!` is not expected there', 'write `not`'],
  ['$(i === 3)', '`===` is not expected there', 'write `==`'],
  ['$(i !== 3)', '`!==` is not expected there', 'write `!=`'],
  ['$(i ? 1 : 2)', '`?` is not expected there', 'write `a if condition else b`'],
  ['$(layers[1:2])', '`:` is not expected there', 'there are no slices and no mappings'],
  ['$({})', '`{` is not expected there', 'there are no mappings'],
  ['$((1; 2))', '`;` is not expected there', 'there is one expression only'],
  ['$($i)', '`$` is not expected there', 'inside `$( )` names stand without `$`'],
  ['$(i ^ 2)', '`^` is not expected there', 'a power is `**`'],
  ['$(i << 2)', '`<<` is not expected there', 'there are no bit operators; write `* 2 ** n`'],
  ['$([x for x in layers])', '`for` is not expected there', 'there are no comprehensions; use `repeat`'],
  ['$(i in layers)', '`in` is not expected there', 'there is no search in lists'],
  ['$(i == not i)', '`not` is not expected there', 'put it in parentheses: `(not a)`'],
  ['$(1 else 2)', '`else` is not expected there', '`else` follows `a if condition`'],
  ['$(1 if i)', '`if` needs an `else`', 'write `a if condition else b`'],
  ['$(1 < 2 < 3)', 'comparisons are not chained', 'write `a < b and b < c`'],
  ['$(1 == 1 != 2)', 'comparisons are not chained', 'write `a < b and b < c`'],
  ['$(rond(1))', 'there is no function `rond`', 'did you mean `round`?'],
  [
    '$(constructor(1))',
    'there is no function `constructor`',
    'there are min, max, floor, ceil, round, abs, len, make_divisible',
  ],
  ['5$', 'a `$` stands before a name or before `(`', 'write `$$` for a dollar sign'],
  ['$5', 'a `$` stands before a name or before `(`', 'write `$$` for a dollar sign'],
])('%s is not an expression, and the way out is said', (text, reason, help) => {
  expect(problemsOf(text)).toEqual([
    { name: 'expression-syntax', params: { expression: text, reason, help } },
  ]);
});

test.each(['$(', '$(max(1', 'a $(i', '$("a)', '$(1]'])('%s is not closed', (text) => {
  expect(problemsOf(text)).toEqual([{ name: 'expression-unclosed', params: { text } }]);
});

test.each([
  ['$(1 / 0)', 'division by zero'],
  ['$(1 // 0)', 'division by zero'],
  ['$(1 % 0)', 'division by zero'],
  ['$(0 ** -1)', 'zero has no negative power'],
  ['$((-8) ** 0.5)', 'a negative number has no fractional power'],
  ['$(10 ** 400)', 'the result is not a finite number'],
  ['$(1e308 * 10)', 'the result is not a finite number'],
  ['$("a" + 1)', '`+` takes two numbers, two texts or two lists, not the text "a" and the number 1'],
  ['$(true + 1)', '`+` takes two numbers, two texts or two lists, not true and the number 1'],
  ['$("a" * 2)', '`*` takes two numbers, not the text "a" and the number 2'],
  ['$(layers < 2)', '`<` takes two numbers or two texts, not a list of 3 and the number 2'],
  ['$(-"a")', 'a sign stands before a number, not before the text "a"'],
  ['$(not 0)', '`not` takes true or false, not the number 0'],
  ['$(1 and true)', '`and` takes true or false, not the number 1'],
  ['$(true and "")', '`and` takes true or false, not the text ""'],
  ['$(false or 2)', '`or` takes true or false, not the number 2'],
  ['$(1 if layers else 2)', '`if` takes true or false, not a list of 3'],
  ['$(layers[3])', 'index 3 is out of range: a list of 3 is counted from 0 to 2'],
  ['$("bcd"[4])', 'index 4 is out of range: the text "bcd" is counted from 0 to 2'],
  ['$([][0])', 'index 0 is out of range: a list of 0 is empty'],
  ['$(layers[-1])', 'index -1 is negative: elements are counted from 0, and only forward'],
  ['$(layers[0.5])', 'an index is a whole number, not the number 0.5'],
  ['$(layers["length"])', 'an index is a whole number, not the text "length"'],
  ['$(i[0])', 'an index reads a list or a text, not the number 3'],
  ['$(max())', '`max` takes two or more numbers, or one list of numbers, not nothing'],
  ['$(min(3))', '`min` takes two or more numbers, or one list of numbers, not the number 3'],
  [
    '$(max(1, "a"))',
    '`max` takes two or more numbers, or one list of numbers, not the number 1 and the text "a"',
  ],
  ['$(round(1, 2))', '`round` takes one number, not the number 1 and the number 2'],
  ['$(abs("a"))', '`abs` takes one number, not the text "a"'],
  ['$(len(3))', '`len` takes one list or text, not the number 3'],
  ['$(make_divisible(3))', '`make_divisible` takes a number and its divisor, not the number 3'],
  ['$(make_divisible(3, 0))', '`make_divisible` takes a positive divisor, not 0'],
  ['$(many + many)', 'the result is longer than 10,000'],
  ['$([many, many])', 'the result is longer than 10,000'],
  ['$(long + long)', 'the result is longer than 10,000'],
])('%s has no value', (text, reason) => {
  expect(problemsOf(text)).toEqual([{ name: 'expression-value', params: { expression: text, reason } }]);
});

test('a list cannot stand inside a text', () => {
  expect(problemsOf('conv $layers')).toEqual([
    {
      name: 'expression-value',
      params: { expression: '$layers', reason: 'a list cannot stand inside a text' },
    },
  ]);
});

test('a text cannot grow without bound', () => {
  expect(problemsOf('$long$(long)')).toEqual([
    {
      name: 'expression-value',
      params: { expression: '$(long)', reason: 'the text becomes longer than 10000 characters' },
    },
  ]);
});

test.each([
  ['$filtres', 'filtres', 'filters', undefined],
  ['$(2 * Filters)', 'Filters', 'filters', undefined],
  ['$zzzzzz', 'zzzzzz', undefined, undefined],
  ['skip_$i_out', 'i_out', undefined, 'the longest name is read: write `$(i)_out`'],
  ['$i_in_x', 'i_in_x', undefined, 'the longest name is read: write `$(i_in)_x`'],
  ['$(True)', 'True', undefined, 'write `true`'],
  ['$(null)', 'null', undefined, 'there is no null in expressions'],
  ['$(this)', 'this', undefined, undefined],
  ['$(__proto__)', '__proto__', undefined, undefined],
])('%s reads an unknown name', (text, name, nearest, help) => {
  expect(problemsOf(text)).toEqual([{ name: 'expression-name', params: { name, known, nearest, help } }]);
});

test('the help of an unknown name reaches the user', () => {
  const [unknown] = problemsOf('skip_$i_out');
  expect(diagnose(unknown!)).toMatchObject({
    code: 'INC162',
    message: '`i_out` is not known in this expression',
    help: 'the longest name is read: write `$(i)_out`',
  });
});

test('an expression of 2000 characters is read, of 2001 not', () => {
  expect(problemsOf(`$(${'1'.padStart(2000)})`)).toEqual([]);
  expect(problemsOf(`$(${'1'.padEnd(2001)})`)).toMatchObject([
    { name: 'expression-syntax', params: { reason: 'it has 2001 characters, more than 2000' } },
  ]);
});

test('an excerpt stands for a text that is too long', () => {
  expect(problemsOf(`$("${'x'.repeat(1_000_000)}`)).toEqual([
    { name: 'expression-unclosed', params: { text: `$("${'x'.repeat(77)}…` } },
  ]);
});

test.each([
  ['parentheses', `$(${'('.repeat(64)}1${')'.repeat(64)})`],
  ['lists', `$(${'['.repeat(64)}1${']'.repeat(64)})`],
  ['signs', `$(${'-'.repeat(64)}1)`],
  ['conditions', `$(${'1 if false else '.repeat(64)}1)`],
  ['a long sum', `$(${'1 + '.repeat(400)}1)`],
])('%s may be nested 64 deep', (_, text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each([
  ['parentheses', `$(${'('.repeat(65)}1${')'.repeat(65)})`],
  ['lists', `$(${'['.repeat(65)}1${']'.repeat(65)})`],
  ['signs', `$(${'-'.repeat(1990)}1)`],
  ['negations', `$(${'not '.repeat(490)}true)`],
  ['powers', `$(${'1 ** -'.repeat(300)}1)`],
  ['conditions', `$(${'1 if false else '.repeat(65)}1)`],
])('%s may not be nested deeper', (_, text) => {
  expect(problemsOf(text)).toMatchObject([
    { name: 'expression-syntax', params: { reason: 'it is nested deeper than 64' } },
  ]);
});
