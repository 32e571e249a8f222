import * as z from 'zod';
import { isParamName } from './paramName.ts';

/**
 * The shape of a spec, key by key. The parser takes from it which keys there are and checks each value against its
 * entry; steps and attributes are dispatched by name (a union over all ops would destroy the message).
 */

/** Letters, digits, `_ - .`; not `_` alone. */
export const namePattern = /^(?!_$)[\p{L}\p{N}_.-]+$/u;

const text = () => z.string({ error: 'must be text' });
const name = () => text().regex(namePattern, { error: 'must be letters, digits, `_`, `-` or `.`' });
const word = () => text().refine(isParamName, { error: 'must be a word that expressions can read' });
/** Anything with `$` is an expression: its value is checked when it is known. */
const expression = () => z.string().regex(/\$/);

/** A value of this schema, or an expression that gives one. */
function orExpression<S extends z.ZodType>(schema: S, error: string) {
  return z.union([schema, expression()], { error });
}

const wholeNumber = (error: string) => orExpression(z.int().min(0), error);
const dimension = () =>
  z.union([z.int(), z.string(), z.number()], { error: 'must be a number, a symbol or an expression' });
const shape = () => z.array(dimension(), { error: 'must be a list of dimensions, such as [N, 299, 299, 3]' });
const steps = () => z.array(z.unknown(), { error: 'must be a list of steps' });
const mapOf = (error: string) => z.record(z.string(), z.unknown(), { error });

export const paramTypes = ['int', 'float', 'bool', 'string', 'list'] as const;

export const paramSchema = z.strictObject({
  type: z.enum(paramTypes, { error: `must be one of ${paramTypes.join(', ')}` }).optional(),
  default: z.unknown().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  choices: z.array(z.unknown()).min(1).optional(),
  description: text().optional(),
});

const dtype = () =>
  z.enum(['float32', 'float16', 'int32', 'bool'], { error: 'must be float32, float16, int32 or bool' });
const whenSchema = () => orExpression(z.boolean(), 'must be true, false or an expression');
const repeated = () =>
  z.union([z.int().min(0), expression(), mapOf('')], {
    error: 'must be a whole number, { times }, { over, as } or { over: { name: list } }',
  });

export const inputSchema = z.strictObject({
  shape: shape(),
  dtype: dtype().optional(),
  range: z.tuple([z.number(), z.number()], { error: 'must be two numbers, [low, high]' }).optional(),
  mean: z.array(z.number()).optional(),
  std: z.array(z.number()).optional(),
  description: text().optional(),
  repeat: repeated().optional(),
  when: whenSchema().optional(),
});

/** An output of a network in its long form. */
export const outputSchema = z.strictObject({
  from: z.union([z.string(), z.number()], { error: 'must be the name of a value' }),
  labels: z
    .union([z.array(z.union([z.string(), z.number()])).min(1), z.string().min(1)], {
      error: 'must be a list of names, or the path of a file with a name on each line',
    })
    .optional(),
  repeat: repeated().optional(),
  when: whenSchema().optional(),
});

/** An output of a block: what its entries stand for is said where a network gives it. */
export const blockOutputSchema = outputSchema.omit({ labels: true });

export const dimSchema = z.strictObject({
  equals: z.union([z.int(), z.string()], { error: 'must be an expression over symbols' }).optional(),
  min: orExpression(z.int().min(1), 'must be a whole number of at least 1').optional(),
  max: orExpression(z.int().min(1), 'must be a whole number of at least 1').optional(),
  multiple_of: orExpression(z.int().min(1), 'must be a whole number of at least 1').optional(),
  remainder: orExpression(z.int().min(0), 'must be a whole number').optional(),
});

/** Text is a rounded number, a formula over symbols, or a bound; it is read where the symbols are known. */
const countForms = 'a whole number, or text such as 42.7M, 864*H*W or <= 5M';
const count = () => z.union([z.int().min(0), z.string()], { error: `must be ${countForms}` });

export const parametersClaimSchema = z.strictObject({
  trainable: count().optional(),
  non_trainable: count().optional(),
  total: count().optional(),
});

const parametersClaim = () =>
  z.union([z.int().min(0), z.string(), mapOf('')], {
    error: `must be ${countForms} (the trainable ones), or { trainable, non_trainable, total }`,
  });

export const totalsSchema = z.strictObject({
  parameters: parametersClaim().optional(),
  macs: count().optional(),
  depth: count().optional(),
  outputs: mapOf('must be output names with their shapes').optional(),
});

export const stepClaimSchema = z.strictObject({
  shape: z.array(z.unknown(), { error: 'must be a shape' }).optional(),
  parameters: parametersClaim().optional(),
  macs: count().optional(),
});

