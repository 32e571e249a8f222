import type * as z from 'zod';
import { described, type JsonSchema, jsonSchemaOf, mapValues } from './jsonSchema.ts';

/**
 * A mapping with the keys of a schema of the parser, each with its text. `inside` has what the parser reads further on,
 * in place of what the schema says of that key.
 */
export function mappingSchema(
  schema: z.ZodObject,
  texts: Readonly<Record<string, string>>,
  inside: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const { properties = {}, required } = jsonSchemaOf(schema);
  return {
    type: 'object',
    properties: mapValues(properties, (property, key) => described(texts[key], inside[key] ?? property)),
    additionalProperties: false,
    ...(required === undefined || required.length === 0 ? {} : { required }),
  };
}
