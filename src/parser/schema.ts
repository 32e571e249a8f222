import * as z from 'zod';
import { once } from '../common/once.ts';
import { mapping } from './mapping.ts';
import { namePattern } from './namePattern.ts';
import { isParamName } from './paramName.ts';

/**
 * The shape of a spec, key by key. The parser takes from it which keys there are and checks each value against its
 * entry; steps and attributes are dispatched by name (a union over all ops would destroy the message).
 */

const text = once(() => z.string({ error: 'must be text' }));
const number = once(() => z.number());
const list = once(() => z.array(z.unknown()));
const name = once(() =>
  text()
    .refine((written) => namePattern.test(written), { error: 'must be letters, digits, `_`, `-` or `.`' })
    .meta({ pattern: namePattern.source }),
);
const word = once(() => text().refine(isParamName, { error: 'must be a word that expressions can read' }));
/** Anything with `$` is an expression: its value is checked when it is known. */
const expression = once(() => z.string().regex(/\$/));

/** A value of this schema, or an expression that gives one. */
function orExpression<S extends z.ZodType>(schema: S, error: string) {
  return z.union([schema, expression()], { error });
}

const dimension = once(() =>
  z.union([z.int(), z.string(), z.number()], { error: 'must be a number, a symbol or an expression' }),
);
const shape = once(() =>
  z.array(dimension(), { error: 'must be a list of dimensions, such as [N, 299, 299, 3]' }),
);
const steps = once(() => z.array(z.unknown(), { error: 'must be a list of steps' }));
const mapOf = (error: string) => z.record(z.string(), z.unknown(), { error });
const when = once(() => orExpression(z.boolean(), 'must be true, false or an expression'));

export const paramTypes = ['int', 'float', 'bool', 'string', 'list'] as const;

export const paramSchema = mapping({
  type: () => z.enum(paramTypes, { error: `must be one of ${paramTypes.join(', ')}` }),
  default: z.unknown,
  min: number,
  max: number,
  choices: () => list().min(1),
  description: text,
});

const dtype = once(() =>
  z.enum(['float32', 'float16', 'int32', 'bool'], { error: 'must be float32, float16, int32 or bool' }),
);
const repeat = once(() =>
  z.union([z.int().min(0), expression(), mapOf('')], {
    error: 'must be a whole number, { times }, { over, as } or { over: { name: list } }',
  }),
);

export const inputSchema = mapping(
  {
    shape,
    dtype,
    range: () => z.tuple([number(), number()], { error: 'must be two numbers, [low, high]' }),
    mean: () => z.array(number()),
    std: () => z.array(number()),
    description: text,
    repeat,
    when,
  },
  ['shape'],
);

const reference = once(() => z.union([z.string(), z.number()]));
const source = () => z.union([z.string(), z.number()], { error: 'must be the name of a value' });

/** An output of a network in its long form. */
export const outputSchema = mapping(
  {
    from: source,
    labels: () =>
      z.union([z.array(reference()).min(1), z.string().min(1)], {
        error: 'must be a list of names, or the path of a file with a name on each line',
      }),
    repeat,
    when,
  },
  ['from'],
);

/** An output of a block: what its entries stand for is said where a network gives it. */
export const blockOutputSchema = mapping({ from: source, repeat, when }, ['from']);

const bound = once(() => orExpression(z.int().min(1), 'must be a whole number of at least 1'));

export const dimSchema = mapping({
  equals: () => z.union([z.int(), z.string()], { error: 'must be an expression over symbols' }),
  min: bound,
  max: bound,
  multiple_of: bound,
  remainder: () => orExpression(z.int().min(0), 'must be a whole number'),
});

/** Text is a rounded number, a formula over symbols, or a bound; it is read where the symbols are known. */
const countForms = 'a whole number, or text such as 42.7M, 864*H*W or <= 5M';
const count = once(() => z.union([z.int().min(0), z.string()], { error: `must be ${countForms}` }));

export const parametersClaimSchema = mapping({ trainable: count, non_trainable: count, total: count });

const parametersClaim = once(() =>
  z.union([z.int().min(0), z.string(), mapOf('')], {
    error: `must be ${countForms} (the trainable ones), or { trainable, non_trainable, total }`,
  }),
);

export const totalsSchema = mapping({
  parameters: parametersClaim,
  macs: count,
  depth: count,
  outputs: () => mapOf('must be output names with their shapes'),
});

