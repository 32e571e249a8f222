import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Inferred } from '../ops/op.ts';
import { opOf } from '../ops/registry.ts';
import { limits } from '../parser/limits.ts';
import { atLeast } from '../tensor/compare.ts';
import { type Dim, DimensionOverflow, keyOf } from '../tensor/dim.ts';
import { type Facts, factOf } from '../tensor/facts.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import type { Node } from './graph.ts';
import { AskingJudge, type Equality, GrantingJudge } from './judge.ts';

/** What is known where a node is inferred. */
export interface Known {
  readonly facts: Facts;
  /** The symbols of which `dims` says something. */
  readonly declared: ReadonlySet<string>;
  /** Keys of dimensions of which it is settled that they must be at least 1. */
  readonly met?: ReadonlySet<string>;
  /** Whether all that could hold is granted, as what nodes ask of the sizes is what one wants to know. */
  readonly asking?: boolean;
}

/** A dimension that had to be at least 1, and the size of a symbol from which on it is, where that follows. */
export interface Need {
  readonly dim: Dim;
  readonly from?: { readonly symbol: string; readonly min: number };
}

export interface InferredNode extends Inferred {
  /** Those given, and what the node needs besides. */
  readonly facts: Facts;
  /** What must be at least 1, where that does not hold at every size. */
  readonly positive: readonly Need[];
  /** What must be equal, and is at some sizes only. */
  readonly equalities: readonly Equality[];
}

/** Types of one node's outputs, and what is known of the symbols once the node is to make sense. */
export function inferNode(
  { op, step, attributes, roles }: Pick<Node, 'op' | 'step' | 'attributes' | 'roles'>,
  inputs: readonly TensorType[],
  known: Known,
): Result<InferredNode> {
  const { facts, declared, asking } = known;
  const judge = asking ? new AskingJudge(facts, roles) : new GrantingJudge(facts, { roles, declared });
  try {
    const inferred = opOf(op).infer(inputs, attributes, judge);
    if (!inferred.ok) return inferred;
    const { outputs, needs = [] } = inferred.value;
    const refined = needs.length === 0 ? { ...unrefined, facts } : refine(needs, { ...known, step });
    const problems = [...outputs.flatMap(tooLarge), ...refined.problems];
    if (problems.length > 0) return fail(...problems);
    const { equalities } = judge;
    return ok({ outputs, needs, facts: refined.facts, positive: refined.positive, equalities });
  } catch (error) {
    if (error instanceof DimensionOverflow)
      return fail(problem('size-too-large', { what: `a dimension of \`${op}\`` }));
    throw error;
  }
}

const nothing: readonly Problem[] = [];

function tooLarge({ shape }: TensorType): readonly Problem[] {
  if (shape.length > limits.rank)
    return [problem('rank-too-high', { rank: shape.length, limit: limits.rank })];
  let count = 1;
  for (const dim of shape) if (typeof dim === 'number') count *= dim;
  if (Number.isSafeInteger(count)) return nothing;
  return [problem('size-too-large', { what: `the number of elements of ${showShape(shape)}` })];
}

interface Refined {
  readonly facts: Facts;
  readonly positive: readonly Need[];
  readonly problems: readonly Problem[];
}

const unrefined: Omit<Refined, 'facts'> = { positive: [], problems: [] };

/** Requires each dimension to be at least 1. */
function refine(needs: readonly Dim[], known: Known & { readonly step: string }): Refined {
  const problems: Problem[] = [];
  const positive: Need[] = [];
  let { facts } = known;
  for (const dim of needs) {
    if (known.met?.has(keyOf(dim))) continue;
    const verdict = atLeast(dim, 1, facts);
    if (verdict.kind === 'holds') continue;
    if (verdict.kind === 'never') problems.push(neverPositive(dim, facts, known.step));
    else if (verdict.kind !== 'from') positive.push({ dim });
    else {
      facts = verdict.facts;
      positive.push({ dim, from: { symbol: verdict.name, min: verdict.min } });
    }
  }
  return { facts, positive, problems };
}

/** Says which declared greatest size is in the way, where it is one. */
function neverPositive(dim: Dim, facts: Facts, step: string): Problem {
  const unbounded = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, { ...fact, max: undefined }]),
  );
  const verdict = atLeast(dim, 1, unbounded);
  const max = verdict.kind === 'from' ? factOf(facts, verdict.name).max : undefined;
  if (verdict.kind === 'from' && max !== undefined) {
    const { name: symbol, min } = verdict;
    return problem('never-large-enough', { step, symbol, min, max, dim: printDim(dim) });
  }
  const reason = 'it is below 1 at every size that the steps before it allow';
  return problem('bad-dimension', { dimension: printDim(dim), reason });
}
