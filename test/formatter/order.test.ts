import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatSpec } from '../../src/formatter/formatSpec.ts';
import { blockOrder, documentOrder, stepOrder } from '../../src/formatter/keyOrder.ts';
import { blockSchema, documentSchema, stepSchema, structureSchemas } from '../../src/parser/schema.ts';

function formatted(text: string, name = 'net.yaml'): string | undefined {
  return formatSpec({ name, text }).value;
}

describe('every key of the language has its place', () => {
  const beside = Object.entries(structureSchemas).flatMap(([call, { shape }]) =>
    Object.keys(shape).filter((key) => key !== call),
  );

  test.each([
    ['a document', documentOrder, Object.keys(documentSchema.shape)],
    ['a block', blockOrder, Object.keys(blockSchema.shape)],
    ['a step', stepOrder, [...Object.keys(stepSchema.shape), ...beside]],
  ])('%s', (_, order, keys) => {
    expect([...order.flat()].sort()).toEqual([...keys].sort());
  });
});

describe('keys are put in order', () => {
  test('of a document, with their comments and blank lines; the head stays', () => {
    const before = `\
# About the network.
name: net # its name

# what comes out
outputs: [a]
network: [relu]

# what goes in
inputs: { x: [N, 3] }
inception: 1
# the end
`;
    const after = `\
# About the network.
inception: 1
name: net # its name

# what goes in
inputs: { x: [N, 3] }
network: [relu]

# what comes out
outputs: [a]
# the end
`;
    expect(formatted(before)).toBe(after);
  });

  test('of steps and blocks at any depth', () => {
    const before = `\
inception: 1
name: net
blocks:
  b:
    steps:
      - name: r
        relu:
    source: figure 1
    description: A block
  c:
    - { expect: [_], from: x, tanh: }
network:
  - name: all
    expect: [N, 3]
    # how they meet
    merge: concat
    branches:
      a: [{ name: s, b: }]
      d: { steps: [{ name: t, b: }], when: true }
  - shortcut: []
    residual:
      - note: why
        when: $x
        from: all
        b: { k: 1, a: 2 }
`;
    const after = `\
inception: 1
name: net
blocks:
  b:
    description: A block
    source: figure 1
    steps:
      - relu:
        name: r
  c:
    - { tanh:, from: x, expect: [_] }
network:
  - branches:
      a: [{ b:, name: s }]
      d: { steps: [{ b:, name: t }], when: true }
    # how they meet
    merge: concat
    name: all
    expect: [N, 3]
  - residual:
      - b: { k: 1, a: 2 }
        from: all
        note: why
        when: $x
    shortcut: []
`;
    expect(formatted(before)).toBe(after);
    expect(formatted(after)).toBe(after);
  });

  test.each([
    ['where it may mean something', 'params: { b: 1, a: 2 }\ninputs: { y: [N], x: [N] }\n'],
    ['in a mapping with a key that is not known', 'netwrok: []\nparams: { a: 1 }\n'],
    ['in a step with two calls', 'network:\n  - name: a\n    relu:\n    tanh:\n'],
    [
      'where anchors and aliases stand',
      'network:\n  - name: a\n    conv: *c\n'.replace('*c', '&c { filters: 8 }'),
    ],
    ['where keys are merged', 'network:\n  - &r { relu:, name: a }\n  - name: b\n    <<: *r\n'],
  ])('and left alone %s', (_, rest) => {
    const text = `inception: 1\nname: net\n${rest}`;
    expect(formatted(text)).toBe(text);
  });
});

describe('JSON', () => {
  test('stays as it is laid out, two columns to a level', () => {
    const before =
      '{"inception":1,\n"name" : "net", "inputs":{\n\n"x":["N",3]},\n\n\n"network":["relu",{"name":"a","conv":{}}]}';
    const after = `\
{ "inception": 1, "name": "net", "inputs": { "x": ["N", 3] } }
`;
    expect(formatted('{"inception":1,\n"name":"net",  "inputs":{"x":["N",3]}}', 'net.json')).toBe(after);
    expect(formatted(before, 'net.json')).toBe(`\
{
  "inception": 1,
  "name": "net",
  "inputs": {
    "x": ["N", 3]
  },

  "network": ["relu", { "conv": {}, "name": "a" }]
}
`);
  });

  test('as programs print it, it is canonical', () => {
    const text = `${JSON.stringify({ inception: 1, name: 'net', params: { a: [1, 2], b: [] }, network: [{}] }, null, 2)}\n`;
    expect(formatted(text, 'net.json')).toBe(text);
  });

  test('numbers and escapes keep their form', () => {
    const text = '{ "inception": 1, "name": "caf\\u00e9", "params": { "a": 1.0, "b": 1E-3 } }\n';
    expect(formatted(text, 'net.json')).toBe(text);
  });

  test('with comments it is refused', () => {
    expect(formatted('{ "inception": 1 } // c\n', 'net.json')).toBe(undefined);
  });
});

const specs = ['specs', 'specs/blocks'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}/${file}`),
);

test.each(specs)('%s is canonical', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(formatted(text, file)).toBe(text);
});
