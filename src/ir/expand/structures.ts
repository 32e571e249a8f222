import { problem } from '../../diagnostics/diagnostic.ts';
import type { OpName } from '../../ops/registry.ts';
import type { BranchSpec, MergeSpec, StepSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import { checkAttributes, gatherAttributes } from './attributes.ts';
import { evaluateLocated } from './environment.ts';
import { type Expansion, noParts, type Outcome, type StepName } from './expansion.ts';
import { childScope, countedName, type Flow, flowOf, pathIn, type Scope, unknownFlow } from './scope.ts';
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
  return { flow: x.runSteps(step.steps, inner, at.input, x), parts: noParts, inner };
}

/** `branches`: the same value through several lists of steps, then merged. */
export function callBranches(step: Structure<'branches'>, at: At, x: Expansion): Outcome {
  const inner = scopeOf(at);
  const kept: { key: string; flow: Flow; spec: BranchSpec }[] = [];
  for (const [i, spec] of step.branches.entries()) {
    const when = evaluateWhen(spec.when, inner.env, x.findings);
    if (when === undefined) return { flow: unknownFlow, parts: noParts, inner };
    if (when)
      kept.push({ key: spec.key ?? String(i), flow: runBranch(spec, { inner, input: at.input }, x), spec });
  }
  const parts = new Map(kept.map(({ key, flow }) => [key, flow]));
  if (kept.length === 0) {
    x.findings.add(problem('nothing-to-merge', {}), step.callSpan);
    return { flow: unknownFlow, parts, inner };
  }
  const ordered = orderBranches(step.merge, [...parts], { scope: inner, branches: step.branches }, x);
  return { flow: ordered === undefined ? unknownFlow : mergeFlows(step, ordered, at, x), parts, inner };
}

/** A branch with a key has a scope of its own, which `from` can reach as `key/name`. */
function runBranch(spec: BranchSpec, { inner, input }: { inner: Scope; input: Flow }, x: Expansion): Flow {
  const scope = spec.key === undefined ? { ...inner, top: false } : childScope(inner, spec.key);
  const flow = x.runSteps(spec.steps, scope, input, x);
  if (spec.key !== undefined)
    inner.names.set(spec.key, { flow, parts: noParts, inner: scope, span: spec.span });
  return flow;
}

/** The branches in the order of `order`, which must be a permutation of all branches that can be there. */
function orderBranches(
  { order, span }: MergeSpec,
  kept: readonly (readonly [string, Flow])[],
  { scope, branches }: { scope: Scope; branches: readonly BranchSpec[] },
  { findings }: Expansion,
): readonly Flow[] | undefined {
  if (order === undefined) return kept.map(([, flow]) => flow);
  const evaluated = evaluateLocated(order, scope.env, findings);
  if (evaluated === undefined) return undefined;
  const names = [evaluated.value].flat().map(String);
  const all = branches.map((b, i) => b.key ?? String(i));
  if ([...names].sort().join('\n') !== [...all].sort().join('\n')) {
    findings.add(problem('order-not-a-permutation', { order: names, branches: all }), order.span ?? span);
    return undefined;
  }
  const flows = new Map(kept);
  return names.flatMap((n) => flows.get(n) ?? []);
}

function mergeFlows(
  { merge, callSpan, note }: Structure<'branches'>,
  flows: readonly Flow[],
  at: At,
  x: Expansion,
): Flow {
  const values = flows.flatMap((f) => (f.kind === 'values' ? f.values : []));
  if (flows.some((f) => f.kind !== 'values')) return unknownFlow;
  if (merge.op === 'none' || values.length === 1) return flowOf(...values);
  const merged = addMerge(merge.op, values, { ...at, entries: merge.attributes, span: callSpan, note }, x);
  return merged === undefined ? unknownFlow : flowOf(merged);
}

/** The node where branches meet: it has the structure's name, or its op's, counted in the scope around it. */
function addMerge(
  op: OpName,
  inputs: readonly Value[],
  {
    name,
    scope,
    entries,
    span,
    note,
  }: At & Pick<MergeSpec, 'span'> & { entries: MergeSpec['attributes']; note?: string | undefined },
  x: Expansion,
): Value | undefined {
  const { findings, schemas, symbols } = x;
  const gathered = gatherAttributes(op, { entries, env: scope.env }, { layer: scope.layer, findings });
  const resolved = gathered && checkAttributes(op, gathered, { schemas, findings, symbols, span });
  if (resolved === undefined) return undefined;
  const full = name?.full ?? pathIn(scope, countedName(scope, op));
  const { frame } = scope;
  return x.builder.addNode({
    op,
    name: full,
    step: full,
    valueName: full,
    resolved,
    inputs,
    frame,
    span,
    note,
  });
}

/** `residual`: the shortcut (the value itself, or `shortcut`) plus the value after the steps, in that order. */
export function callResidual(step: Structure<'residual'>, at: At, x: Expansion): Outcome {
  const inner = scopeOf(at);
  const scope = { ...inner, top: false };
  const shortcut =
    step.shortcut === undefined ? at.input : optional(step.shortcut, { scope, input: at.input }, x);
  const body = optional(step.body, { scope, input: at.input }, x);
  const flows = [shortcut, body].filter((f) => f !== undefined);
  if (flows.length === 0) {
    x.findings.add(problem('nothing-to-merge', {}), step.callSpan);
    return { flow: unknownFlow, parts: noParts, inner };
  }
  if (flows.some((f) => f.kind !== 'values')) return { flow: unknownFlow, parts: noParts, inner };
  const values = flows.flatMap((f) => (f.kind === 'values' ? f.values : []));
  if (values.length === 1) return { flow: flowOf(...values), parts: noParts, inner };
  const sum = addMerge('add', values, { ...at, entries: [], span: step.callSpan, note: step.note }, x);
  return { flow: sum === undefined ? unknownFlow : flowOf(sum), parts: noParts, inner };
}

/** Steps that `when` may take away as a whole; undefined = taken away. */
function optional(
  spec: BranchSpec,
  { scope, input }: { scope: Scope; input: Flow },
  x: Expansion,
): Flow | undefined {
  const when = evaluateWhen(spec.when, scope.env, x.findings);
  if (when === undefined) return unknownFlow;
  return when ? x.runSteps(spec.steps, scope, input, x) : undefined;
}
