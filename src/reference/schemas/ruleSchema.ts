import { rules } from '../../linter/registry.ts';
import type { Rule } from '../../linter/rule.ts';
import { type JsonSchema, jsonSchemaOf } from './jsonSchema.ts';

/** Every rule under its id and under its code, with the levels it can be set to: a level, or [level, { options }]. */
export function ruleProperties(levels: readonly (string | boolean)[]): Readonly<Record<string, JsonSchema>> {
  const set = rules.map((rule) => [rule, ruleSchema(rule, levels)] as const);
  return Object.fromEntries([
    ...set.map(([{ id }, schema]) => [id, schema]),
    ...set.map(([{ code }, schema]) => [code, schema]),
  ]);
}

function ruleSchema(
  { summary, code, level, options }: Rule,
  levels: readonly (string | boolean)[],
): JsonSchema {
  const given = options === undefined ? { type: 'object', maxProperties: 0 } : jsonSchemaOf(options());
  return {
    description: `${code}: ${summary} Its level is ${level} where nothing is said.`,
    anyOf: [{ enum: levels }, { type: 'array', items: [{ enum: levels }, given], minItems: 1, maxItems: 2 }],
  };
}
