import { type OpName, opNames, opOf } from '../../ops/registry.ts';
import { sugarCandidates, sugarKeysOf } from '../../parser/parseAttributes.ts';
import { flow } from '../ops/exampleSpec.ts';
import {
  expression,
  isFreeText,
  type JsonSchema,
  jsonSchemaOf,
  mapParts,
  mapValues,
  ref,
  unionOf,
} from './jsonSchema.ts';

/** The name of the definition of an op. */
export function opDefinition(op: string): string {
  return `op_${op}`;
}

/** What stands after each op in a step, and what `norm` and `activation` take, by the names of the definitions. */
export function opDefinitions(): Readonly<Record<string, JsonSchema>> {
  return {
    ...Object.fromEntries(opNames.map((op) => [opDefinition(op), callSchema(op)])),
    norm: sugarSchema('norm'),
    activation: sugarSchema('activation'),
  };
}

/**
 * The attributes of an op as a mapping, nothing, or its main attribute alone. None is required here: `defaults` of the
 * file may give it.
 */
function callSchema(op: OpName): JsonSchema {
  const attributes = attributeSchemas(op);
  const sugar = Object.fromEntries(sugarKeysOf(op).map((key) => [key, ref(key)]));
  return {
    description: opOf(op).summary,
    properties: { ...attributes, ...sugar },
    additionalProperties: false,
    ...unionOf([...mainSchemas(op, attributes), { type: ['object', 'null'] }]),
  };
}

/** Each attribute, with its meaning and what it is where nothing is said. */
function attributeSchemas(op: OpName): Readonly<Record<string, JsonSchema>> {
  const { properties = {}, required = [] } = jsonSchemaOf(opOf(op).attributes());
  return mapValues(properties, ({ description = '', ...property }, key) => {
    const isDimension = opOf(op).dimensions?.includes(key) ?? false;
    return {
      description: `${description} ${defaultWords(property, required.includes(key))}`.trim(),
      ...withExpressions(property, isDimension),
    };
  });
}

/** Editors show the description and mostly not the default. */
function defaultWords({ default: value }: JsonSchema, isRequired: boolean): string {
  if (isRequired) return 'Must be given, here or in `defaults`.';
  return value === undefined ? 'May be left out.' : `Default: ${flow(value)}.`;
}

/** Any value, or a part of it, may be an expression; a dimension is a number or text over symbols. */
function withExpressions(schema: JsonSchema, isDimension: boolean): JsonSchema {
  const { default: value, anyOf, ...rest } = schema;
  const kept = value === undefined ? {} : { default: value };
  const widened = (part: JsonSchema) => withExpressions(part, isDimension);
  const alternatives = (anyOf ?? [rest]).map((one) => mapParts(one, widened));
  const any = alternatives.some((one) => Object.keys(one).length === 0);
  if (any) return isDimension ? { ...kept, type: ['integer', 'string'] } : kept;
  return {
    ...kept,
    ...unionOf(alternatives.some(isFreeText) ? alternatives : [...alternatives, expression]),
  };
}

/** What may stand directly after the op, besides a mapping. */
function mainSchemas(op: OpName, attributes: Readonly<Record<string, JsonSchema>>): readonly JsonSchema[] {
  const { main, inputs } = opOf(op);
  const reads = main === 'from' || (main === undefined && ('atLeast' in inputs || inputs.length > 1));
  if (reads) return [{ type: ['string', 'number', 'array'], items: { type: ['string', 'number'] } }];
  const {
    description: _,
    default: __,
    ...schema
  } = (main === undefined ? undefined : attributes[main]) ?? {};
  if (main === undefined) return [];
  return (schema.anyOf ?? [schema]).filter(({ type }) => type !== 'object');
}

const sugarTexts = {
  norm: 'A normalisation behind the layer: `none`, the name of an op, or one op with its attributes.',
  activation:
    'An activation behind the layer, and behind its `norm`: `none`, the name of an op, or one op with its attributes.',
};

function sugarSchema(key: keyof typeof sugarTexts): JsonSchema {
  const candidates = sugarCandidates(key);
  const one = {
    ...expression,
    type: ['object', 'string'],
    properties: Object.fromEntries(candidates.map((op) => [op, ref(opDefinition(op))])),
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
  } as const;
  return { description: sugarTexts[key], anyOf: [{ enum: ['none', ...candidates] }, one] };
}
