import type { BlockSpec } from '../../parser/spec.ts';
import { keyOf } from '../../tensor/dim.ts';
import type { Value } from '../graph.ts';
import type { Expansion, Outcome } from './expansion.ts';
import type { BlockCall, KnownCall } from './knownCall.ts';
import { repeatCall } from './repeatCall.ts';

/**
 * Calls of blocks that were expanded already. A further call with equal params and inputs of equal types gives the same
 * nodes under other names: they are made from those of the first, so that a network of a hundred equal blocks costs
 * hardly more than one of them.
 */
export class KnownCalls {
  private readonly calls = new Map<BlockSpec, Map<string, KnownCall[]>>();

  /** Runs a call, or repeats what came of one like it. */
  run(call: BlockCall, x: Expansion, expand: () => Outcome): Outcome {
    const key = keyOfCall(call, x);
    if (key === undefined) return expand();
    const alike = this.alike(call.block, key);
    const known = alike.find((k) => standsAlike(k, call, x));
    if (known !== undefined) return repeatCall(known, call, x);
    const before = stateOf(x);
    const outcome = expand();
    const made = madeSince(before, x);
    if (made !== undefined && namesOf(made).every((name) => isBelow(name, call.inner.path)))
      alike.push({ call, x, outcome, ...made });
    return outcome;
  }

  /** The known calls with these params and types of inputs; a further one is added to them. */
  private alike(block: BlockSpec, key: string): KnownCall[] {
    const ofBlock = this.calls.get(block) ?? new Map<string, KnownCall[]>();
    const alike = ofBlock.get(key) ?? [];
    this.calls.set(block, ofBlock);
    ofBlock.set(key, alike);
    return alike;
  }
}

/** The params of a call and the types of what it reads; undefined where one is not known. */
function keyOfCall({ given, inner }: BlockCall, { builder }: Expansion): string | undefined {
  const params = inner.env.boundText();
  if (params === undefined || !given.known) return undefined;
  let key = params;
  for (const [name, value] of given.values) {
    const type = builder.typeOf(value);
    if (type === undefined) return undefined;
    key += `${name}:${type.dtype}[${type.shape.map(keyOf).join()}]`;
  }
  return key;
}

/** Whether calls with equal params and types stand where all else that their steps see is the same, too. */
function standsAlike({ call: known, x: knownX }: KnownCall, call: BlockCall, x: Expansion): boolean {
  return (
    known.around.layer === call.around.layer &&
    known.file === call.file &&
    sameItems(knownX.calls, x.calls) &&
    sameSymbols(knownX, x) &&
    samePattern([...known.given.values.values()], [...call.given.values.values()])
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Whether the same of them are one value. */
function samePattern(a: readonly Value[], b: readonly Value[]): boolean {
  return a.every((value, i) => a.indexOf(value) === b.indexOf(b[i] ?? value));
}

function sameSymbols(a: Expansion, b: Expansion): boolean {
  if (a.symbolsComplete !== b.symbolsComplete || a.symbols.size !== b.symbols.size) return false;
  if (a.symbols === b.symbols) return true;
  return [...a.symbols].every(([name, dim]) => {
    const other = b.symbols.get(name);
    return other !== undefined && keyOf(dim) === keyOf(other);
  });
}

function stateOf({ builder, claims, endPoints, findings, budget, unchecked }: Expansion) {
  return {
    nodes: builder.size,
    claims: claims.length,
    endPoints: endPoints.length,
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
  return {
    first: before.nodes,
    nodes,
    claims: x.claims.slice(before.claims),
    endPoints: x.endPoints.slice(before.endPoints),
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