export const repeatSchema = z.strictObject({
  times: wholeNumber('must be a whole number').optional(),
  over: z
    .union([z.array(z.unknown()), expression(), mapOf('')], {
      error: 'must be a list, or names with a list each: { depth: [2, 6], heads: [3, 12] }',
    })
    .optional(),
  as: z.union([word(), z.array(word()).min(1)], { error: 'must be a name or a list of names' }).optional(),
  index: word().optional(),
  parallel: z.boolean().optional(),
});

export const branchSchema = z.strictObject({
  steps: steps(),
  when: whenSchema().optional(),
});

/** `{ q: _, mask: m }`: what each input reads. */
const referencesByInput = () => z.record(z.string(), z.union([z.string(), z.number()]));

const listOfNames = () =>
  z.array(z.union([name(), z.number(), expression()])).min(1, 'must be a name, or a list of names');

/** The keys that may stand around the call of a step. */
export const stepSchema = z.strictObject({
  name: z
    .union([name(), z.number(), expression(), listOfNames()], {
      error: 'must be a name, or a list of names',
    })
    .optional(),
  share: text().optional(),
  from: z
    .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])), referencesByInput()], {
      error: 'must be a name, a list of names, or the inputs with a name each',
    })
    .optional(),
  repeat: repeated().optional(),
  when: whenSchema().optional(),
  defaults: mapOf('must be ops with their attributes').optional(),
  expect: z
    .union([z.array(z.unknown()), mapOf('')], { error: 'must be a shape, or { shape, parameters, macs }' })
    .optional(),
  note: text().optional(),
});

export const mergeNames = ['concat', 'add', 'multiply', 'average', 'maximum', 'none'] as const;

const merge = () =>
  z.union([z.enum(mergeNames), mapOf('')], {
    error: `must be one of ${mergeNames.join(', ')}, or { concat: { axis, order } }`,
  });

const stepsOrGroup = () =>
  z.union([z.array(z.unknown()), mapOf('')], { error: 'must be a list of steps; an empty one is `[]`' });

/** The structures, each with the further keys that go beside it. */
export const structureSchemas = {
  branches: z.strictObject({
    branches: z.union([z.array(z.unknown()), mapOf('')], {
      error: 'must be branches by name, or a list of lists of steps',
    }),
    merge: merge(),
  }),
  residual: z.strictObject({ residual: stepsOrGroup(), shortcut: stepsOrGroup().optional() }),
  steps: z.strictObject({ steps: steps() }),
  tap: z.strictObject({ tap: steps() }),
};

/** What a block says of a value that it reads. */
export const blockInputSchema = z.strictObject({
  shape: shape().optional(),
  dtype: dtype().optional(),
  optional: z.boolean({ error: 'must be true or false' }).optional(),
  description: text().optional(),
});

export const blockSchema = z.strictObject({
  description: text().optional(),
  source: z.union([text(), z.array(text())]).optional(),
  params: mapOf('must be names with defaults').optional(),
  inputs: z
    .union([z.array(name()), mapOf('')], {
      error: 'must be a list of names, or names with shapes; `[]` for a block that reads nothing',
    })
    .optional(),
  defaults: mapOf('must be ops with their attributes').optional(),
  expect: z
    .union([z.array(z.unknown()), mapOf('')], { error: 'must be a shape, or { shape, parameters, macs }' })
    .optional(),
  steps: steps(),
  outputs: z
    .union([z.array(z.unknown()).min(1), mapOf('')], {
      error: 'must be a list of names, or output names with references',
    })
    .optional(),
});

export const documentSchema = z.strictObject({
  /** The schema by which editors of JSON check the file; nothing of ours reads it. */
  $schema: text().optional(),
  inception: z.unknown().optional(),
  name: name(),
  title: text().optional(),
  description: text().optional(),
  source: z.union([text(), z.array(text())], { error: 'must be text or a list of texts' }).optional(),
  imports: mapOf('must be aliases with paths').optional(),
  params: mapOf('must be names with defaults').optional(),
  variants: mapOf('must be variants with values of params').optional(),
  dims: mapOf('must be symbols with { min, max, multiple_of, remainder } or { equals }').optional(),
  inputs: mapOf('must be names with shapes').optional(),
  channels: z
    .enum(['last', 'first'], {
      error: 'must be `last` (shapes are written [batch, …spatial, channels]) or `first`',
    })
    .optional(),
  defaults: mapOf('must be ops with their attributes').optional(),
  blocks: mapOf('must be names with blocks').optional(),
  network: steps().optional(),
  outputs: z
    .union([z.array(z.unknown()).min(1), mapOf('')], {
      error: 'must be a list of names, or output names with references',
    })
    .optional(),
  expect: mapOf('must be claims: parameters, macs, depth, outputs').optional(),
  lint: mapOf('must be rules with `off`, `warn` or `error`').optional(),
});
