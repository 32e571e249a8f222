import * as z from 'zod';
import type { Mapping } from '../../parser/mapping.ts';
import { described, type JsonSchema, jsonSchemaOf, mapValues } from './jsonSchema.ts';

/**
 * A mapping with the keys of a schema of the parser, each with its text. `inside` has what the parser reads further on,
 * in place of what the schema says of that key.
 */
export function mappingSchema(
  { shape, required }: Mapping,
  texts: Readonly<Record<string, string>>,
  inside: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const keys = Object.entries(shape).map(([key, schema]) => [
    key,
    required.includes(key) ? schema() : schema().optional(),
  ]);
  const { properties = {} } = jsonSchemaOf(z.strictObject(Object.fromEntries(keys)));
  return {
    type: 'object',
    properties: mapValues(properties, (property, key) => described(texts[key], inside[key] ?? property)),
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
}
