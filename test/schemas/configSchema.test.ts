import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../src/linter/registry.ts';
import { schemaText } from '../../src/reference/schemas/schemas.ts';
import { chaptersOf, piecesOf } from '../guide/chapter.ts';

const schema = JSON.parse(schemaText('config'));
const ajv = new Ajv({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true });
const validate = ajv.compile(schema);

/** Where the schema refuses a configuration. */
function faults(text: string): readonly string[] {
  if (validate(parse(text))) return [];
  return (validate.errors ?? []).map(({ instancePath, params }) =>
    params.additionalProperty === undefined ? instancePath : `${instancePath}/${params.additionalProperty}`,
  );
}

test('the configurations of the guide are taken', () => {
  const pieces = chaptersOf('docs/guide').flatMap(({ page }) => piecesOf(page));
  const configs = pieces.flatMap((p) =>
    p.kind === 'file' && p.path === 'inception.config.yaml' ? [p.text] : [],
  );
  expect(configs.length).toBeGreaterThan(0);
  expect(configs.flatMap(faults)).toEqual([]);
});

test.each([
  '',
  'extends: strict',
  'extends: [recommended, target:onnx, ./shared.yaml]',
  'rules: { norm/bias-before-batch-norm: error, INC720: off }',
  'rules: { graph/dead-node: [warn] }',
  'overrides: [{ files: legacy/**, rules: { graph/dead-node: false } }]',
])('%s', (text) => expect(faults(text)).toEqual([]));

describe('what is wrong is refused at its place', () => {
  test.each([
    ['extend: strict', '/extend'],
    ['extends: strikt', '/extends'],
    ['rules: { graph/dead-nod: off }', '/rules/graph/dead-nod'],
    ['rules: { graph/dead-node: never }', '/rules/graph~1dead-node'],
    ['rules: { graph/dead-node: [warn, { depth: 1 }] }', '/rules/graph~1dead-node/1'],
    ['overrides: [{ file: legacy/** }]', '/overrides/0/file'],
  ])('%s', (text, place) => expect(faults(text)).toContain(place));
});

test('every rule is offered under its id and its code, with what it reports', () => {
  const offered = schema.definitions.rules.properties;
  for (const { id, code, summary } of rules) {
    expect(offered[id].description).toContain(summary);
    expect(offered[code].description).toContain(summary);
  }
});
