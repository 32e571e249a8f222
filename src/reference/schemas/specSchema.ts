import { opNames } from '../../ops/registry.ts';
import { namePattern } from '../../parser/namePattern.ts';
import * as keys from '../../parser/schema.ts';
import { lintLevels } from '../../parser/spec.ts';
import { draft, expression, type JsonSchema, mapTo, ref, unionOf } from './jsonSchema.ts';
import * as texts from './keyTexts.ts';
import { mappingSchema } from './mappingSchema.ts';
import { opDefinition, opDefinitions } from './opSchema.ts';
import { ruleProperties } from './ruleSchema.ts';
import { sharedStepDefinitions, stepDefinitions } from './stepSchemas.ts';

/** A word that expressions can read. */
const word = '^[A-Za-z_]\\w*$';
const dimension: JsonSchema = { type: ['integer', 'string'] };
const shape: JsonSchema = { type: 'array', items: dimension };
const reference: JsonSchema = { type: ['string', 'number'] };

/** The schema of specs: what can be seen in one file, without the files that it imports and without evaluating it. */
export function specSchema(): JsonSchema {
  const { properties = {}, ...root } = documentSchema();
  return {
    $schema: draft,
    title: 'Spec of inception-cli',
    ...root,
    required: ['inception', 'name'],
    properties,
    if: { required: ['blocks'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits a schema.
    then: { properties: { network: ref('blocks_steps') } },
    else: { properties: { network: ref('steps') } },
    definitions: definitions(),
  };
}

function documentSchema(): JsonSchema {
  return mappingSchema(keys.documentSchema, texts.documentTexts, {
    inception: { const: 1 },
    imports: mapTo({ type: 'string' }, '^(?!_$)[\\p{L}\\p{N}_-]+$'),
    params: ref('params'),
    variants: mapTo({ type: ['object', 'null'], properties: { expect: ref('totals') } }),
    dims: mapTo(mappingSchema(keys.dimSchema, texts.dimTexts)),
    inputs: mapTo(ref('input')),
    defaults: ref('defaults'),
    blocks: mapTo(ref('block'), namePattern.source),
    outputs: ref('outputs'),
    expect: ref('totals'),
    lint: {
      type: 'object',
      properties: ruleProperties(lintLevels),
      additionalProperties: false,
    },
  });
}

function definitions(): Readonly<Record<string, JsonSchema>> {
  return {
    ...stepDefinitions({ prefix: '', declaresBlocks: false }),
    ...stepDefinitions({ prefix: 'blocks_', declaresBlocks: true }),
    ...sharedStepDefinitions(),
    params: mapTo(paramSchema(), word),
    input: inputSchema(),
    defaults: defaultsSchema(),
    block: blockSchema(),
    outputs: outputsSchema(keys.outputSchema),
    block_outputs: outputsSchema(keys.blockOutputSchema),
    repeat: repeatSchema(),
    ...claimDefinitions(),
    ...opDefinitions(),
  };
}

/** A default, the name of a type, nothing, or a mapping. */
function paramSchema(): JsonSchema {
  const plain = { type: ['string', 'number', 'boolean', 'array', 'null'] };
  return unionOf([plain, mappingSchema(keys.paramSchema, texts.paramTexts)]);
}

/** A shape, or a mapping; what its numbers mean may be worked out from params. */
function inputSchema(): JsonSchema {
  const number: JsonSchema = { ...expression, type: ['number', 'string'] };
  const numbers: JsonSchema = { ...expression, type: ['array', 'string'], items: number };
  const inside = {
    shape,
    range: { ...numbers, minItems: 2, maxItems: 2 },
    mean: numbers,
    std: numbers,
    repeat: ref('repeat'),
  };
  return unionOf([shape, mappingSchema(keys.inputSchema, texts.inputTexts, inside)]);
}

/** `defaults`: each op with a mapping. */
function defaultsSchema(): JsonSchema {
  const attributes = (op: string): JsonSchema => ({ allOf: [ref(opDefinition(op)), { type: 'object' }] });
  return {
    type: 'object',
    properties: Object.fromEntries(opNames.map((op) => [op, attributes(op)])),
    additionalProperties: false,
  };
}

/** A list of steps, or a mapping. */
function blockSchema(): JsonSchema {
  const input = unionOf([
    { type: 'null' },
    shape,
    mappingSchema(keys.blockInputSchema, texts.blockInputTexts, { shape }),
  ]);
  const names = { type: 'array', items: { type: 'string', pattern: namePattern.source } };
  const inside = {
    params: ref('params'),
    inputs: unionOf([names, mapTo(input, namePattern.source)]),
    defaults: ref('defaults'),
    expect: ref('step_claim'),
    steps: ref('blocks_steps'),
    outputs: ref('block_outputs'),
  };
  const mapping = mappingSchema(keys.blockSchema, texts.blockTexts, inside);
  return unionOf([{ type: 'array', items: ref('blocks_step') }, mapping]);
}

/** A list of names, or output names with references. */
function outputsSchema(schema: typeof keys.outputSchema | typeof keys.blockOutputSchema): JsonSchema {
  const output = unionOf([reference, mappingSchema(schema, texts.outputTexts, { repeat: ref('repeat') })]);
  return unionOf([{ type: 'array', items: reference, minItems: 1 }, mapTo(output)]);
}

function repeatSchema(): JsonSchema {
  const list: JsonSchema = { ...expression, type: ['array', 'string'] };
  const over = unionOf([list, { ...mapTo(list, word), minProperties: 1 }]);
  const times = { ...expression, type: ['integer', 'string'], minimum: 0 };
  return unionOf([times, mappingSchema(keys.repeatSchema, texts.repeatTexts, { over })]);
}

/** `expect` of a step, of a block and of a network. */
function claimDefinitions(): Readonly<Record<string, JsonSchema>> {
  const count: JsonSchema = { type: ['integer', 'string'], minimum: 0 };
  const shapes: JsonSchema = {
    type: 'array',
    items: { type: ['integer', 'string', 'array'], items: dimension },
  };
  const inner = mappingSchema(keys.parametersClaimSchema, texts.parametersTexts);
  return {
    parameters_claim: unionOf([count, inner]),
    step_claim: unionOf([
      shapes,
      mappingSchema(keys.stepClaimSchema, texts.claimTexts, {
        shape: shapes,
        parameters: ref('parameters_claim'),
      }),
    ]),
    totals: mappingSchema(keys.totalsSchema, texts.totalsTexts, {
      parameters: ref('parameters_claim'),
      outputs: mapTo(shape),
    }),
  };
}
