import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { ExpressionValue } from '../../parser/expression.ts';
import type { Findings } from '../../parser/findings.ts';
import { stepSchema } from '../../parser/schema.ts';
import type { ParamSpec, ParamType, Spec } from '../../parser/spec.ts';
import type { Giver } from './bindingSource.ts';
import { Absent, Environment, evaluateLocated } from './environment.ts';

/** A value that a caller gives to a param; undefined = not known, because of an error already reported. */
export interface Given {
  readonly value: unknown;
  readonly span?: Span | undefined;
  readonly keySpan?: Span | undefined;
  readonly by: Giver;
}

export interface ParamContext {
  /** `block \`inception_a\``, `the spec`. */
  readonly owner: string;
  /** What defaults may read besides the params above them. */
  readonly outer: Environment;
  readonly findings: Findings;
  /** Where a missing param is reported; where it is declared, if not given. */
  readonly span?: Span | undefined;
  /** What to say of a missing param. */
  readonly missing?: { readonly help?: string; readonly variants?: readonly string[] } | 'nothing';
}

type Values = Map<string, ExpressionValue | undefined>;

/** What a file or a block declares. */
export type Declared = Pick<Spec, 'params' | 'paramsComplete'>;

/** The names of the params with their values, in order; a default sees the params above it. `around` are names besides. */
export function bindParams(
  declared: Declared,
  given: ReadonlyMap<string, Given>,
  context: ParamContext,
  around = Environment.empty,
): Environment {
  const { params, paramsComplete } = declared;
  reportUnknownParams(declared, given, context);
  const values: Values = new Map();
  const within = { ...context, outer: withLater(declared, context.outer) };
  for (const param of params) {
    const own = given.get(param.name);
    values.set(
      param.name,
      own === undefined
        ? defaultOf(param, values, within)
        : checkGiven(param, own, { values, context: within }),
    );
  }
  const { owner, outer } = context;
  const source = { kind: 'params', owner, params, givers: given, outer } as const;
  return new Environment(values, around, { unsure: !paramsComplete, source });
}

/** The names outside, and those of params that are not bound yet: a default that reads one is told why it cannot. */
function withLater({ params, paramsComplete }: Declared, outer: Environment): Environment {
  const later = params.filter(({ name }) => outer.binding(name) === undefined && !outer.isUnknown(name));
  const why = (name: string) =>
    new Absent(`the default of a param reads only those that stand above it; move \`${name}\` up`);
  const bindings = new Map(later.map(({ name }) => [name, why(name)]));
  return new Environment(bindings, outer, { unsure: !paramsComplete });
}

/** Reports given params that are not declared. */
export function reportUnknownParams(
  { params, paramsComplete }: Declared,
  given: ReadonlyMap<string, Pick<Given, 'keySpan'>>,
  { owner, findings }: Pick<ParamContext, 'owner' | 'findings'>,
): void {
  if (!paramsComplete) return;
  const known = params.map((p) => p.name);
  const declared = new Set(known);
  for (const [param, { keySpan }] of given) {
    if (declared.has(param)) continue;
    const isStepKey = keySpan !== undefined && Object.hasOwn(stepSchema.shape, param);
    const help = isStepKey ? `outdent \`${param}\`: it belongs to the step` : undefined;
    const nearest = didYouMean(param, known);
    findings.add(problem('unknown-param', { owner, param, known, nearest, help }), keySpan);
  }
}

function checkGiven(
  param: ParamSpec,
  { value, span }: Given,
  { values, context }: { values: Values; context: ParamContext },
): ExpressionValue | undefined {
  const wrong = value === undefined ? undefined : wrongValue(param, value, kindOf(param, values, context));
  if (wrong === undefined) return value as ExpressionValue | undefined;
  const what = `param \`${param.name}\` of ${context.owner}`;
  const related = span === undefined ? [{ span: param.span, message: 'declared here' }] : [];
  context.findings.add(problem('wrong-value', { what, reason: wrong }), span, { related });
  return undefined;
}

function defaultOf(param: ParamSpec, values: Values, context: ParamContext): ExpressionValue | undefined {
  const { owner, missing, findings } = context;
  if (param.default === undefined) {
    if (missing === 'nothing') return undefined;
    const span = context.span ?? param.span;
    const related = span === param.span ? [] : [{ span: param.span, message: 'declared here' }];
    findings.add(problem('missing-param', { owner, param: param.name, ...missing }), span, { related });
    return undefined;
  }
  const value = evaluateLocated(param.default, new Environment(values, context.outer), findings)?.value;
  const wrong = value === undefined ? undefined : wrongValue(param, value, param.type);
  if (wrong === undefined) return value as ExpressionValue | undefined;
  const what = `the default of \`${param.name}\``;
  findings.add(problem('wrong-value', { what, reason: wrong }), param.default.span);
  return undefined;
}

/** The declared type, or the kind of a literal default: `dropout: 0` takes 0.5, but not a text. */
function kindOf(param: ParamSpec, values: Values, { outer, findings }: ParamContext): ParamType | undefined {
  if (param.type !== undefined || param.default === undefined) return param.type;
  const value = evaluateLocated(param.default, new Environment(values, outer), findings)?.value;
  if (typeof value === 'number') return 'float';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Array.isArray(value) ? 'list' : undefined;
}

const typeChecks: Readonly<
  Record<ParamType, { readonly is: (value: unknown) => boolean; readonly name: string }>
> = {
  int: { is: Number.isInteger, name: 'a whole number' },
  float: { is: (v) => typeof v === 'number', name: 'a number' },
  bool: { is: (v) => typeof v === 'boolean', name: 'true or false' },
  string: { is: (v) => typeof v === 'string', name: 'text' },
  list: { is: Array.isArray, name: 'a list' },
};

function wrongValue(param: ParamSpec, value: unknown, type: ParamType | undefined): string | undefined {
  const shown = JSON.stringify(value);
  const isPlain = ['number', 'string', 'boolean'].includes(typeof value) || Array.isArray(value);
  if (type !== undefined && !typeChecks[type].is(value))
    return `must be ${typeChecks[type].name}, not ${shown}`;
  if (!isPlain) return `must be a number, text, true, false or a list, not ${shown}`;
  if (param.min !== undefined && Number(value) < param.min)
    return `must be at least ${param.min}, not ${shown}`;
  if (param.max !== undefined && Number(value) > param.max)
    return `must be at most ${param.max}, not ${shown}`;
  const choices = param.choices?.map((c) => JSON.stringify(c));
  if (choices !== undefined && !choices.includes(shown))
    return `must be one of ${choices.join(', ')}, not ${shown}`;
  return undefined;
}
