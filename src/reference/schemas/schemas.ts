import { configSchema } from './configSchema.ts';
import type { JsonSchema } from './jsonSchema.ts';
import { lintReportSchema } from './lintReportSchema.ts';
import type { SchemaName } from './schemaNames.ts';
import { shapesSchema } from './shapesSchema.ts';
import { specSchema } from './specSchema.ts';

const made: Readonly<Record<SchemaName, () => JsonSchema>> = {
  spec: specSchema,
  config: configSchema,
  'lint-report': () => lintReportSchema,
  shapes: () => shapesSchema,
};

/** The JSON Schema of specs, of configurations of the linter, of its reports or of shapes, as text. */
export function schemaText(name: SchemaName): string {
  return `${printed(made[name](), '')}\n`;
}

const width = 110;

/** JSON with everything on one line that fits there: a schema printed with a line for each word is twice as long. */
function printed(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= width) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => printed(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printed(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
