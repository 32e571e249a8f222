import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import type { CountClaim, StepClaim } from '../../parser/spec.ts';
import { channelsLast } from '../../tensor/channels.ts';
import type { Dim } from '../../tensor/dim.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import { readCount } from '../claimedCount.ts';
import type { Claim, ClaimedShape, EndPoint, Value } from '../graph.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import type { Flow, Scope } from './scope.ts';

/** What a claim is about. */
export interface Claimed {
  readonly name: string;
  readonly flow: Flow;
  readonly scope: Scope;
  /** The first node that the step made, and the first after them. */
  readonly nodes: readonly [number, number];
  /** Whether the values are end points. */
  readonly endPoint: boolean;
}

/** Takes down what `expect` says of a step's values, and makes them end points where the step asks for it. */
export function claimStep(
  claim: StepClaim,
  { name, flow, scope, nodes, endPoint }: Claimed,
  x: Expansion,
): void {
  if (flow.kind !== 'values') return;
  if (endPoint) {
    const single = flow.values.length === 1;
    for (const value of flow.values) {
      addEndPoint({ name: single ? name : value.name, value, span: claim.span }, x);
    }
  }
  claimShapes(claim, { name, values: flow.values, scope }, x);
  const part = { name, nodes, frame: scope.frame };
  for (const count of claim.counts) claimCount(count, { env: scope.env, part }, x);
}

/** Notes a value that the author points out; the same one under the same name once. */
export function addEndPoint(endPoint: EndPoint, { endPoints, endPointKeys }: Expansion): void {
  const key = `${endPoint.value.id} ${endPoint.name}`;
  if (endPointKeys.has(key)) return;
  endPointKeys.add(key);
  endPoints.push(endPoint);
}

function claimShapes(
  { shapes, span }: StepClaim,
  { name, values, scope }: { name: string; values: readonly Value[]; scope: Scope },
  x: Expansion,
): void {
  if (shapes.length === 0) return;
  if (!x.checking.shapes) {
    x.unchecked.count += 1;
    return;
  }
  if (shapes.length !== values.length) {
    const [claimed, given] = [counted(shapes.length, 'shape'), counted(values.length, 'value')];
    const reason = `claims ${claimed}, but ${name} has ${given}`;
    x.findings.add(problem('wrong-value', { what: '`expect`', reason }), span);
    return;
  }
  const { env, frame } = scope;
  for (const [i, value] of values.entries()) {
    const written = evaluateShape(shapes[i] ?? [], env, x);
    const of = values.length === 1 ? name : value.name;
    if (written === undefined) continue;
    const { channels } = scope.file.spec;
    const shape = channelsLast(channels, written);
    x.claims.push({ kind: 'shape', name: of, value, shape, channels, frame, span });
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A claimed number of parameters or multiply-adds, of a step or (without `part`) of the whole network. */
export function claimCount(
  { what, value }: CountClaim,
  { env, part }: { env: Environment; part?: Extract<Claim, { kind: 'total' }>['part'] },
  x: Expansion,
): void {
  if (!x.checking.counts) {
    x.unchecked.count += 1;
    return;
  }
  const evaluated = evaluateLocated(value, env, x.findings);
  if (evaluated === undefined) return;
  const read = readCount(evaluated.value, x.symbols);
  if (read.ok) {
    const about = part === undefined ? {} : { part };
    x.claims.push({ kind: 'total', what, claimed: read.value, ...about, span: value.span });
  } else if (x.symbolsComplete) {
    const { reason } = read;
    x.findings.add(problem('wrong-value', { what: `the claimed \`${what}\``, reason }), value.span);
  }
}

/** Dimensions as written: numbers, symbols, expressions over them; `_` for any. */
export function evaluateShape(
  dims: readonly LocatedScalar[],
  env: Environment,
  x: Expansion,
): ClaimedShape | undefined {
  const shape = dims.map((dim) => evaluateDim(dim, env, x));
  const known = shape.flatMap((d) => (d === undefined ? [] : [d]));
  return known.length === shape.length ? known : undefined;
}

function evaluateDim(
  dim: LocatedScalar,
  env: Environment,
  { symbols, symbolsComplete, findings }: Expansion,
): Dim | '_' | undefined {
  const evaluated = evaluateLocated(dim, env, findings);
  if (evaluated === undefined) return undefined;
  const { value } = evaluated;
  if (value === '_') return '_';
  if (typeof value === 'string') {
    const parsed = parseDim(value, symbols);
    if (parsed.ok) return parsed.value;
    if (!symbolsComplete) return undefined;
    const nearest = didYouMean(value, symbols.keys());
    const reason = nearest === undefined ? parsed.reason : `${parsed.reason} (did you mean \`${nearest}\`?)`;
    findings.add(problem('bad-dimension', { dimension: value, reason }), dim.span);
    return undefined;
  }
  const reason = wrongSize(value);
  if (reason === undefined) return Number(value);
  findings.add(problem('bad-dimension', { dimension: JSON.stringify(value), reason }), dim.span);
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