export const stepClaimSchema = mapping({
  shape: () => z.array(z.unknown(), { error: 'must be a shape' }),
  parameters: parametersClaim,
  macs: count,
});

export const repeatSchema = mapping({
  times: () => orExpression(z.int().min(0), 'must be a whole number'),
  over: () =>
    z.union([list(), expression(), mapOf('')], {
      error: 'must be a list, or names with a list each: { depth: [2, 6], heads: [3, 12] }',
    }),
  as: () => z.union([word(), z.array(word()).min(1)], { error: 'must be a name or a list of names' }),
  index: word,
  parallel: z.boolean,
});

export const branchSchema = mapping({ steps, when }, ['steps']);

/** `{ q: _, mask: m }`: what each input reads. */
const referencesByInput = () => z.record(z.string(), reference());

const listOfNames = () =>
  z.array(z.union([name(), number(), expression()])).min(1, 'must be a name, or a list of names');

const defaults = once(() => mapOf('must be ops with their attributes'));
const expectation = once(() =>
  z.union([list(), mapOf('')], { error: 'must be a shape, or { shape, parameters, macs }' }),
);

/** The keys that may stand around the call of a step. */
export const stepSchema = mapping({
  name: () =>
    z.union([name(), number(), expression(), listOfNames()], {
      error: 'must be a name, or a list of names',
    }),
  share: text,
  from: () =>
    z.union([z.string(), number(), z.array(reference()), referencesByInput()], {
      error: 'must be a name, a list of names, or the inputs with a name each',
    }),
  repeat,
  when,
  defaults,
  expect: expectation,
  note: text,
});

export const mergeNames = ['concat', 'add', 'multiply', 'average', 'maximum', 'none'] as const;

const merge = () =>
  z.union([z.enum(mergeNames), mapOf('')], {
    error: `must be one of ${mergeNames.join(', ')}, or { concat: { axis, order } }`,
  });

const stepsOrGroup = once(() =>
  z.union([list(), mapOf('')], { error: 'must be a list of steps; an empty one is `[]`' }),
);

const branches = () =>
  z.union([list(), mapOf('')], { error: 'must be branches by name, or a list of lists of steps' });

/** The structures, each with the further keys that go beside it. */
export const structureSchemas = {
  branches: mapping({ branches, merge }, ['branches', 'merge']),
  residual: mapping({ residual: stepsOrGroup, shortcut: stepsOrGroup }, ['residual']),
  steps: mapping({ steps }, ['steps']),
  tap: mapping({ tap: steps }, ['tap']),
};

/** What a block says of a value that it reads. */
export const blockInputSchema = mapping({
  shape,
  dtype,
  optional: () => z.boolean({ error: 'must be true or false' }),
  description: text,
});

const params = once(() => mapOf('must be names with defaults'));
const outputs = once(() =>
  z.union([list().min(1), mapOf('')], {
    error: 'must be a list of names, or output names with references',
  }),
);

export const blockSchema = mapping(
  {
    description: text,
    source: () => z.union([text(), z.array(text())]),
    params,
    inputs: () =>
      z.union([z.array(name()), mapOf('')], {
        error: 'must be a list of names, or names with shapes; `[]` for a block that reads nothing',
      }),
    defaults,
    expect: expectation,
    steps,
    outputs,
  },
  ['steps'],
);

export const documentSchema = mapping(
  {
    /** The schema by which editors of JSON check the file; nothing of ours reads it. */
    $schema: text,
    inception: z.unknown,
    name,
    title: text,
    description: text,
    source: () => z.union([text(), z.array(text())], { error: 'must be text or a list of texts' }),
    imports: () => mapOf('must be aliases with paths'),
    params,
    variants: () => mapOf('must be variants with values of params'),
    dims: () => mapOf('must be symbols with { min, max, multiple_of, remainder } or { equals }'),
    inputs: () => mapOf('must be names with shapes'),
    channels: () =>
      z.enum(['last', 'first'], {
        error: 'must be `last` (shapes are written [batch, …spatial, channels]) or `first`',
      }),
    defaults,
    blocks: () => mapOf('must be names with blocks'),
    network: steps,
    outputs,
    expect: () => mapOf('must be claims: parameters, macs, depth, outputs'),
    lint: () => mapOf('must be rules with `off`, `warn` or `error`'),
  },
  ['name'],
);
