import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../src/compile.ts';
import { rules } from '../../src/linter/registry.ts';
import { opNames, opOf } from '../../src/ops/registry.ts';
import { errorNames, errorNotes } from '../../src/reference/errors/notes.ts';
import { exampleSpec } from '../../src/reference/ops/exampleSpec.ts';
import { schemaText } from '../../src/reference/schemas/schemas.ts';
import { chaptersOf, piecesOf } from '../guide/chapter.ts';

const schema = JSON.parse(schemaText('spec'));
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  strictTuples: false,
});
ajv.addVocabulary(['patternErrorMessage', 'errorMessage']);
const validate = ajv.compile(schema);

function parsed(text: string): unknown {
  return parse(text, { merge: true, logLevel: 'silent' });
}

/** What the schema has against a text: the deepest places, each with what is said there. */
function faults(text: string): readonly string[] {
  if (validate(parsed(text))) return [];
  const places = (validate.errors ?? []).map(({ instancePath, params }) => {
    const key: unknown = params.additionalProperty ?? params.propertyName;
    return key === undefined ? instancePath : `${instancePath}/${key}`;
  });
  const depth = (place: string) => place.split('/').length;
  const deepest = Math.max(...places.map(depth));
  return [...new Set(places.filter((place) => depth(place) === deepest))];
}

describe('every spec that the compiler takes is taken', () => {
  const folders = ['specs', 'test/fixtures', 'test/reports/specs'];
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
  // The one report whose file is not a spec of this language.
  const specs = files.filter((name) => /\.(ya?ml|json)$/.test(name) && !name.includes('073_unknown_layer'));

  test('there are files', () => expect(specs.length).toBeGreaterThan(90));

  test.each(specs)('%s', (file) => expect(faults(readFileSync(file, 'utf8'))).toEqual([]));

  test.each(chaptersOf('docs/guide'))('docs/guide/$file', ({ page }) => {
    const sound = piecesOf(page).flatMap((p) => (p.kind === 'file' && !p.reported ? [p.text] : []));
    const specs = sound.filter((text) => /^ *"?inception"?:/m.test(text));
    expect(specs.flatMap(faults)).toEqual([]);
  });

  test.each(opNames)('examples of %s', (op) => {
    const good = opOf(op).examples.filter((example) => example.problem === undefined);
    expect(good.flatMap((example) => faults(exampleSpec(op, example)))).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))('examples of %s', (_, { bad, good }) => {
    expect([bad.spec, good.spec].flatMap(faults)).toEqual([]);
  });
});

/** What can be seen in one file, without evaluating it. */
const structural = [
  'empty-file',
  'missing-key',
  'no-call',
  'several-calls',
  'unknown-attribute',
  'unknown-key',
  'unknown-op',
  'unsupported-version',
  'wrong-attribute',
  'wrong-type',
  'wrong-value',
];

/** What no parser of YAML gives a value of, or what stands in an expression: no schema is asked. */
const unread = ['alias-expansion', 'duplicate-key', 'syntax', 'expression-unclosed'];

test.each(errorNames.filter((name) => !unread.includes(name)))('the example of %s', (name) => {
  const note = errorNotes[name];
  if (!('example' in note)) return;
  expect(faults(note.example.spec).length > 0).toBe(structural.includes(name));
});

const head = 'inception: 1\nname: net\ninputs: { image: [N, 32, 32, 3] }\n';

/** The compiler refuses it as well, so that the schema is not stricter than the language. */
function refusedAt(text: string): readonly string[] {
  expect(compile(text, {}).diagnostics.filter((d) => d.severity === 'error')).not.toEqual([]);
  return faults(text);
}

