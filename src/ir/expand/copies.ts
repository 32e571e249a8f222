import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import { namePattern } from '../../parser/namePattern.ts';
import type { CopiedSpec } from '../../parser/spec.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import { repeatCopies } from './repeat.ts';
import { evaluateWhen } from './when.ts';

/** One input or output that is declared, alone or as a copy of a repeat. */
export interface Copy<S extends CopiedSpec> {
  readonly spec: S;
  readonly name: string;
  /** What expressions beside it see. */
  readonly env: Environment;
  /** Its `when` takes it away. */
  readonly leftOut: boolean;
}

interface At {
  readonly env: Environment;
  readonly findings: Findings;
}

/** What one declaration stands for; undefined where that is not known, for a reason that is reported. */
export function copiesOf<S extends CopiedSpec>(spec: S, at: At): readonly Copy<S>[] | undefined {
  const envs = spec.repeat === undefined ? [at.env] : repeatCopies(spec.repeat, at);
  const copies = envs?.map((env, i) =>
    copyOf(spec, spec.repeat === undefined ? '' : `_${i}`, { ...at, env }),
  );
  const known = copies?.flatMap((c) => (c === undefined ? [] : [c]));
  return known?.length === copies?.length ? known : undefined;
}

function copyOf<S extends CopiedSpec>(spec: S, suffix: string, at: At): Copy<S> | undefined {
  const when = evaluateWhen(spec.when, at.env, at.findings);
  const name = evaluateName(spec.name, at);
  if (when === undefined || name === undefined) return undefined;
  const own = spec.name.template === undefined ? suffix : '';
  return { spec, name: `${name}${own}`, env: at.env, leftOut: !when };
}

/** The text of a name; one that cannot be a name is reported. */
export function evaluateName(written: LocatedScalar, { env, findings }: At): string | undefined {
  const evaluated = evaluateLocated(written, env, findings);
  if (evaluated === undefined) return undefined;
  const name = String(evaluated.value);
  // What is written out was checked where it was read: `_` may be an output of a block.
  if (written.template === undefined || namePattern.test(name)) return name;
  findings.add(problem('bad-name', { name }), written.span);
  return undefined;
}

interface NamedAt {
  readonly name: string;
  readonly span: Span;
}

/** Reports a name that something of the same kind has already; gives those that come first. */
export function reportSameNames<T extends NamedAt>(
  items: readonly T[],
  what: string,
  findings: Findings,
): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const before = first.get(item.name);
    if (before === undefined) first.set(item.name, item);
    else reportSameName(item, before, { what, findings });
  }
  return [...first.values()];
}

function reportSameName(
  { name, span }: NamedAt,
  before: NamedAt,
  { what, findings }: { what: string; findings: Findings },
): void {
  const again = before.span.start === span.start;
  const help = again
    ? 'it is repeated: put the index into its name, as in `a_$(i)`'
    : 'remove one of the two';
  const related = again ? [] : [{ span: before.span, message: 'the first is here' }];
  findings.add(problem('duplicate-name', { name, what, help }), span, { related });
}
