import * as z from 'zod';
import { type OpName, opOf } from '../../ops/registry.ts';
import { choice, code, table } from '../markdown.ts';
import { flow } from './exampleSpec.ts';

/** The parts of JSON Schema in which zod describes attributes. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** An attribute as the manual has it. */
export interface AttributeDescription {
  readonly name: string;
  /** What it may be, in words. */
  readonly values: string;
  readonly required: boolean;
  /** What it is where nothing is said; missing where that is not one value. */
  readonly default?: unknown;
  readonly description: string;
}

/** The attributes of an op: what each may be, what it is where nothing is said, and what it means. */
export function attributesOf(op: OpName): readonly AttributeDescription[] {
  const schema = z.toJSONSchema(opOf(op).attributes(), { io: 'input', unrepresentable: 'any' });
  // The attributes of an op are a flat object: each property is described in the parts above.
  const { required = [] } = schema;
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>);
  return properties.map(([name, property]) => ({
    name,
    values: valuesOf(property),
    required: required.includes(name),
    ...('default' in property ? { default: property.default } : {}),
    description: property.description ?? '',
  }));
}

/** The attributes of an op as a table. */
export function attributeTable(op: OpName): string {
  return table(
    ['Attribute', 'Values', 'Default', 'Meaning'],
    attributesOf(op).map((attribute) => [
      code(attribute.name),
      attribute.values,
      'default' in attribute
        ? code(flow(attribute.default))
        : attribute.required
          ? 'must be given'
          : 'may be left out',
      attribute.description,
    ]),
  );
}

/** What a value may be, in words. */
export function valuesOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(valuesOf).join(', or ');
  if (schema.const !== undefined) return code(flow(schema.const));
  if (Array.isArray(schema.type)) return schema.type.map((type) => valuesOf({ type })).join(', or ');
  if (schema.enum !== undefined) return choice(schema.enum.map((value) => code(flow(value))));
  switch (schema.type) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `whole number${bounds(schema)}`;
    case 'number':
      return `number${bounds(schema)}`;
    case 'array':
      return arrayOf(schema);
    case 'object':
      return objectOf(schema);
    case 'string':
      return 'text';
    default:
      // The one schema of an op that JSON Schema cannot express is that of a dimension.
      return 'dimension';
  }
}

function objectOf({ properties, additionalProperties = {} }: Schema): string {
  if (properties === undefined) {
    const any = Object.keys(additionalProperties).length === 0;
    return `{ NAME: ${any ? 'anything' : valuesOf(additionalProperties)}, … }`;
  }
  const fields = Object.entries(properties).map(([key, value]) => `${key}: ${valuesOf(value)}`);
  return `{ ${fields.join(', ')} }`;
}

function arrayOf({ items, prefixItems, minItems, maxItems }: Schema): string {
  const [first] = prefixItems ?? [];
  if (first !== undefined) return `pair of ${valuesOf(first)}`;
  const count = maxItems === undefined ? `${minItems ?? 0} or more` : `${minItems ?? 0} to ${maxItems}`;
  return `list of ${count} (${items === undefined || items === false ? 'values' : valuesOf(items)})`;
}

/** Bounds that say something: zod states those of exact whole numbers, too. */
function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const stated = [
    { sign: '≥', bound: minimum },
    { sign: '>', bound: exclusiveMinimum },
    { sign: '≤', bound: maximum },
    { sign: '<', bound: exclusiveMaximum },
  ].filter(({ bound }) => bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER);
  return stated.length === 0 ? '' : ` ${stated.map(({ sign, bound }) => `${sign} ${bound}`).join(' and ')}`;
}
