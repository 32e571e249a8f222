import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { OpName } from '../../ops/registry.ts';
import type { BranchSpec, MergeSpec, StepSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import { checkAttributes, gatherAttributes, type ResolvedAttributes } from './attributes.ts';
import { evaluateName } from './copies.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import { leaveOut, markLeftOut } from './leaveOut.ts';
import { finishNames, reportTaken } from './naming.ts';
import {
  childScope,
  countedName,
  type Flow,
  flowOf,
  noParts,
  pathIn,
  type Scope,
  together,
  unknownFlow,
  unknownOutcome,
} from './scope.ts';
import { evaluateWhen } from './when.ts';

type Structure<K extends StepSpec['kind']> = Extract<StepSpec, { kind: K }>;

interface At {
  /** Undefined for an unnamed structure, which opens no scope: its names belong to the scope around it. */
  readonly name: StepName | undefined;
  readonly scope: Scope;
  readonly input: Flow;
}

/** A named structure has a scope of its own; an unnamed one is transparent. */
function scopeOf({ name, scope }: At): Scope {
  return name === undefined ? scope : childScope(scope, name.local);
}

/** `steps` and `tap`: a group. */
export function callGroup(step: Structure<'steps' | 'tap'>, at: At, x: Expansion): Outcome {
  const inner = scopeOf(at);
  const flow = x.runSteps(step.steps, inner, at.input, x);
  if (flow.kind !== 'unset' || at.name === undefined) return { flow, parts: noParts, inner };
  x.findings.add(problem('no-current-value', { step: step.kind }), step.callSpan);
  return { ...unknownOutcome, inner };
}

interface Branch {
  readonly key: string;
  readonly flow: Flow;
}

/** `branches`: the same value through several lists of steps, then merged. */
export function callBranches(step: Structure<'branches'>, at: At, x: Expansion): Outcome {
  const inner = scopeOf(at);
  const keys = step.branches.map((spec, i) => keyOf(spec, i, inner, x));
  const kept = step.branches.flatMap((spec, i): Branch[] => {
    const key = keys[i];
    const named = spec.key === undefined ? undefined : key;
    if (key === undefined) return [{ key: `:${i}`, flow: unknownFlow }];
    const flow = runBranch({ ...spec, name: named }, { inner, input: at.input }, x);
    return flow === undefined ? [] : [{ key, flow }];
  });
  const parts = new Map(kept.map(({ key, flow }) => [key, flow]));
  if (kept.length === 0) {
    x.findings.add(problem('nothing-to-merge', {}), step.callSpan);
    return { ...unknownOutcome, inner };
  }
  if (kept.some(({ flow }) => flow.kind === 'unset')) {
    x.findings.add(problem('no-current-value', { step: 'branches' }), step.callSpan);
    return { ...unknownOutcome, inner };
  }
  const { merge } = step;
  if (merge === undefined) {
    inner.names.unsure ||= at.name === undefined;
    return { flow: unknownFlow, parts, inner };
  }
  const ordered = orderBranches(merge, [...parts], { scope: inner, keys }, x);
  return { flow: mergeFlows(merge, { step, flows: ordered ?? [unknownFlow], at }, x), parts, inner };
}

/** The name of a branch, or its number in the list form; undefined where it is not known, for a reason already reported. */
function keyOf({ key }: BranchSpec, number: number, scope: Scope, x: Expansion): string | undefined {
  if (key === undefined) return String(number);
  const name = key.broken ? undefined : evaluateName(key, { env: scope.env, findings: x.findings });
  scope.names.unsure ||= name === undefined;
  return name;
}

/**
 * The values of a branch, undefined where its `when` takes it away. A branch with a key has a scope of its own, which
 * `from` can reach as `key/name`.
 */
function runBranch(
  spec: BranchSpec & { readonly name: string | undefined },
  { inner, input }: { inner: Scope; input: Flow },
  x: Expansion,
): Flow | undefined {
  const { name: key, span } = spec;
  const when = evaluateWhen(spec.when, inner.env, x.findings);
  if (key === undefined) {
    inner.names.unsure ||= when === undefined;
    if (when === undefined) return unknownFlow;
    if (when) return x.runSteps(spec.steps, { ...inner, top: false }, input, x);
    leaveOut(spec.steps, inner, x);
    return undefined;
  }
  if (when === false) {
    markLeftOut(key, span, inner);
    return undefined;
  }
  const help = 'give the `branches` a `name`: those of its branches then stand below it';
  reportTaken(key, { scope: inner, place: span, what: 'branches or steps', help }, x);
  const scope = childScope(inner, key);
  const flow = when === undefined ? unknownFlow : x.runSteps(spec.steps, scope, input, x);
  inner.names.set(key, { flow, parts: noParts, inner: scope, span });
  return flow;
}

/** The branches in the order of `order`, which must be a permutation of all branches that can be there. */
function orderBranches(
  { order, span }: MergeSpec,
  kept: readonly (readonly [string, Flow])[],
  { scope, keys }: { scope: Scope; keys: readonly (string | undefined)[] },
  { findings }: Expansion,
): readonly Flow[] | undefined {
  if (order === undefined) return kept.map(([, flow]) => flow);
  const evaluated = evaluateLocated(order, scope.env, findings);
  if (evaluated === undefined) return undefined;
  const names = [evaluated.value].flat().map(String);
  const all = keys.flatMap((key) => key ?? []);
  if (all.length < keys.length) return undefined;
  if ([...names].sort().join('\n') !== [...all].sort().join('\n')) {
    findings.add(problem('order-not-a-permutation', { order: names, branches: all }), order.span ?? span);
    return undefined;
  }
  const flows = new Map(kept);
  return names.flatMap((n) => flows.get(n) ?? []);
}

function mergeFlows(
  { op, attributes }: MergeSpec,
  { step, flows, at }: { step: Structure<'branches'>; flows: readonly Flow[]; at: At },
  x: Expansion,
): Flow {
  const all = together(flows);
  const values = all.kind === 'values' ? all.values : undefined;
  if (op === 'none' || values?.length === 1) return all;
  return addMerge(op, values, { ...at, entries: attributes, span: step.callSpan, note: step.note }, x);
}

/**
 * The node where branches meet: it has the structure's name, or its op's, counted in the scope around it. The name is
 * there also where the values are not known.
 */
function addMerge(
  op: OpName,
  inputs: readonly Value[] | undefined,
  at: At & Pick<MergeSpec, 'span'> & { entries: MergeSpec['attributes']; note?: string | undefined },
  x: Expansion,
): Flow {
  const { name, scope, entries, span, note } = at;
  const { findings } = x;
  const local = name?.local ?? countedName(scope, op);
  const gathered = gatherAttributes(op, { entries, env: scope.env }, { layer: scope.layer, findings });
  const resolved = checkAttributes(op, gathered, x, span);
  const full = pathIn(scope, local);
  const made =
    inputs === undefined || resolved === undefined
      ? []
      : x.builder.addNode({
          op,
          name: full,
          step: full,
          valueNames: [full],
          resolved: unstretched(resolved, span),
          inputs,
          frame: scope.frame,
          span,
          note,
        });
  const flow = made.length === 0 ? unknownFlow : flowOf(...made);
  if (name === undefined) {
    scope.names.set(local, { flow, parts: noParts, span });
    finishNames(local, { scope, flow, span }, x);
  }
  return flow;
}

/** Branches that meet have one shape: nothing is stretched unless the merge itself says so. */
function unstretched(resolved: ResolvedAttributes, span: Span): ResolvedAttributes {
  const { attributes, origins } = resolved;
  if (!('broadcast' in attributes) || origins.broadcast?.kind === 'written') return resolved;
  return {
    attributes: { ...attributes, broadcast: false },
    origins: { ...origins, broadcast: { kind: 'merge', span } },
  };
}

/** `residual`: the shortcut (the value itself, or `shortcut`) plus the value after the steps, in that order. */
export function callResidual(step: Structure<'residual'>, at: At, x: Expansion): Outcome {
  const inner = scopeOf(at);
  const scope = { ...inner, top: false };
  const unset = at.input.kind === 'unset';
  if (unset) x.findings.add(problem('no-current-value', { step: 'residual' }), step.callSpan);
  const input = unset ? unknownFlow : at.input;
  const shortcut = step.shortcut === undefined ? input : optional(step.shortcut, { scope, input }, x);
  const body = optional(step.body, { scope, input }, x);
  const flows = [shortcut, body].filter((f) => f !== undefined);
  if (flows.length === 0) {
    x.findings.add(problem('nothing-to-merge', {}), step.callSpan);
    return { ...unknownOutcome, inner };
  }
  const all = together(flows);
  const values = all.kind === 'values' ? all.values : undefined;
  if (values?.length === 1) return { flow: all, parts: noParts, inner };
  const made = { ...at, entries: [], span: step.callSpan, note: step.note };
  return { flow: addMerge('add', values, made, x), parts: noParts, inner };
}

/** Steps that `when` may take away as a whole; undefined = taken away. */
function optional(
  spec: BranchSpec,
  { scope, input }: { scope: Scope; input: Flow },
  x: Expansion,
): Flow | undefined {
  const when = evaluateWhen(spec.when, scope.env, x.findings);
  scope.names.unsure ||= when === undefined;
  if (when === undefined) return unknownFlow;
  if (when) return x.runSteps(spec.steps, scope, input, x);
  leaveOut(spec.steps, scope, x);
  return undefined;
}
