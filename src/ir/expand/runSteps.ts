import { problem } from '../../diagnostics/diagnostic.ts';
import { opOf } from '../../ops/registry.ts';
import { namePattern } from '../../parser/schema.ts';
import type { StepSpec } from '../../parser/spec.ts';
import { callBlock } from './callBlock.ts';
import { callOp } from './callOp.ts';
import { addEndPoint, claimStep } from './claims.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import { type Expansion, noParts, type Outcome, type StepName } from './expansion.ts';
import { resolveFrom } from './references.ts';
import { isChained, repeatCopies } from './repeat.ts';
import { countedName, type Flow, pathIn, type Scope, unknownFlow } from './scope.ts';
import { callBranches, callGroup, callResidual } from './structures.ts';
import { evaluateWhen } from './when.ts';

/** Passes one current value from top to bottom. */
export function runSteps(steps: readonly StepSpec[], scope: Scope, flow: Flow, x: Expansion): Flow {
  let current = flow;
  for (const step of steps)
    current =
      step.repeat === undefined ? runStep(step, scope, current, x) : runRepeat(step, scope, current, x);
  return current;
}

/** Copies in a chain, each reading the one before; side by side if `parallel`. */
function runRepeat(step: StepSpec, scope: Scope, flow: Flow, x: Expansion): Flow {
  const { repeat } = step;
  const copies = repeat === undefined ? undefined : repeatCopies(repeat, scope, x);
  if (repeat === undefined || copies === undefined) return unknownFlow;
  if (!repeat.parallel && copies.length > 1 && !isChained(step, repeat)) {
    x.findings.add(
      problem('repeat-not-chained', { name: String(step.name?.value ?? '') }),
      step.from?.span ?? step.span,
    );
  }
  const flows: Flow[] = [];
  let current = flow;
  for (const [i, env] of copies.entries()) {
    const result = runStep(step, { ...scope, env }, repeat.parallel ? flow : current, x, `_${i}`);
    flows.push(result);
    current = result;
  }
  const all: Flow = flows.every((f) => f.kind === 'values')
    ? { kind: 'values', values: flows.flatMap((f) => (f.kind === 'values' ? f.values : [])) }
    : unknownFlow;
  const result = repeat.parallel && flows.length > 0 ? all : current;
  nameRepeat(step, { scope, flows, result });
  return result;
}

/** A plain name on a repeat stands for the last copy; `name/k` and `name/*` for each. */
function nameRepeat(
  { name, span }: StepSpec,
  { scope, flows, result }: { scope: Scope; flows: readonly Flow[]; result: Flow },
): void {
  if (name === undefined || name.template !== undefined) return;
  const parts = new Map(flows.map((f, i) => [String(i), f]));
  scope.names.set(String(name.value), { flow: result, parts, span });
}

function runStep(step: StepSpec, scope: Scope, flow: Flow, x: Expansion, suffix = ''): Flow {
  const reading = { scope, current: flow, findings: x.findings };
  const input = step.from === undefined ? flow : resolveFrom(step.from, reading);
  const local = localScope(step, scope, input, x);
  const when = evaluateWhen(step.when, local.env, x.findings);
  const name = nameOf(step, local, suffix, x);
  if (name === 'failed' || when === undefined) return unknownFlow;
  if (!when) {
    if (name !== undefined && !local.names.has(name.local)) {
      local.names.set(name.local, { flow: unknownFlow, parts: noParts, leftOut: true, span: step.span });
    }
    return flow;
  }
  const outcome = call(step, name, { scope: local, input }, x);
  if (name !== undefined) register(step, name, { outcome, scope: local }, x);
  else if (step.expect !== undefined) claimUnnamed(step, outcome, local, x);
  return step.kind === 'tap' ? flow : outcome.flow;
}

/** The scope of one step: with `in_channels`, and with the step's own `defaults` innermost. */
function localScope(step: StepSpec, scope: Scope, input: Flow, x: Expansion): Scope {
  const env = withInChannels(scope.env, input, x);
  if (step.defaults === undefined) return { ...scope, env };
  return { ...scope, env, layer: { defaults: step.defaults, env, ofFile: false, outer: scope.layer } };
}

