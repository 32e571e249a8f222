import { describe, expect, test } from 'vitest';
import { parse } from '../../src/parser/parse.ts';

/** Places of what is said of a text, and the ways out that are offered. */
function said(text: string, name = 'net.yaml'): readonly string[] {
  return parse({ name, text }).diagnostics.map(({ code, span, help }) => {
    const before = text.slice(0, span?.start).split('\n');
    return `${before.length}:${(before.at(-1) ?? '').length + 1} ${code} ${help ?? ''}`.trim();
  });
}

const head = 'inception: 1\nname: net\n';
const network = `${head}inputs: { x: [N, 8, 8, 3] }\nnetwork:\n`;

describe('of a step on line 5', () => {
  test.each([
    ['  - conv: { filters: 3, kernel: 3, padding: smae }', '5:45 INC110 did you mean `same`?'],
    ['  - conv: { filters: 3, kernel: 3, padding: SAME }', '5:45 INC110 did you mean `same`?'],
    ['  - conv: { filters: "32", kernel: 3 }', '5:22 INC110 without quotes it is a number: `32`'],
    ['  - conv: { filters: many, kernel: 3 }', '5:22 INC110'],
    ['  - conv: { filters: 3, kernel: 3, bias: yes }', '5:42 INC110 write `true`'],
    ['  - conv: { filters: 3, kernel: 3, bias: off }', '5:42 INC110 write `false`'],
    ['  - dropout: 50%', '5:14 INC110 a share is written `0.5`'],
    ['  - conv: {filters:3, kernel: 3}', '5:12 INC108 a blank stands behind the colon: `filters: 3`'],
    [
      '  - conv: { filters: @f, kernel: 3 }',
      '5:22 INC004 a text that begins with this character needs quotes',
    ],
    ['  - conv: { filters: 3, padding: "same }', '5:34 INC004 close it with `"`'],
    [`  - dense: \${c}`, '5:12 INC160 write `$(c)`'],
    ['  - branches: [[relu], [tanh]]\n    merge: cat', '6:12 INC104 did you mean `concat`?'],
    ['  - relu:\n    name: my relu', '6:11 INC104 a name is letters, digits, `_`, `-` and `.`'],
    ['  conv: { filters: 3, kernel: 3 }', '5:3 INC104 begin every step with `- `'],
    ['  -relu', '5:3 INC104 a blank stands behind the dash: `- relu`'],
  ])('%s', (step, expected) => {
    expect(said(`${network}${step}\n`)).toEqual([expected]);
  });
});

describe('of the head, from line 3 on', () => {
  test.each([
    ['inputs: [N, 8, 8, 3]', '3:9 INC104 give it a name: `inputs: { x: [N, 8, 8, 3] }`'],
    ['inputs: { x: { shape: [N, 3], dtype: float } }', '3:38 INC104 did you mean `float32`?'],
    ['inputs: { x: { shape: "N, 3" } }', '3:23 INC104 a list stands in brackets: `[N, 3]`'],
    [
      'inputs: { x: [N, 3] }\nimports: [./a.yaml]',
      '4:10 INC104 each has an alias: `imports: { blocks: ./blocks.yaml }`',
    ],
    ['inputs: { x: [N, 3] }\ntitle: 7', '4:8 INC104 in quotes it is text: `"7"`'],
  ])('%s', (lines, expected) => {
    expect(said(`${head}${lines}\nnetwork: [relu]\n`)).toEqual([expected]);
  });
});

test('a key without a blank behind its colon', () => {
  expect(said('inception:1\nname: net\n')).toEqual([
    '1:1 INC004 a blank stands behind the colon: `inception: 1`',
  ]);
});

describe('what YAML and JavaScript allow, and JSON does not', () => {
  test.each([
    [
      '// one\n{ "inception": 1 }',
      '1:1 INC004 JSON has no comments; a spec in YAML has, in a file that ends in .yaml',
    ],
    ['{ "inception": 1, }', '1:19 INC004 remove the comma before the closing bracket'],
    ['{ "network": ["relu",] }', '1:22 INC004 remove the comma before the closing bracket'],
    ["{ 'inception': 1 }", '1:3 INC004 keys and texts stand in double quotes'],
    [
      'inception: 1\nname: net\n',
      '1:1 INC004 a file that ends in .json is read as JSON; one in YAML ends in .yaml',
    ],
  ])('%s', (text, expected) => {
    expect(said(text, 'net.json')).toEqual([expected]);
  });
});
