import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { ExpressionValue } from '../../parser/expression.ts';
import type { Findings } from '../../parser/findings.ts';
import type { ParamSpec, ParamType } from '../../parser/spec.ts';
import { Environment, evaluateLocated } from './environment.ts';

/** A value that a caller gives to a param; undefined = not known, because of an error already reported. */
export interface Given {
  readonly value: unknown;
  readonly span?: Span | undefined;
}

export interface ParamContext {
  /** `block \`inception_a\``, `the spec`. */
  readonly owner: string;
  /** What defaults may read besides the params above them. */
  readonly outer: Environment;
  readonly findings: Findings;
  /** Where a missing param is reported. */
  readonly span: Span | undefined;
  readonly variants?: readonly string[];
}

/** The values of params, in order; a default sees the params above it. */
export function bindParams(
  params: readonly ParamSpec[],
  given: ReadonlyMap<string, Given>,
  context: ParamContext,
): ReadonlyMap<string, ExpressionValue | undefined> {
  const known = params.map((p) => p.name);
  for (const [name, { span }] of given) {
    if (known.includes(name)) continue;
    const unknown = { owner: context.owner, param: name, known, nearest: didYouMean(name, known) };
    context.findings.add(problem('unknown-param', unknown), span);
  }
  const values = new Map<string, ExpressionValue | undefined>();
  for (const param of params) values.set(param.name, bindParam(param, { given, values, context }));
  return values;
}

function bindParam(
  param: ParamSpec,
  at: {
    given: ReadonlyMap<string, Given>;
    values: ReadonlyMap<string, ExpressionValue | undefined>;
    context: ParamContext;
  },
): ExpressionValue | undefined {
  const { context } = at;
  const own = at.given.get(param.name);
  if (own !== undefined) {
    const wrong = own.value === undefined ? undefined : wrongValue(param, own.value, kindOf(param, at));
    if (wrong === undefined) return own.value as ExpressionValue | undefined;
    context.findings.add(
      problem('wrong-value', { what: `param \`${param.name}\` of ${context.owner}`, reason: wrong }),
      own.span,
    );
    return undefined;
  }
  if (param.default === undefined) {
    const { owner, variants } = context;
    const missing = { owner, param: param.name, ...(variants === undefined ? {} : { variants }) };
    context.findings.add(problem('missing-param', missing), context.span ?? param.span);
    return undefined;
  }
  const value = evaluateLocated(
    param.default,
    new Environment(at.values, context.outer),
    context.findings,
  )?.value;
  const wrong = value === undefined ? undefined : wrongValue(param, value, param.type);
  if (wrong === undefined) return value as ExpressionValue | undefined;
  context.findings.add(
    problem('wrong-value', { what: `the default of \`${param.name}\``, reason: wrong }),
    param.default.span,
  );
  return undefined;
}

/** The declared type, or the kind of a literal default: `dropout: 0` takes 0.5, but not a text. */
function kindOf(
  param: ParamSpec,
  { values, context }: Parameters<typeof bindParam>[1],
): ParamType | undefined {
  if (param.type !== undefined || param.default === undefined) return param.type;
  const value = evaluateLocated(
    param.default,
    new Environment(values, context.outer),
    context.findings,
  )?.value;
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
  if (type !== undefined && !typeChecks[type].is(value))
    return `must be ${typeChecks[type].name}, not ${shown}`;
  if (param.min !== undefined && Number(value) < param.min)
    return `must be at least ${param.min}, not ${shown}`;
  if (param.max !== undefined && Number(value) > param.max)
    return `must be at most ${param.max}, not ${shown}`;
  const choices = param.choices?.map((c) => JSON.stringify(c));
  if (choices !== undefined && !choices.includes(shown))
    return `must be one of ${choices.join(', ')}, not ${shown}`;
  return undefined;
}
