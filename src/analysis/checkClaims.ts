import { once } from '../common/once.ts';
import { type Diagnostic, diagnose, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { decidedBy } from '../ir/decidedBy.ts';
import { derive, linksOf, type Producers, printDerivation, producersOf } from '../ir/derivation.ts';
import type { Claim, ClaimedShape, Graph } from '../ir/graph.ts';
import { differenceOf } from '../ir/judge.ts';
import { callsOf } from '../ir/placed.ts';
import { inOrderOf } from '../tensor/channels.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { type Failed, folded, undecided } from './failedClaims.ts';
import { repairOf } from './repair.ts';

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;

/** Checks every claim on a shape whose value has a type; a claim on a value without one follows from another error. */
export function checkShapes(
  graph: Graph,
  types: ReadonlyMap<number, TensorType>,
  declared: ReadonlySet<string> = new Set(Object.keys(graph.facts)),
): readonly Diagnostic[] {
  const producers = once(() => producersOf(graph));
  const at: At = {
    graph,
    declared,
    types,
    // Asked for where a claim fails.
    get producers() {
      return producers();
    },
  };
  const failed = graph.claims.flatMap((claim): Failed[] => {
    const type = claim.kind === 'shape' ? types.get(claim.value.id) : undefined;
    const diagnostic = claim.kind === 'shape' && type !== undefined ? checkShape(claim, type, at) : undefined;
    return claim.kind === 'shape' && diagnostic !== undefined
      ? [{ claim, name: claim.name, diagnostic }]
      : [];
  });
  return folded(failed);
}

interface At {
  readonly graph: Graph;
  /** Symbols of which `dims` says something. */
  readonly declared: ReadonlySet<string>;
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

function checkShape(claim: ShapeClaim, { shape }: TensorType, at: At): Diagnostic | undefined {
  const inOrder = <T>(items: readonly T[]) => inOrderOf(claim.channels ?? 'last', items);
  const claimed = showClaimed(inOrder(claim.shape));
  const shown = { name: claim.name, claimed, actual: showShape(inOrder(shape)) };
  const related = claim.frame === undefined ? [] : callsOf({ frame: claim.frame });
  if (claim.shape.length !== shape.length)
    return diagnose(problem('shape-claim', shown), { span: claim.span, related });
  const found = shape.map((dim, axis) => {
    const wanted = claim.shape[axis];
    return wanted === undefined || wanted === '_' ? undefined : differenceOf(dim, wanted, at.graph.facts);
  });
  const wrong = found.flatMap((f, axis) => (f === undefined ? [] : [{ ...f, axis }]));
  // What is never so is said before what is so at some sizes.
  const first = wrong.find(({ difference }) => difference.kind === 'never') ?? wrong[0];
  if (first === undefined) return undefined;
  const way = derive(at.producers, at.types, { value: claim.value, axis: first.axis });
  const place = {
    span: claim.span,
    notes: [printDerivation(way)],
    related: [...decidedBy([way]), ...related],
    chains: [linksOf(way)],
  };
  if (first.difference.kind === 'never') return diagnose(refuted(claim, shown, at), place);
  return diagnose(undecidedShape(shown, wrong, at.declared), place);
}

function refuted(
  claim: ShapeClaim,
  shown: { name: string; claimed: string; actual: string },
  at: At,
): Problem {
  return problem('shape-claim', { ...shown, help: repairOf(claim, at) });
}

function undecidedShape(
  shown: { name: string; claimed: string; actual: string },
  wrong: readonly NonNullable<ReturnType<typeof differenceOf>>[],
  declared: ReadonlySet<string>,
): Problem {
  const sometimes = wrong.flatMap(({ difference }) => (difference.kind === 'sometimes' ? [difference] : []));
  const conditions = sometimes.flatMap(({ where }) => where ?? []);
  return undecided({
    ...shown,
    where: conditions.length === wrong.length ? conditions : undefined,
    differsAt: sometimes[0]?.differsAt,
    declared: wrong.some(({ symbols }) => symbols.some((s) => declared.has(s))),
  });
}

/** A claimed shape as a list. */
export function showClaimed(shape: ClaimedShape): string {
  return `[${shape.map((d) => (d === '_' ? '_' : printDim(d))).join(', ')}]`;
}
