import type { Span } from '../../diagnostics/source.ts';
import { Findings } from '../../parser/findings.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import { namePattern } from '../../parser/namePattern.ts';
import type { StepSpec } from '../../parser/spec.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { plainNames } from './naming.ts';
import { repeatCopies } from './repeat.ts';
import { type Scope, unknownOutcome } from './scope.ts';

/**
 * Makes it known that steps are left out: the names that they would have in this scope, with those inside unnamed
 * structures, lead to nothing, which an output or an optional input may. Automatic names are not counted on.
 */
export function leaveOut(steps: readonly StepSpec[], scope: Scope, x: Expansion): void {
  for (const step of steps) {
    const copies = copiesOf(step, scope.env);
    for (const [i, env] of copies.entries()) {
      x.budget.steps -= 1;
      if (x.budget.steps < 0) return;
      leaveOutStep(step, { ...scope, env }, step.repeat === undefined ? '' : `_${i}`, x);
    }
    for (const name of step.repeat === undefined ? [] : plainNames(step))
      leaveOutName({ ...step, name }, scope, '');
  }
}

/** What cannot be worked out is not said here: nothing of these steps is run. */
function copiesOf({ repeat }: StepSpec, env: Environment): readonly Environment[] {
  if (repeat === undefined) return [env];
  return repeatCopies(repeat, { env, findings: new Findings() }) ?? [env];
}

/** As `leaveOut`, of one copy of one step; `suffix` as its plain name has it. */
export function leaveOutStep(step: StepSpec, scope: Scope, suffix: string, x: Expansion): void {
  for (const name of step.names ?? [])
    leaveOutName({ ...step, name }, scope, name.template === undefined ? suffix : '');
  if (step.name !== undefined) {
    leaveOutName(step, scope, step.name.template === undefined ? suffix : '');
    return;
  }
  switch (step.kind) {
    case 'steps':
    case 'tap':
      leaveOut(step.steps, scope, x);
      break;
    case 'residual':
      leaveOut(step.shortcut?.steps ?? [], scope, x);
      leaveOut(step.body.steps, scope, x);
      break;
    case 'branches':
      for (const { key, steps, span } of step.branches) {
        if (key === undefined) leaveOut(steps, scope, x);
        else leaveOutName({ name: key, span }, scope, '');
      }
      break;
    case 'op':
    case 'block':
    case 'invalid':
      break;
    default:
      step satisfies never;
  }
}

function leaveOutName(
  { name, span }: { name?: LocatedScalar; span: Span },
  scope: Scope,
  suffix: string,
): void {
  if (name === undefined) return;
  const evaluated = evaluateLocated(name, scope.env, new Findings());
  const local = `${String(evaluated?.value)}${suffix}`;
  if (evaluated === undefined) scope.names.unsure = true;
  else if (namePattern.test(local)) markLeftOut(local, span, scope);
}

/** A name that something else has already stays with that. */
export function markLeftOut(local: string, span: StepSpec['span'], { names }: Scope): void {
  if (!names.has(local)) names.set(local, { ...unknownOutcome, leftOut: 'left out', span });
}
