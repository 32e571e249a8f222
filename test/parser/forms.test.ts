import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { graphOf, nodeLines, outputLines, valuesOf } from '../language/graphLines.ts';
import { lines, network, report } from '../language/report.ts';

const yaml = lines(`
inception: 1
name: net
params: { w: 4 }
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { padding: same } }
blocks:
  b:
    params: { filters: int }
    steps:
      - conv: { filters: $filters, kernel: 3 }
network:
  - b: { filters: $(w * 2) }
    repeat: 2
    name: s
    expect: [N, 8, 8, 8]
  - residual: [relu]
  - branches: { left: [], right: [tanh] }
    merge: { concat: { order: [right, left] } }
outputs: { out: _ }
`);

const json = JSON.stringify({
  inception: 1,
  name: 'net',
  params: { w: 4 },
  inputs: { x: ['N', 8, 8, 3] },
  defaults: { conv: { padding: 'same' } },
  blocks: { b: { params: { filters: 'int' }, steps: [{ conv: { filters: '$filters', kernel: 3 } }] } },
  network: [
    { b: { filters: '$(w * 2)' }, repeat: 2, name: 's', expect: ['N', 8, 8, 8] },
    { residual: ['relu'] },
    { branches: { left: [], right: ['tanh'] }, merge: { concat: { order: ['right', 'left'] } } },
  ],
  outputs: { out: '_' },
});

const flow = lines(`
{
  inception: 1, name: net, params: { w: 4 }, inputs: { x: [N, 8, 8, 3] },
  defaults: { conv: { padding: same } },
  blocks: { b: { params: { filters: int }, steps: [ { conv: { filters: $filters, kernel: 3 } } ] } },
  network: [
    { b: { filters: $(w * 2) }, repeat: 2, name: s, expect: [N, 8, 8, 8] },
    { residual: [relu] },
    { branches: { left: [], right: [tanh] }, merge: { concat: { order: [right, left] } } },
  ],
  outputs: { out: _ },
}
`);

describe('YAML and JSON of the same spec give the same network', () => {
  const expected = [
    's_0/conv: conv of x gives s_0 [N, 8, 8, 8]',
    's_1/conv: conv of s_0 gives s_1 [N, 8, 8, 8]',
    'relu: relu of s_1 gives [N, 8, 8, 8]',
    'add: add of s_1, relu gives [N, 8, 8, 8]',
    'right/tanh: tanh of add gives [N, 8, 8, 8]',
    'concat: concat of right/tanh, add gives [N, 8, 8, 16]',
  ];

  test.each([
    ['YAML', yaml, 'net.yaml'],
    ['YAML with carriage returns', yaml.replaceAll('\n', '\r\n'), 'net.yaml'],
    ['YAML in flow style', flow, 'net.yaml'],
    ['YAML with a byte-order mark', `\uFEFF${yaml}`, 'net.yaml'],
    ['JSON', json, 'net.json'],
    ['JSON with a byte-order mark', `\uFEFF${json}`, 'net.json'],
    ['JSON of no name', json, 'spec'],
    ['YAML in flow style of no name', flow, 'spec'],
  ])('%s', (_, text, name) => {
    const graph = graphOf(text, { name });
    expect(nodeLines(graph)).toEqual(expected);
    expect(outputLines(graph)).toEqual(['out = concat [N, 8, 8, 16]']);
  });
});

describe('dollar signs', () => {
  test('`$$` is one, and begins no expression', () => {
    const graph = graphOf(
      'inception: 1\nname: net\ntitle: 5$$ and $$x\ninputs: { x: [N, 3] }\nnetwork: [relu]\n',
    );
    expect(graph.title).toBe('5$ and $x');
  });

  test('a value that is one expression keeps its type; in a text it is printed', () => {
    const text = 'inception: 1\nname: net\nparams: { n: 2 }\ninputs: { x: [N, 3] }\nnetwork:\n';
    const graph = graphOf(`${text}  - dense: $n\n    name: d_$(n)_of_$(n / 4)\n`);
    expect(valuesOf(graph, 'units')).toEqual(['d_2_of_0.5 = 2']);
  });
});

