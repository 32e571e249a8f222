import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { InputSpec, Spec } from '../../parser/spec.ts';
import { type Copy, copiesOf, reportSameNames } from './copies.ts';
import type { Environment } from './environment.ts';

export type InputCopy = Copy<InputSpec>;

export interface NamedPlace {
  readonly name: string;
  readonly span: Span;
}

/** Every input that is declared, those of a repeat one by one. */
export function inputCopies(
  { inputs, inputsComplete }: Spec,
  env: Environment,
  findings: Findings,
): { readonly copies: readonly InputCopy[]; readonly complete: boolean } {
  const found = inputs.map((input) => copiesOf(input, { env, findings }));
  const copies = found.flatMap((c) => c ?? []);
  const named = copies.filter((c) => !c.leftOut).map((copy) => ({ ...copy, span: copy.spec.name.span }));
  const first = reportSameNames(named, 'inputs', findings);
  const twice = new Set(named.filter((n) => !first.includes(n)).map(({ name }) => name));
  const complete = inputsComplete && !found.includes(undefined) && twice.size === 0;
  return { copies: [...first, ...copies.filter((c) => c.leftOut)], complete };
}

/** The plain name of a repeat, which stands for all of its copies. */
export function groupOf({ name, repeat }: InputSpec): { readonly group?: string } {
  return repeat === undefined || name.template !== undefined ? {} : { group: String(name.value) };
}

/** Names that lead to nothing: of inputs that are left out, and of repeats without copies. */
export function leftOutOf({ inputs }: Spec, copies: readonly InputCopy[]): readonly NamedPlace[] {
  const single = copies.filter((c) => c.leftOut).map(({ name, spec }) => ({ name, span: spec.name.span }));
  const groups = inputs
    .filter((input) => !copies.some((c) => c.spec === input && !c.leftOut))
    .flatMap((input) => ({ name: groupOf(input).group, span: input.name.span }));
  return [...single, ...groups.flatMap(({ name, span }) => (name === undefined ? [] : [{ name, span }]))];
}

/** Reports shapes that are given for inputs which are not there. */
export function reportUnknownInputs(
  copies: readonly InputCopy[],
  given: readonly string[],
  findings: Findings,
): void {
  const known = copies.filter((c) => !c.leftOut).map((c) => c.name);
  for (const name of given.filter((g) => !known.includes(g))) {
    const absent = copies.some((c) => c.name === name);
    const help = absent ? 'its `when` leaves it out' : undefined;
    const nearest = absent ? undefined : didYouMean(name, known);
    findings.add(problem('unknown-name', { name, what: 'input', known, nearest, help }), undefined);
  }
}
