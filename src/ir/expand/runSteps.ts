import { type Diagnostic, problem } from '../../diagnostics/diagnostic.ts';
import { opOf } from '../../ops/registry.ts';
import { Findings } from '../../parser/findings.ts';
import type { StepSpec } from '../../parser/spec.ts';
import { TooMany } from './builder.ts';
import { callBlock } from './callBlock.ts';
import { callOp } from './callOp.ts';
import { addEndPoint, claimStep } from './claims.ts';
import { Absent, type Environment } from './environment.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import { leaveOutStep, markLeftOut } from './leaveOut.ts';
import {
  announceNames,
  finishNames,
  nameOf,
  namesOfValues,
  nameValues,
  plainNames,
  reportTaken,
} from './naming.ts';
import { resolveFrom } from './references.ts';
import { isChained, repeatCopies } from './repeat.ts';
import { type Flow, type Scope, together, unknownFlow, unknownOutcome } from './scope.ts';
import { shareWeights } from './share.ts';
import { callBranches, callGroup, callResidual } from './structures.ts';
import { evaluateWhen } from './when.ts';

/** Passes one current value from top to bottom. */
export function runSteps(steps: readonly StepSpec[], scope: Scope, flow: Flow, x: Expansion): Flow {
  announceNames(steps, scope);
  let current = flow;
  for (const step of steps) {
    for (const name of plainNames(step)) scope.names.below.delete(String(name.value));
    current =
      step.repeat === undefined
        ? runStep(step, { scope, flow: current, suffix: '' }, x)
        : runRepeat(step, scope, current, x);
  }
  return current;
}

/** Copies in a chain, each reading the one before; side by side if `parallel`. */
function runRepeat(step: StepSpec, scope: Scope, flow: Flow, x: Expansion): Flow {
  const { repeat } = step;
  const walking = { env: scope.env, findings: x.findings };
  const copies = repeat === undefined ? undefined : repeatCopies(repeat, walking);
  if (repeat === undefined || copies === undefined) {
    nameUnknown(step, scope);
    return unknownFlow;
  }
  if (!repeat.parallel && copies.length > 1 && !isChained(step, repeat, scope.env)) {
    x.findings.add(
      problem('repeat-not-chained', { name: String(step.name?.value ?? '') }),
      step.from?.span ?? step.callSpan,
    );
  }
  const flows: Flow[] = [];
  let current = flow;
  for (const [i, env] of copies.entries()) {
    const at = { scope: { ...scope, env }, flow: repeat.parallel ? flow : current, suffix: `_${i}` };
    const result = runStep(step, at, x);
    flows.push(result);
    current = result;
  }
  const result = repeat.parallel && flows.length > 0 ? together(flows) : current;
  nameRepeat(step, { scope, flows, result }, x);
  return result;
}

/** A step that is not run, for a reason already reported: its name is there; what else it would name is not known. */
function nameUnknown(step: StepSpec, scope: Scope): void {
  scope.names.unsure = true;
  for (const name of plainNames(step))
    scope.names.set(String(name.value), { ...unknownOutcome, span: step.span });
}

/** A plain name on a repeat stands for the last copy; `name/k` and `name/*` for each. */
function nameRepeat(
  step: StepSpec,
  { scope, flows, result }: { scope: Scope; flows: readonly Flow[]; result: Flow },
  x: Expansion,
): void {
  for (const name of plainNames(step)) {
    const local = String(name.value);
    const copies = flows.map((_, i) => scope.names.get(`${local}_${i}`));
    const each = step.names === undefined ? flows : copies.map((c) => c?.flow ?? unknownFlow);
    const last = step.repeat?.parallel ? together(each) : (each.at(-1) ?? unknownFlow);
    const flow = step.names === undefined ? result : last;
    const made = copies.at(-1)?.made;
    const parts = new Map(each.map((f, i) => [String(i), f]));
    reportTaken(local, { scope, place: name.span }, x);
    scope.names.set(local, { flow, parts, ...(made === undefined ? {} : { made }), span: step.span });
    finishNames(local, { scope, flow, span: step.span }, x);
  }
}