describe('anchors', () => {
  test('repeat values and whole steps', () => {
    const graph = graphOf(
      network(`
  - conv: &small { filters: 4, kernel: 3 }
  - &act relu
  - conv: *small
  - *act
  - conv: { <<: *small, filters: 2 }
  - conv: { <<: [{ kernel: 1 }, *small] }
`),
    );
    expect(nodeLines(graph)).toEqual([
      'conv: conv of x gives [N, 6, 6, 4]',
      'relu: relu of conv gives [N, 6, 6, 4]',
      'conv_2: conv of relu gives [N, 4, 4, 4]',
      'relu_2: relu of conv_2 gives [N, 4, 4, 4]',
      'conv_3: conv of relu_2 gives [N, 2, 2, 2]',
      'conv_4: conv of conv_3 gives [N, 2, 2, 4]',
    ]);
  });

  test('of one name: an alias is the latest before it, also when it is repeated later', () => {
    const graph = graphOf(
      network(`
  - dense: &n 2
  - &step
    dense: *n
  - dense: &n 3
  - *step
  - dense: *n
`),
    );
    expect(valuesOf(graph, 'units')).toEqual([
      'dense = 2',
      'dense_2 = 2',
      'dense_3 = 3',
      'dense_4 = 2',
      'dense_5 = 3',
    ]);
  });
});

describe('JSON that is none', () => {
  test.each([
    ['a comma too many', '{ "inception": 1, }', '1:19 INC004 not valid JSON: property name expected'],
    ['a comment', '{ // one\n"inception": 1 }', '1:3 INC004 not valid JSON: invalid comment token'],
    ['text after it', '{ "inception": 1 } x', '1:20 INC004 not valid JSON: invalid symbol'],
    ['a bracket that is not closed', '{ "network": [', '1:15 INC004 not valid JSON: close bracket expected'],
    ['single quotes', "{ 'inception': 1 }", '1:3 INC004 not valid JSON: invalid symbol'],
  ])('%s', (_, text, expected) => {
    const said = report(text, { name: 'net.json' });
    expect(said.filter((line) => !line.startsWith('  help'))).toEqual([expected]);
  });

  test('nothing', () => {
    expect(report(' \n', { name: 'net.json' })[0]).toBe('1:1 INC003 the file is empty');
  });

  test('keys that are there twice', () => {
    const text = '{ "inception": 1, "name": "a", "name": "b", "inputs": { "x": [2] }, "network": ["relu"] }';
    expect(report(text, { name: 'net.json' })).toEqual([
      '1:32 INC005 the key `name` stands twice in one mapping',
      '  see 1:19: the first is here',
      '  help: remove one of the two: which one a reader would take differs between tools',
    ]);
  });

  test('a number that is too large', () => {
    const text = '{ "inception": 1, "name": "a", "inputs": { "x": [2] }, "network": [{ "dropout": 1e400 }] }';
    expect(report(text, { name: 'net.json' })).toEqual(['1:81 INC104 a number cannot be Infinity']);
  });
});

describe('columns count characters', () => {
  test('after letters beyond ASCII', () => {
    expect(
      report('inception: 1\nname: net\ntitle: "😀é"\ninputs: { é: [N, 3], 𝒳: 4 }\nnetwork: []\n'),
    ).toEqual(['4:25 INC103 input `𝒳` must be a shape such as [N, 299, 299, 3], or a mapping, not 4']);
  });

  test('in lines that end with a carriage return', () => {
    const text = network('  - relu\n  - rleu\n').replaceAll('\n', '\r\n');
    expect(report(text)).toEqual([
      '6:5 INC105 `rleu` is neither an op nor a block',
      '  help: did you mean `relu`?',
    ]);
  });
});

describe('documents that are nested too deep', () => {
  const deep = (left: string, right: string) => `${left.repeat(5_000)}${right.repeat(5_000)}`;

  test.each([
    ['flow collections', network(`  - steps: ${deep('[', ']')}\n`), 'net.yaml'],
    ['flow collections that are not closed', network(`  - steps: ${deep('[', '')}\n`), 'net.yaml'],
    ['block collections', network(`${deep('- ', '')}\n`), 'net.yaml'],
    ['JSON', `{ "network": ${deep('[', ']')} }`, 'net.json'],
    ['JSON that is not closed', `{ "network": ${deep('[', '')} }`, 'net.json'],
  ])('%s', (_, text, name) => {
    const { diagnostics, parsed } = compile(text, { name });
    expect(diagnostics.map((d) => d.message)).toEqual(['the document is nested more than 100 levels deep']);
    expect(parsed).toBe(false);
  });

  test('by a little', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `${'  '.repeat(i + 1)}- steps:`).join('\n');
    expect(report(network(`${steps}\n${'  '.repeat(61)}- relu\n`))).toEqual([
      '55:103 INC008 the document is nested more than 100 levels deep',
    ]);
  });
});

describe('whether a text could be read at all', () => {
  test.each([
    ['a wrong spec', network('  - rleu\n'), true],
    ['text that is not YAML', 'a: [1\n', false],
    ['no mapping', '- relu\n', false],
    ['an empty file', '', false],
  ])('%s', (_, text, parsed) => {
    expect(compile(text, { name: 'net.yaml' }).parsed).toBe(parsed);
  });
});
