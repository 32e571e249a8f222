import { opNames } from '../../ops/registry.ts';
import { namePattern } from '../../parser/namePattern.ts';
import { branchSchema, mergeNames, stepSchema as stepKeys, structureSchemas } from '../../parser/schema.ts';
import { described, type JsonSchema, mapTo, mapValues, ref, unionOf } from './jsonSchema.ts';
import { branchTexts, stepTexts, structureTexts } from './keyTexts.ts';
import { mappingSchema } from './mappingSchema.ts';
import { opDefinition } from './opSchema.ts';

/** Where steps stand: in a file that declares blocks a name that is no op may be a block, elsewhere it is a mistake. */
export interface StepPlace {
  /** What the names of the definitions begin with. */
  readonly prefix: '' | 'blocks_';
  readonly declaresBlocks: boolean;
}

/** `alias.block`, which an import may bring. */
const imported = '^[^.]+\\..+$';

/** Steps and what they are made of: lists, branches and structures. */
export function stepDefinitions({ prefix, declaresBlocks }: StepPlace): Readonly<Record<string, JsonSchema>> {
  const steps = ref(`${prefix}steps`);
  const branch = mappingSchema(branchSchema, branchTexts, { steps });
  return {
    [`${prefix}steps`]: { type: 'array', items: ref(`${prefix}step`) },
    [`${prefix}branch`]: unionOf([{ type: 'array', items: ref(`${prefix}step`) }, branch]),
    // The mapping first: editors take the first of equally bad alternatives, and its message names the wrong key.
    [`${prefix}step`]: { anyOf: [call(prefix, declaresBlocks), { enum: opNames }] },
  };
}

/** A step as a mapping: one call, the keys of its structure, and the keys of every step. */
function call(prefix: StepPlace['prefix'], declaresBlocks: boolean): JsonSchema {
  const [steps, branch] = [ref(`${prefix}steps`), ref(`${prefix}branch`)];
  const structures = {
    branches: described(
      structureTexts.branches,
      unionOf([
        { type: 'array', items: branch, minItems: 1 },
        { ...mapTo(branch), minProperties: 1 },
      ]),
    ),
    merge: described(structureTexts.merge, ref('merge')),
    residual: described(structureTexts.residual, branch),
    shortcut: described(structureTexts.shortcut, branch),
    steps: described(structureTexts.steps, steps),
    tap: described(structureTexts.tap, steps),
  };
  const block = ref('block_call');
  return {
    type: ['object', 'string'],
    pattern: declaresBlocks ? namePattern.source : imported,
    patternErrorMessage: 'No op is called so; a block of an import is called as alias.block.',
    properties: {
      ...Object.fromEntries(opNames.map((op) => [op, ref(opDefinition(op))])),
      ...structures,
      ...stepProperties(),
    },
    ...(declaresBlocks
      ? { additionalProperties: block }
      : { patternProperties: { [imported]: block }, additionalProperties: false }),
    allOf: [ref('called')],
    dependencies: { ...oneCall(), merge: ['branches'], shortcut: ['residual'] },
  };
}

function stepProperties(): Readonly<Record<string, JsonSchema>> {
  const inside = { repeat: ref('repeat'), defaults: ref('defaults'), expect: ref('step_claim') };
  return mappingSchema(stepKeys, stepTexts, inside).properties ?? {};
}

/** Beside an op or a structure stand no other keys than those of a step and of that structure. */
function oneCall(): Readonly<Record<string, JsonSchema>> {
  const only = (keys: readonly string[]): JsonSchema => ({
    propertyNames: { anyOf: [{ enum: keys }, ref('step_key')] },
  });
  return {
    ...Object.fromEntries(opNames.map((op) => [op, only([op])])),
    ...mapValues(structureSchemas, ({ shape }, key) => ({
      ...only(Object.keys(shape)),
      ...(key === 'branches' ? { required: ['merge'] } : {}),
    })),
  };
}

/** What steps of both places share. */
export function sharedStepDefinitions(): Readonly<Record<string, JsonSchema>> {
  return {
    // With its message in a schema of its own: where keys are not allowed, editors would show it in place of the key.
    called: {
      not: { type: 'object', propertyNames: ref('step_key') },
      errorMessage: 'A step calls one op, block or structure; this one calls none.',
    },
    step_key: { enum: Object.keys(stepKeys.shape) },
    block_call: { description: 'The params of a block.', type: ['object', 'null'] },
    merge: mergeSchema(),
  };
}

function mergeSchema(): JsonSchema {
  const ops = mergeNames.filter((name) => name !== 'none');
  const orders = {
    description: 'The branches by name, in the order in which they are joined.',
    type: ['array', 'string'],
    items: { type: ['string', 'number'] },
  };
  const concat: JsonSchema = {
    type: ['object', 'null'],
    properties: { axis: ref(`${opDefinition('concat')}/properties/axis`), order: orders },
    additionalProperties: false,
  };
  const attributes = (op: string): JsonSchema =>
    op === 'concat' ? concat : { type: ['object', 'null'], maxProperties: 0 };
  return {
    anyOf: [
      { enum: mergeNames },
      {
        type: 'object',
        properties: Object.fromEntries(ops.map((op) => [op, attributes(op)])),
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
    ],
  };
}