/** `suffix` is added to a plain name, so that copies of a repeat differ. */
function runStep(
  step: StepSpec,
  { scope, flow, suffix }: { scope: Scope; flow: Flow; suffix: string },
  x: Expansion,
): Flow {
  x.budget.steps -= 1;
  if (x.budget.steps < 0) throw new TooMany('steps');
  const before = x.builder.size;
  const read = step.from === undefined ? undefined : readFrom(step.from, { scope, flow }, x);
  const input = read?.input ?? flow;
  const local = localScope(step, scope, input, x);
  const when = evaluateWhen(step.when, local.env, x.findings);
  // A step that is left out may have read what is left out with it.
  x.findings.merge(read?.found.filter(({ name }) => when !== false || name !== 'left-out') ?? []);
  const name = nameOf(step, local, suffix, x);
  if (when === undefined) {
    nameUnknown(step, local);
    return unknownFlow;
  }
  if (!when) {
    x.builder.takeBack(before);
    if (name === undefined) leaveOutStep(step, local, suffix, x);
    else markLeftOut(name.local, step.span, local);
    for (const left of namesOfValues(step, local, suffix, x)) markLeftOut(left, step.span, local);
    return flow;
  }
  if (name !== undefined)
    reportTaken(name.local, { scope: local, place: step.name?.span ?? step.callSpan }, x);
  const from = x.builder.size;
  const outcome = call(step, name, { scope: local, input }, x);
  const nodes = [from, x.builder.size] as const;
  shareWeights({ step, nodes, name: name?.full ?? '', scope: local }, x);
  if (step.note !== undefined && step.kind !== 'op') noteValues(step.note, { outcome, from }, x);
  const done = { outcome, scope: local, nodes };
  nameValues(step, { outcome, scope: local, suffix }, x);
  if (name !== undefined) register(step, name, done, x);
  else if (step.expect !== undefined) claimUnnamed(step, done, x);
  return step.kind === 'tap' ? flow : outcome.flow;
}

/** What `from` leads to, and what there is to say of it, which depends on whether the step is run. */
function readFrom(
  from: NonNullable<StepSpec['from']>,
  { scope, flow }: { scope: Scope; flow: Flow },
  { builder }: Expansion,
): { readonly input: Flow; readonly found: readonly Diagnostic[] } {
  const findings = new Findings();
  const input = resolveFrom(from, { scope, current: flow, findings, builder, span: from.span });
  return { input, found: findings.diagnostics };
}

/** The note of a block or structure stands at the nodes that give its values, where it made them. */
function noteValues(
  note: string,
  { outcome: { flow }, from }: { outcome: Outcome; from: number },
  { builder }: Expansion,
): void {
  for (const value of flow.kind === 'values' ? flow.values : []) builder.note(value, note, from);
}

/** The scope of one step: with `in_channels`, and with the step's own `defaults` innermost. */
function localScope(step: StepSpec, scope: Scope, input: Flow, x: Expansion): Scope {
  const env = withInChannels(scope.env, input, x);
  if (step.defaults === undefined) return { ...scope, env };
  return { ...scope, env, layer: { defaults: step.defaults, env, ofFile: false, outer: scope.layer } };
}

/** `in_channels`: the size of the last axis of the first value that the step reads. */
function withInChannels(env: Environment, input: Flow, { builder }: Expansion): Environment {
  if (input.kind === 'unknown') return env.with('in_channels', undefined);
  const [first] = input.kind === 'values' ? input.values : [];
  if (first === undefined) return env.with('in_channels', new Absent('this step reads no value'));
  const shape = builder.typeOf(first)?.shape;
  const channels = shape?.at(-1);
  if (shape === undefined) return env.with('in_channels', undefined);
  if (typeof channels === 'number') return env.with('in_channels', channels, { kind: 'channels', of: first });
  const what = shape.length === 0 ? 'has no axes' : 'has channels that are a symbol, not a number';
  return env.with('in_channels', new Absent(`${first.name} ${what}`));
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
      at.scope.names.unsure ||= name === undefined;
      return unknownOutcome;
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

interface Done {
  readonly outcome: Outcome;
  readonly scope: Scope;
  /** The first node it made, and the first after them. */
  readonly nodes: readonly [number, number];
}

/** Makes the name known, to `from` and to the graph; takes down claims; notes the end point. */
function register(step: StepSpec, name: StepName, { outcome, scope, nodes }: Done, x: Expansion): void {
  const { flow } = outcome;
  const span = step.name?.span ?? step.callSpan;
  scope.names.set(name.local, { ...outcome, made: { step, nodes }, span });
  const only = finishNames(name.local, { scope, flow, span }, x);
  if (only !== undefined) {
    x.builder.name(only, name.full, name.explicit);
    const pointedOut = scope.top && (name.explicit || step.kind === 'block');
    if (pointedOut) addEndPoint({ name: name.full, value: only, span }, x);
  }
  if (step.expect !== undefined)
    claimStep(step.expect, { name: name.full, flow, scope, nodes, endPoint: true }, x);
}

/** A claim on an unnamed structure is about its value, under the value's own name. */
function claimUnnamed(step: StepSpec, { outcome, scope, nodes }: Done, x: Expansion): void {
  const [value] = outcome.flow.kind === 'values' ? outcome.flow.values : [];
  if (step.expect === undefined || value === undefined) return;
  const name = value.name;
  claimStep(step.expect, { name, flow: outcome.flow, scope, nodes, endPoint: true }, x);
}
