import * as z from 'zod';

/** The parts of JSON Schema, draft 7, that schemas of ours are made of. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly dependencies?: Readonly<Record<string, JsonSchema | readonly string[]>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  /** What VS Code and the language server for YAML say instead of the pattern; other readers pass over it. */
  readonly patternErrorMessage?: string;
  /** The same for a wrong type, and for what `not` refuses. */
  readonly errorMessage?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** The draft that both VS Code and the language server for YAML know whole. */
export const draft = 'http://json-schema.org/draft-07/schema#';

/** `$name` or `$(…)` somewhere in a text: what it gives is known when the step is expanded. */
export const expression = {
  type: 'string',
  pattern: '\\$',
  patternErrorMessage: 'Text here must be an expression: $name or $(…).',
} as const;

/** A schema of zod's as JSON Schema, without what says nothing. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  });
  // zod types its output as every draft allows; in draft 7 no part of ours is `true` or `false` but the named ones.
  return tidied(made as JsonSchema);
}

/** Without the bounds of exact whole numbers, and with alternatives as one schema where their types tell them apart. */
function tidied(schema: JsonSchema): JsonSchema {
  const { anyOf, minimum, maximum, propertyNames, ...rest } = mapParts(schema, tidied);
  const bounds = {
    ...(minimum === undefined || Math.abs(minimum) === Number.MAX_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || Math.abs(maximum) === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
  const names = propertyNames === undefined || isFreeText(propertyNames) ? {} : { propertyNames };
  return { ...rest, ...names, ...bounds, ...(anyOf === undefined ? {} : unionOf(anyOf)) };
}

/** The same schema with each schema in it replaced. */
export function mapParts(schema: JsonSchema, replace: (part: JsonSchema) => JsonSchema): JsonSchema {
  const { anyOf, items, properties, additionalProperties } = schema;
  return {
    ...schema,
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(replace) }),
    ...(items === undefined ? {} : { items: isList(items) ? items.map(replace) : replace(items) }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, replace) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: replace(additionalProperties) }
      : {}),
  };
}

function isList(items: JsonSchema | readonly JsonSchema[]): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

/** A record with each value replaced. */
export function mapValues<T, U>(record: Readonly<Record<string, T>>, made: (value: T, key: string) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, made(value, key)]));
}

/** Text of any kind. */
export function isFreeText(schema: JsonSchema): boolean {
  const narrowed = [schema.pattern, schema.enum, schema.const].some((said) => said !== undefined);
  return typesOf(schema).includes('string') && !narrowed;
}

/** The types that a schema names. */
export function typesOf({ type }: Pick<JsonSchema, 'type'>): readonly string[] {
  return type === undefined ? [] : [type].flat();
}

/**
 * Alternatives as one schema. Those of different types become one with a list of types, as each keyword speaks of one
 * type only: what is wrong is then reported once, at its own place, and not once for each alternative.
 */
export function unionOf(alternatives: readonly JsonSchema[]): JsonSchema {
  let merged: JsonSchema | undefined;
  const apart: JsonSchema[] = [];
  for (const one of alternatives.flatMap(({ anyOf, ...rest }) => anyOf ?? [rest])) {
    if (!isOpen(one)) apart.push(one);
    else if (merged === undefined) merged = one;
    else if (typesOf(one).some((type) => typesOf(merged ?? {}).includes(type))) apart.push(one);
    else merged = { ...merged, ...one, type: [...typesOf(merged), ...typesOf(one)] };
  }
  const all = merged === undefined ? apart : [...apart, merged];
  const [first] = all;
  return all.length === 1 && first !== undefined ? first : { anyOf: all };
}

/** Whether all that a schema says holds for the types that it names. */
function isOpen(schema: JsonSchema): boolean {
  const closed = ['enum', 'const', '$ref', 'allOf', 'not', 'if', 'description', 'default'] as const;
  return schema.type !== undefined && closed.every((key) => schema[key] === undefined);
}

/** A schema with a description of its own; beside `$ref` draft 7 reads none. */
export function described(description: string | undefined, schema: JsonSchema): JsonSchema {
  if (description === undefined) return schema;
  return schema.$ref === undefined ? { description, ...schema } : { description, allOf: [schema] };
}

/** A reference to a definition. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** A mapping from names of a pattern to values of one kind. */
export function mapTo(values: JsonSchema, pattern?: string): JsonSchema {
  const names = pattern === undefined ? {} : { propertyNames: { pattern } };
  return { type: 'object', ...names, additionalProperties: values };
}