describe('what is wrong is reported at its place', () => {
  test.each([
    ['an unknown attribute', '- conv: { filters: 8, kernel: 3, paddding: same }', '/network/0/conv/paddding'],
    [
      'a word that is none of the choice',
      '- conv: { filters: 8, kernel: 3, padding: samee }',
      '/network/0/conv/padding',
    ],
    ['a number below its bound', '- conv: { filters: 0, kernel: 3 }', '/network/0/conv/filters'],
    ['a text for a number', '- conv: { filters: eight, kernel: 3 }', '/network/0/conv/filters'],
    ['a part of a list', '- conv: { filters: 8, kernel: [3, 0] }', '/network/0/conv/kernel/1'],
    ['a number for true or false', '- conv: { filters: 8, kernel: 3, bias: 1 }', '/network/0/conv/bias'],
    ['a main attribute', '- dropout: much', '/network/0/dropout'],
    ['a main attribute of a choice', '- cast: float31', '/network/0/cast'],
    ['a misspelt op', '- conw: { filters: 8, kernel: 3 }', '/network/0/conw'],
    ['a misspelt op without attributes', '- reluu', '/network/0'],
    ['a key that is none of a step', '- conv: { filters: 8, kernel: 3 }\n    nmae: first', '/network/0/nmae'],
    ['a name that is a list of nothing', '- relu:\n    name: []', '/network/0/name'],
    [
      'an attribute of a norm',
      '- conv: { filters: 8, kernel: 3, norm: { batch_norm: { epsilom: 1 } } }',
      '/network/0/conv/norm/batch_norm/epsilom',
    ],
    ['a norm that is none', '- conv: { filters: 8, kernel: 3, norm: batch }', '/network/0/conv/norm'],
    [
      'defaults of a step',
      '- steps: [relu]\n    defaults: { conv: { strides: 2 } }',
      '/network/0/defaults/conv/strides',
    ],
    [
      'a step in a branch',
      '- branches: { a: [{ relu: { x: 1 } }], b: [] }\n    merge: add',
      '/network/0/branches/a/0/relu/x',
    ],
    ['a merge that is none', '- branches: { a: [relu], b: [] }\n    merge: join', '/network/0/merge'],
    ['a step in a residual', '- residual: [{ relu: { x: 1 } }]', '/network/0/residual/0/relu/x'],
    ['a key of repeat', '- steps: [relu]\n    repeat: { tims: 2 }', '/network/0/repeat/tims'],
    ['a key of expect', '- relu:\n    expect: { shapes: [N, 32, 32, 3] }', '/network/0/expect/shapes'],
  ])('%s', (_, step, place) => {
    expect(refusedAt(`${head}network:\n  ${step}\n`)).toContain(place);
  });

  test.each([
    ['a key of the document', 'inpts: {}\nnetwork: [relu]', '/inpts'],
    ['a key of an input', 'inputs: { x: { shape: [N, 3], dtpe: bool } }\nnetwork: [relu]', '/inputs/x/dtpe'],
    ['a dtype', 'inputs: { x: { shape: [N, 3], dtype: float64 } }\nnetwork: [relu]', '/inputs/x/dtype'],
    ['a dimension', 'inputs: { x: [N, true] }\nnetwork: [relu]', '/inputs/x/1'],
    ['a param', 'inputs: { x: [N, 3] }\nparams: { a: { typ: int } }\nnetwork: [relu]', '/params/a/typ'],
    ['a symbol', 'inputs: { x: [N, 3] }\ndims: { N: { mn: 2 } }\nnetwork: [relu]', '/dims/N/mn'],
    ['a total', 'inputs: { x: [N, 3] }\nexpect: { weights: 2 }\nnetwork: [relu]', '/expect/weights'],
    ['defaults', 'inputs: { x: [N, 3] }\ndefaults: { conw: {} }\nnetwork: [relu]', '/defaults/conw'],
    [
      'an output',
      'inputs: { x: [N, 3] }\nnetwork: [relu]\noutputs: { y: { form: relu } }',
      '/outputs/y/form',
    ],
    [
      'a level',
      'inputs: { x: [N, 3] }\nlint: { graph/dead-node: of }\nnetwork: [relu]',
      '/lint/graph~1dead-node',
    ],
    [
      'an attribute in a block',
      'inputs: { x: [N, 3] }\nblocks: { b: [{ relu: { x: 1 } }] }\nnetwork: [b]',
      '/blocks/b/0/relu/x',
    ],
    [
      'a key of a block',
      'inputs: { x: [N, 3] }\nblocks: { b: { step: [relu] } }\nnetwork: [b]',
      '/blocks/b/step',
    ],
  ])('%s', (_, text, place) => {
    expect(refusedAt(`inception: 1\nname: net\n${text}\n`)).toContain(place);
  });
});

test('in a file with blocks a name that is no op may be one of them', () => {
  const calls = `${head}blocks: { stem: [relu] }\nnetwork: [stem, { stem: {} }, { lib.stem: { width: 8 } }]\n`;
  expect(faults(calls)).toEqual([]);
  expect(faults(calls.replace('blocks:', 'params:').replace('[relu]', '1'))).not.toEqual([]);
});

describe('what editors show', () => {
  const call = (op: string) => schema.definitions[`op_${op}`];

  test.each(opNames)('%s with its summary and its attributes', (op) => {
    expect(call(op).description).toBe(opOf(op).summary);
    for (const [key, attribute] of Object.entries(opOf(op).attributes().shape)) {
      const { description } = call(op).properties[key];
      expect(description.startsWith(attribute.meta()?.description)).toBe(true);
    }
  });

  test('choices and defaults', () => {
    // The five paddings that the guide names, and Keras' default.
    const { padding, stride } = call('conv').properties;
    expect(padding.anyOf[0].enum).toEqual(['valid', 'same', 'same_lower', 'half', 'causal']);
    expect(padding.default).toBe('valid');
    expect(padding.description).toMatch(/Default: valid\.$/);
    expect(stride.default).toBe(1);
    expect(schema.definitions.activation.anyOf[0].enum).toContain('relu');
    expect(schema.definitions.step.anyOf[1].enum).toEqual([...opNames]);
    expect(schema.properties.channels.enum).toEqual(['last', 'first']);
  });

  test('every key of the language is explained', () => {
    const silent = (part: Readonly<Record<string, { readonly description?: string }>>) =>
      Object.keys(part).filter((key) => part[key]?.description === undefined);
    expect(silent(schema.properties)).toEqual([]);
    const { step, block, input, repeat } = schema.definitions;
    for (const { properties } of [block, input, repeat]) expect(silent(properties)).toEqual([]);
    const ops: readonly string[] = opNames;
    expect(silent(step.anyOf[0].properties).filter((key) => !ops.includes(key))).toEqual([]);
  });

  test('it is draft 7', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(ajv.validateSchema(schema)).toBe(true);
  });
});
