import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import { namePattern } from '../../parser/namePattern.ts';
import type { StepSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import { addEndPoint } from './claims.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import {
  countedName,
  type Flow,
  flowOf,
  noParts,
  pathIn,
  type Scope,
  together,
  unknownFlow,
} from './scope.ts';

/** The step's own name, or that of its op or block, counted. Structures without a name have none. */
export function nameOf(step: StepSpec, scope: Scope, suffix: string, x: Expansion): StepName | undefined {
  if (step.name === undefined) return automaticName(step, scope);
  const local = givenName(step.name, scope, suffix, x);
  if (local !== undefined) return { local, full: pathIn(scope, local), explicit: true };
  return automaticName(step, scope);
}

/** A name as it is written, with `suffix` where it is plain; undefined, and the scope `unsure`, where it is not known. */
function givenName(
  name: LocatedScalar,
  scope: Scope,
  suffix: string,
  { findings }: Expansion,
): string | undefined {
  const evaluated = evaluateLocated(name, scope.env, findings);
  const local = `${String(evaluated?.value)}${name.template === undefined ? suffix : ''}`;
  if (evaluated !== undefined && namePattern.test(local)) return local;
  if (evaluated !== undefined) findings.add(problem('bad-name', { name: local }), name.span);
  scope.names.unsure = true;
  return undefined;
}

/** The names that a step's list gives to its values; `unsure` where one cannot be worked out. */
export function namesOfValues(
  { names }: StepSpec,
  scope: Scope,
  suffix: string,
  x: Expansion,
): readonly string[] {
  return (names ?? []).flatMap((name) => givenName(name, scope, suffix, x) ?? []);
}

/** `name: [q, k, v]`: makes the values of a step known one by one, in order. */
export function nameValues(
  step: StepSpec,
  { outcome, scope, suffix }: { outcome: Outcome; scope: Scope; suffix: string },
  x: Expansion,
): void {
  const { names } = step;
  if (names === undefined) return;
  const values = valuesOf(outcome);
  if (values !== undefined && values.length !== names.length) {
    const reason = `names ${names.length} values, but the step gives ${values.length}`;
    x.findings.add(problem('wrong-value', { what: '`name`', reason }), names[0]?.span ?? step.callSpan);
  }
  for (const [i, local] of namesOfValues(step, scope, suffix, x).entries()) {
    const span = names[i]?.span ?? step.callSpan;
    reportTaken(local, { scope, place: span }, x);
    const value = values?.[i];
    const flow = value === undefined ? unknownFlow : flowOf(value);
    scope.names.set(local, { flow, parts: noParts, span });
    finishNames(local, { scope, flow, span }, x);
    if (value === undefined) continue;
    const full = pathIn(scope, local);
    x.builder.name(value, full, true);
    if (scope.top) addEndPoint({ name: full, value, span }, x);
  }
}

/** Every value that a step gives, also those that do not go on; undefined where they are not known. */
function valuesOf({ flow, parts }: Outcome): readonly Value[] | undefined {
  const all = parts.size > 0 ? together(parts.values()) : flow;
  return all.kind === 'values' ? all.values : undefined;
}

/** The names of a step that are written out: a repeat adds the number of the copy to them. */
export function plainNames({ name, names }: StepSpec): readonly LocatedScalar[] {
  const all = names ?? (name === undefined ? [] : [name]);
  return all.filter((n) => n.template === undefined && !n.broken);
}

/** Takes down the names that steps are going to have, so that one that reads too early can be told so. */
export function announceNames(steps: readonly StepSpec[], { names }: Scope): void {
  for (const { value, span } of steps.flatMap(plainNames)) names.below.set(String(value), span);
}

function automaticName(step: StepSpec, scope: Scope): StepName | undefined {
  const base =
    step.kind === 'op'
      ? step.op
      : step.kind === 'block'
        ? step.block.slice(step.block.lastIndexOf('.') + 1)
        : undefined;
  if (base === undefined) return undefined;
  const local = countedName(scope, base);
  return { local, full: pathIn(scope, local), explicit: false };
}

interface Taking {
  readonly scope: Scope;
  readonly place: Span;
  /** What two of one name are, in the message. */
  readonly what?: string;
  readonly help?: string;
}

/** Reports a name that something before it in the scope has already. */
export function reportTaken(local: string, { scope, place, what, help }: Taking, x: Expansion): void {
  const known = scope.names.get(local);
  if (known === undefined || known.leftOut) return;
  // The copies of a repeat have their names from one place, and are one mistake.
  const key = `${place.source.name}:${place.start}`;
  if (x.takenAt.has(key)) return;
  x.takenAt.add(key);
  const again = known.span.source === place.source && known.span.start === place.start;
  const repeated = again ? 'the step is repeated: put the index into its name, as in `a_$(i)`' : undefined;
  const related = again ? [] : [{ span: known.span, message: 'the first is here' }];
  const found = problem('duplicate-name', { name: pathIn(scope, local), what, help: help ?? repeated });
  x.findings.add(found, place, { related });
}

/** Notes a name for `--until`; gives the one value that it stands for, if it is one. */
export function finishNames(
  local: string,
  { scope, flow, span }: { scope: Scope; flow: Flow; span: Span },
  x: Expansion,
): Value | undefined {
  const [only] = flow.kind === 'values' && flow.values.length === 1 ? flow.values : [];
  if (only !== undefined) x.named?.set(pathIn(scope, local), { value: only, span });
  return only;
}
