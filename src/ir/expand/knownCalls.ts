import type { BlockSpec } from '../../parser/spec.ts';
import { keyOf } from '../../tensor/dim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { Claim, EndPoint, Value } from '../graph.ts';
import type { GivenInputs } from './blockInputs.ts';
import type { Expansion, Outcome } from './expansion.ts';
import type { LoadedFile } from './load.ts';
import type { MadeNode } from './madeNodes.ts';
import { repeatCall } from './repeatCall.ts';
import type { Scope } from './scope.ts';

/** A call of a block: all that decides what its steps become. */
export interface BlockCall {
  readonly block: BlockSpec;
  readonly file: LoadedFile;
  readonly given: GivenInputs;
  /** What the call stands in. */
  readonly around: Scope;
  /** The scope of the block's steps. */
  readonly inner: Scope;
}

/** A call whose steps were run without anything to say of them, and what came of it. */
export interface KnownCall {
  readonly call: BlockCall;
  readonly x: Expansion;
  readonly types: readonly TensorType[];
  /** The number of its first node. */
  readonly first: number;
  readonly nodes: readonly MadeNode[];
  readonly claims: readonly Claim[];
  readonly endPoints: readonly EndPoint[];
  readonly steps: number;
  readonly unchecked: number;
  readonly outcome: Outcome;
}

/**
 * Calls of blocks that were expanded already. A further call with equal params and inputs of equal types gives the same
 * nodes under other names: they are made from those of the first, so that a network of a hundred equal blocks costs
 * hardly more than one of them.
 */
export class KnownCalls {
  private readonly calls = new Map<BlockSpec, KnownCall[]>();

  /** Runs a call, or repeats what came of one like it. */
  run(call: BlockCall, x: Expansion, expand: () => Outcome): Outcome {
    const types = typesOf(call.given, x);
    if (types === undefined) return expand();
    const calls = this.calls.get(call.block) ?? [];
    const known = calls.find((k) => isLike(k, { call, types }, x));
    if (known !== undefined) return repeatCall(known, call, x);
    const before = stateOf(x);
    const outcome = expand();
    const made = madeSince(before, x);
    if (made !== undefined && namesOf(made).every((name) => isBelow(name, call.inner.path))) {
      calls.push({ call, x, types, outcome, ...made });
      this.calls.set(call.block, calls);
    }
    return outcome;
  }
}

/** The types of what the call reads; undefined where one is not known. */
function typesOf({ known, values }: GivenInputs, { builder }: Expansion): readonly TensorType[] | undefined {
  const types = [...values.values()].flatMap((value) => builder.typeOf(value) ?? []);
  return known && types.length === values.size ? types : undefined;
}

function isLike(
  { call: known, x: knownX, types: knownTypes }: KnownCall,
  { call, types }: Pick<KnownCall, 'call' | 'types'>,
  x: Expansion,
): boolean {
  return (
    known.file === call.file &&
    known.around.layer === call.around.layer &&
    sameItems(knownX.calls, x.calls) &&
    sameSymbols(knownX, x) &&
    sameItems([...known.given.values.keys()], [...call.given.values.keys()]) &&
    knownTypes.every((type, i) => sameType(type, types[i])) &&
    samePattern([...known.given.values.values()], [...call.given.values.values()]) &&
    known.inner.env.bindsAs(call.inner.env)
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function sameType(a: TensorType, b: TensorType | undefined): boolean {
  return a.dtype === b?.dtype && sameItems(a.shape.map(keyOf), b.shape.map(keyOf));
}

/** Whether the same of them are one value. */
function samePattern(a: readonly Value[], b: readonly Value[]): boolean {
  return a.every((value, i) => a.indexOf(value) === b.indexOf(b[i] ?? value));
}

function sameSymbols(a: Expansion, b: Expansion): boolean {
  if (a.symbols === b.symbols) return a.symbolsComplete === b.symbolsComplete;
  if (a.symbols.size !== b.symbols.size || a.symbolsComplete !== b.symbolsComplete) return false;
  return [...a.symbols].every(([name, dim]) => {
    const other = b.symbols.get(name);
    return other !== undefined && keyOf(dim) === keyOf(other);
  });
}

function stateOf({ builder, claims, endPoints, findings, budget, unchecked }: Expansion) {
  return {
    nodes: builder.size,
    claims: claims.length,
    endPoints: endPoints.size,
    told: findings.told,
    steps: budget.steps,
    unchecked: unchecked.count,
  };
}

type Made = Pick<KnownCall, 'first' | 'nodes' | 'claims' | 'endPoints' | 'steps' | 'unchecked'>;

/** What was made since then; undefined where something was found, or cannot be made again. */
function madeSince(before: ReturnType<typeof stateOf>, x: Expansion): Made | undefined {
  const nodes = x.findings.told === before.told ? x.builder.madeSince(before.nodes) : undefined;
  if (nodes === undefined) return undefined;
  const none = x.endPoints.size === before.endPoints;
  return {
    first: before.nodes,
    nodes,
    claims: x.claims.slice(before.claims),
    endPoints: none ? [] : [...x.endPoints.values()].slice(before.endPoints),
    steps: before.steps - x.budget.steps,
    unchecked: x.unchecked.count - before.unchecked,
  };
}

function namesOf({ nodes, claims, endPoints }: Made): readonly string[] {
  return [
    ...nodes.map(({ node }) => node.name),
    ...endPoints.map(({ name }) => name),
    ...claims.flatMap((claim) => (claim.kind === 'shape' ? claim.name : (claim.part?.name ?? []))),
  ];
}

function isBelow(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path}/`);
}
