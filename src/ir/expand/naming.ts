import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { namePattern } from '../../parser/schema.ts';
import type { StepSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion, StepName } from './expansion.ts';
import { countedName, type Flow, pathIn, type Scope } from './scope.ts';

/** The step's own name, or that of its op or block, counted. Structures without a name have none. */
export function nameOf(step: StepSpec, scope: Scope, suffix: string, x: Expansion): StepName | undefined {
  if (step.name === undefined) return automaticName(step, scope);
  const evaluated = evaluateLocated(step.name, scope.env, x.findings);
  const own = step.name.template === undefined ? suffix : '';
  const local = `${String(evaluated?.value)}${own}`;
  if (evaluated !== undefined && namePattern.test(local))
    return { local, full: pathIn(scope, local), explicit: true };
  if (evaluated !== undefined) x.findings.add(problem('bad-name', { name: local }), step.name.span);
  scope.names.unsure = true;
  return automaticName(step, scope);
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
  if (only !== undefined) x.named.set(pathIn(scope, local), { value: only, span });
  return only;
}
