import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Findings } from '../../parser/findings.ts';
import type { DimSpec } from '../../parser/spec.ts';
import type { Dim } from '../../tensor/dim.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import { wrongSize } from './claims.ts';
import { Absent, type Binding, Environment, evaluateLocated } from './environment.ts';

interface Defining {
  readonly env: Environment;
  /** Those that the inputs name; those that are defined are added. */
  readonly symbols: Map<string, Dim>;
  /** False where there may be further symbols, for a reason already reported. */
  readonly complete: boolean;
  readonly findings: Findings;
}

type Defined = DimSpec & Required<Pick<DimSpec, 'equals'>>;

/** Whether `dims` says what the symbol equals. */
export function isDefined(dim: DimSpec): dim is Defined {
  return dim.equals !== undefined;
}

/**
 * Works out the symbols that `dims` defines by others, in whatever order they stand: each is from then on its expression.
 * Gives the names of those that could not be worked out, for a reason that is reported.
 */
export function defineDims(dims: readonly DimSpec[], at: Defining): ReadonlySet<string> {
  const open = new Map(dims.filter(isDefined).map((dim) => [dim.name, dim]));
  const failed = new Set<string>();
  for (const dim of open.values()) define(dim, [], { ...at, open, failed });
  return failed;
}

interface Work extends Defining {
  readonly open: ReadonlyMap<string, Defined>;
  readonly failed: Set<string>;
}

function define(dim: Defined, chain: readonly string[], work: Work): void {
  const { name, span } = dim;
  const { symbols, failed, findings } = work;
  if (symbols.has(name) || failed.has(name)) return;
  if (chain.includes(name)) {
    const circle = [...chain.slice(chain.indexOf(name)), name].join(' → ');
    findings.add(problem('wrong-value', { what: '`dims`', reason: `runs in a circle: ${circle}` }), span);
    for (const each of chain) failed.add(each);
    return;
  }
  const text = textOf(dim, work);
  const parts = text === undefined ? [] : namesIn(text);
  for (const part of parts) {
    const definition = work.open.get(part);
    if (definition !== undefined) define(definition, [...chain, name], work);
  }
  const isKnown = text !== undefined && !failed.has(name) && !parts.some((part) => failed.has(part));
  const value = isKnown ? dimOf(text, dim, work) : undefined;
  if (value === undefined) failed.add(name);
  else symbols.set(name, value);
}

/** The expression as text. A `$( )` in it sees params only: a symbol there is told apart from a name that is not known. */
function textOf({ equals }: Defined, { env, symbols, open, findings }: Work): string | undefined {
  const why = (name: string) =>
    new Absent(
      `\`${name}\` is a symbol, which \`$( )\` does not see: write it outside, as in \`equals: ${name} + 1\``,
    );
  const names = [...symbols.keys(), ...open.keys()].filter((name) => env.binding(name) === undefined);
  const blind = new Environment(new Map(names.map((n): [string, Binding] => [n, why(n)])), env);
  const evaluated = evaluateLocated(equals, blind, findings);
  return evaluated === undefined ? undefined : String(evaluated.value);
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name);
}

function dimOf(
  text: string,
  { equals }: Defined,
  { symbols, complete, findings }: Defining,
): Dim | undefined {
  const parsed = parseDim(text, symbols);
  if (!parsed.ok && !complete) return undefined;
  const reason = parsed.ok
    ? typeof parsed.value === 'number'
      ? wrongSize(parsed.value)
      : undefined
    : hinted(parsed.reason, text, symbols);
  if (parsed.ok && reason === undefined) return parsed.value;
  findings.add(problem('bad-dimension', { dimension: text, reason: reason ?? '' }), equals.span);
  return undefined;
}

function hinted(reason: string, text: string, symbols: ReadonlyMap<string, Dim>): string {
  const unknown = namesIn(text).find((name) => !symbols.has(name));
  // One letter is near to any other.
  const nearest =
    unknown === undefined || unknown.length === 1 ? undefined : didYouMean(unknown, symbols.keys());
  return nearest === undefined ? reason : `${reason} (did you mean \`${nearest}\`?)`;
}
