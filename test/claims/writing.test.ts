import { expect, test } from 'vitest';
import { claims } from './support.ts';

const head = 'inception: 1\nname: net\ninputs: { image: [N, 9, 9, 3] }\nnetwork:\n';
const table = '3x3 conv | 7 x 7 x 8\nrelu | 7 x 7 x 8\nfc | 10\n'.replace('| 10', '| 1 x 1 x 10');

/** The steps with the claims of the table in them. */
function written(steps: string): string {
  return claims(head + steps, table).text.slice(head.length);
}

test('a bare op becomes a key, a remark stays on its line', () => {
  expect(
    written('  - conv: { filters: 8, kernel: 3 } # first\n  - relu # a\n  - flatten\n  - dense: 10'),
  ).toBe(
    '  - conv: { filters: 8, kernel: 3 } # first\n    expect: [N, 7, 7, 8]\n  - relu: # a\n    expect: [N, 7, 7, 8]\n  - flatten\n  - dense: 10\n    expect: [N, 10]',
  );
});

test('beside the name, before attributes that follow it, and below attributes on lines of their own', () => {
  expect(
    written(
      '  - conv:\n      filters: 8\n      kernel: 3 # k\n    note: x\n\n  # then\n  - relu:\n    name: r # n\n    note: y\n',
    ),
  ).toBe(
    '  - conv:\n      filters: 8\n      kernel: 3 # k\n    note: x\n    expect: [N, 7, 7, 8]\n\n  # then\n  - relu:\n    name: r # n\n    expect: [N, 7, 7, 8]\n    note: y\n',
  );
});

test('a step in braces keeps them', () => {
  expect(written('  - { conv: { filters: 8, kernel: 3 }, name: c }\n  - relu\n')).toBe(
    '  - { conv: { filters: 8, kernel: 3 }, name: c, expect: [N, 7, 7, 8] }\n  - relu:\n    expect: [N, 7, 7, 8]\n',
  );
});

test('line ends of Windows stay', () => {
  const steps = '  - conv: { filters: 8, kernel: 3 }\r\n  - relu\r\n';
  const text = claims(head.replaceAll('\n', '\r\n') + steps, table).text;
  expect(text.slice(text.indexOf('  - conv'))).toBe(
    '  - conv: { filters: 8, kernel: 3 }\r\n    expect: [N, 7, 7, 8]\r\n  - relu:\r\n    expect: [N, 7, 7, 8]\r\n',
  );
});

test('JSON stays JSON', () => {
  const spec = `{
  "inception": 1,
  "name": "net",
  "inputs": { "image": ["N", 9, 9, 3] },
  "network": [
    { "conv": { "filters": 8, "kernel": 3 } },
    "relu",
    {
      "flatten": null
    },
    {
      "dense": 10,
      "name": "d"
    }
  ]
}
`;
  expect(claims(spec, table, { name: 'net.json' }).text).toBe(
    spec
      .replace('"kernel": 3 } }', '"kernel": 3 }, "expect": ["N", 7, 7, 8] }')
      .replace('"relu"', '{ "relu": null, "expect": ["N", 7, 7, 8] }')
      .replace('"name": "d"\n', '"name": "d",\n      "expect": ["N", 10]\n'),
  );
});

test('a spec whose shapes are channels first gets claims in that order', () => {
  const first = head.replace('inputs', 'channels: first\ninputs').replace('[N, 9, 9, 3]', '[N, 3, 9, 9]');
  const spec = `${first}  - conv: { filters: 8, kernel: 3 }\n`;
  const line = 'conv 3x3  (-1, 8, 7, 7)';
  expect(claims(spec, line, { channels: 'first' }).text).toBe(`${spec}    expect: [N, 8, 7, 7]\n`);
});
