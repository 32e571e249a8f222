import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import type { CountClaim, StepClaim } from '../../parser/spec.ts';
import type { Dim } from '../../tensor/dim.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import type { ClaimedShape, Value } from '../graph.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import type { Expansion, StepName } from './expansion.ts';
import type { Flow, Scope } from './scope.ts';

interface DimContext {
  readonly env: Environment;
  readonly symbols: ReadonlyMap<string, Dim>;
  readonly findings: Findings;
}

/** Takes down what `expect` says of a step's values, and makes them end points where the step asks for it. */
export function claimStep(
  claim: StepClaim,
  { name, flow, scope, endPoint }: { name: StepName; flow: Flow; scope: Scope; endPoint: boolean },
  x: Expansion,
): void {
  if (flow.kind !== 'values') return;
  if (endPoint) {
    for (const value of flow.values) addEndPoint({ name: name.full, value, span: claim.span }, x);
  }
  claimShapes(claim, { name, values: flow.values, env: scope.env }, x);
  for (const count of claim.counts) claimCount(count, { env: scope.env, prefix: name.full }, x);
}

export function addEndPoint(
  endPoint: { name: string; value: Value; span: Span },
  { endPoints }: Expansion,
): void {
  const known = endPoints.some((e) => e.name === endPoint.name && e.value.id === endPoint.value.id);
  if (!known) endPoints.push(endPoint);
}

function claimShapes(
  { shapes, span }: StepClaim,
  { name, values, env }: { name: StepName; values: readonly Value[]; env: Environment },
  x: Expansion,
): void {
  if (shapes.length === 0) return;
  if (!x.checking.shapes) {
    x.unchecked.count += 1;
    return;
  }
  if (shapes.length !== values.length) {
    const reason = `claims ${shapes.length} ${shapes.length === 1 ? 'shape' : 'shapes'}, but ${name.full} has ${values.length} values`;
    x.findings.add(problem('wrong-value', { what: '`expect`', reason }), span);
    return;
  }
  for (const [i, value] of values.entries()) {
    const shape = evaluateShape(shapes[i] ?? [], { env, symbols: x.symbols, findings: x.findings }, true);
    if (shape !== undefined) x.claims.push({ kind: 'shape', name: name.full, value, shape, span });
  }
}

/** A claimed number of parameters or multiply-adds, of a step or (without prefix) of the whole network. */
export function claimCount(
  { what, value }: CountClaim,
  { env, prefix }: { env: Environment; prefix?: string },
  x: Expansion,
): void {
  if (!x.checking.counts) {
    x.unchecked.count += 1;
    return;
  }
  const evaluated = evaluateLocated(value, env, x.findings);
  if (evaluated === undefined) return;
  const claimed = Number(evaluated.value);
  if (Number.isSafeInteger(claimed) && claimed >= 0) {
    x.claims.push({
      kind: 'total',
      what,
      claimed,
      ...(prefix === undefined ? {} : { prefix }),
      span: value.span,
    });
    return;
  }
  const reason = `must be a whole number, not ${JSON.stringify(evaluated.value)}`;
  x.findings.add(problem('wrong-value', { what: `the claimed \`${what}\``, reason }), value.span);
}

/** Dimensions as written: numbers, symbols, expressions over them; `_` where `wild` allows it. */
export function evaluateShape(
  dims: readonly LocatedScalar[],
  context: DimContext,
  wild: boolean,
): ClaimedShape | undefined {
  const shape = dims.map((dim) => evaluateDim(dim, context, wild));
  const known = shape.flatMap((d) => (d === undefined ? [] : [d]));
  return known.length === shape.length ? known : undefined;
}

function evaluateDim(
  dim: LocatedScalar,
  { env, symbols, findings }: DimContext,
  wild: boolean,
): Dim | '_' | undefined {
  const evaluated = evaluateLocated(dim, env, findings);
  if (evaluated === undefined) return undefined;
  const { value } = evaluated;
  if (value === '_' && wild) return '_';
  if (typeof value === 'string') {
    const parsed = parseDim(value, symbols);
    if (parsed.ok) return parsed.value;
    const nearest = didYouMean(value, symbols.keys());
    const reason = nearest === undefined ? parsed.reason : `${parsed.reason} (did you mean \`${nearest}\`?)`;
    findings.add(problem('bad-dimension', { dimension: value, reason }), dim.span);
    return undefined;
  }
  const reason = wrongSize(value);
  if (reason === undefined) return Number(value);
  findings.add(problem('bad-dimension', { dimension: String(value), reason }), dim.span);
  return undefined;
}

/** Why a number cannot be a size; undefined if it can. */
export function wrongSize(value: unknown): string | undefined {
  if (typeof value !== 'number') return 'it is neither a number nor a symbol';
  if (!Number.isInteger(value)) return 'it is not whole';
  if (value < 0) return 'it is negative';
  if (value === 0) return 'it is zero';
  return Number.isSafeInteger(value) ? undefined : 'it is beyond 2^53';
}