/** `in_channels`: the size of the last axis of the first value that the step reads. */
function withInChannels(env: Environment, input: Flow, { builder }: Expansion): Environment {
  const [first] = input.kind === 'values' ? input.values : [];
  const channels = first === undefined ? undefined : builder.typeOf(first)?.shape.at(-1);
  return env.with('in_channels', typeof channels === 'number' ? channels : undefined);
}

/** The step's own name, or that of its op or block, counted. Structures without a name have none. */
function nameOf(step: StepSpec, scope: Scope, suffix: string, x: Expansion): StepName | undefined | 'failed' {
  if (step.name === undefined) {
    const base = automaticName(step);
    if (base === undefined) return undefined;
    const local = countedName(scope, base);
    return { local, full: pathIn(scope, local), explicit: false };
  }
  const evaluated = evaluateLocated(step.name, scope.env, x.findings);
  if (evaluated === undefined) return 'failed';
  const own = step.name.template === undefined ? suffix : '';
  const local = `${String(evaluated.value)}${own}`;
  if (!namePattern.test(local)) {
    x.findings.add(problem('bad-name', { name: local }), step.name.span);
    return 'failed';
  }
  return { local, full: pathIn(scope, local), explicit: true };
}

function automaticName(step: StepSpec): string | undefined {
  if (step.kind === 'op') return step.op;
  return step.kind === 'block' ? step.block.slice(step.block.lastIndexOf('.') + 1) : undefined;
}

function call(
  step: StepSpec,
  name: StepName | undefined,
  at: { scope: Scope; input: Flow },
  x: Expansion,
): Outcome {
  const anonymous: StepName = name ?? { local: '', full: at.scope.path, explicit: false };
  switch (step.kind) {
    case 'op':
      return callOp(step, anonymous, withoutUnset(step, at), x);
    case 'block':
      return callBlock(step, anonymous, at, x);
    case 'branches':
      return callBranches(step, { name, ...at }, x);
    case 'residual':
      return callResidual(step, { name, ...at }, x);
    case 'steps':
    case 'tap':
      return callGroup(step, { name, ...at }, x);
    case 'invalid':
      return { flow: unknownFlow, parts: noParts };
    default:
      return step satisfies never;
  }
}

/** An op that reads nothing does not ask what the current value is. */
function withoutUnset(
  step: Extract<StepSpec, { kind: 'op' }>,
  at: { scope: Scope; input: Flow },
): { scope: Scope; input: Flow } {
  const { inputs } = opOf(step.op);
  const readsNothing = !('atLeast' in inputs) && inputs.length === 0;
  return readsNothing ? { ...at, input: { kind: 'values', values: [] } } : at;
}

/** Makes the name known, to `from` and to the graph; takes down claims; notes the end point. */
function register(
  step: StepSpec,
  name: StepName,
  { outcome, scope }: { outcome: Outcome; scope: Scope },
  x: Expansion,
): void {
  const known = scope.names.get(name.local);
  if (known !== undefined && !known.leftOut) {
    const related = [{ span: known.span, message: 'the first is here' }];
    x.findings.add(problem('duplicate-name', { name: name.full }), step.name?.span ?? step.callSpan, {
      related,
    });
  }
  scope.names.set(name.local, { ...outcome, span: step.name?.span ?? step.callSpan });
  if (outcome.flow.kind === 'values') {
    const span = step.name?.span ?? step.callSpan;
    const [only] = outcome.flow.values.length === 1 ? outcome.flow.values : [];
    if (only !== undefined) {
      x.builder.name(only, name.full, name.explicit);
      x.named.set(name.full, { value: only, span });
      const pointedOut = scope.top && (name.explicit || step.kind === 'block');
      if (pointedOut) addEndPoint({ name: name.full, value: only, span }, x);
    }
  }
  if (step.expect !== undefined)
    claimStep(step.expect, { name, flow: outcome.flow, scope, endPoint: true }, x);
}

/** A claim on an unnamed structure is about its value, under the value's own name. */
function claimUnnamed(step: StepSpec, outcome: Outcome, scope: Scope, x: Expansion): void {
  const [value] = outcome.flow.kind === 'values' ? outcome.flow.values : [];
  if (step.expect === undefined || value === undefined) return;
  const name: StepName = { local: value.name, full: value.name, explicit: false };
  claimStep(step.expect, { name, flow: outcome.flow, scope, endPoint: true }, x);
}
