import { type Diagnostic, diagnose, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { decidedBy } from '../ir/decidedBy.ts';
import { derive, type Producers, printDerivation, producersOf } from '../ir/derivation.ts';
import type { Claim, ClaimedShape, Graph, TypedGraph, TypedNode } from '../ir/graph.ts';
import { callsOf, judgeWith } from '../ir/infer.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { depthOf } from './depth.ts';
import { repairOf } from './repair.ts';
import { totals } from './totals.ts';

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;
type TotalClaim = Extract<Claim, { kind: 'total' }>;

/** A claim that does not hold, with what it is about: the copies of one claim are reported once. */
interface Failed {
  readonly claim: Claim;
  readonly name: string;
  readonly diagnostic: Diagnostic;
}

/** Checks every claim on a shape whose value has a type; a claim on a value without one follows from another error. */
export function checkShapes(graph: Graph, types: ReadonlyMap<number, TensorType>): readonly Diagnostic[] {
  const at: At = { graph, types, producers: producersOf(graph) };
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
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

function checkShape(claim: ShapeClaim, { shape }: TensorType, at: At): Diagnostic | undefined {
  const shown = { name: claim.name, claimed: showClaimed(claim.shape), actual: showShape(shape) };
  const related = claim.frame === undefined ? [] : callsOf({ frame: claim.frame });
  if (claim.shape.length !== shape.length)
    return diagnose(problem('shape-claim', shown), { span: claim.span, related });
  const judge = judgeWith(at.graph.facts);
  const verdicts = shape.map((dim, axis) => {
    const wanted = claim.shape[axis];
    return wanted === undefined || wanted === '_' ? undefined : judge.differ(dim, wanted);
  });
  const wrong = verdicts.flatMap((v, axis) => (v === undefined ? [] : [axis]));
  // What is never so is said before what is so at some sizes.
  const first = wrong.find((axis) => verdicts[axis]?.kind === 'never') ?? wrong[0];
  const verdict = first === undefined ? undefined : verdicts[first];
  if (first === undefined || verdict === undefined) return undefined;
  const derivation = derive(at.producers, at.types, { value: claim.value, axis: first });
  const notes = [printDerivation(derivation)];
  const place = { span: claim.span, notes, related: [...decidedBy([derivation]), ...related] };
  return diagnose(verdict.kind === 'never' ? refuted(claim, shown, at) : undecided(shown, verdict), place);
}

function refuted(
  claim: ShapeClaim,
  shown: { name: string; claimed: string; actual: string },
  at: At,
): Problem {
  return problem('shape-claim', { ...shown, help: repairOf(claim, at) });
}

function undecided(
  shown: { name: string; claimed: string; actual: string },
  verdict: { readonly kind: string; readonly differsAt?: string },
): Problem {
  const when = verdict.differsAt === undefined ? undefined : `it differs at ${verdict.differsAt}`;
  return problem('claim-not-decided', { ...shown, when });
}

function showClaimed(shape: ClaimedShape): string {
  return `[${shape.map((d) => (d === '_' ? '_' : printDim(d))).join(', ')}]`;
}

/** One diagnostic for a claim that fails in the same way in several copies of a step or calls of a block. */
function folded(failed: readonly Failed[]): readonly Diagnostic[] {
  const groups = new Map<string, Failed[]>();
  for (const item of failed) {
    const { span } = item.claim;
    const { actual, claimed } = item.diagnostic.params;
    const about = item.claim.kind === 'total' ? item.claim.what : 'shape';
    const key = JSON.stringify([span.source.name, span.start, about, claimed, actual]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { diagnostic } = first;
    if (others.length === 0) return [diagnostic];
    const names = others.slice(0, 3).map((o) => o.name);
    const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return [{ ...diagnostic, notes: [...diagnostic.notes, `so also ${names.join(', ')}${more}`] }];
  });
}

/** Checks claims on parameters, multiply-adds and depth, of steps and of the whole. */
export function checkTotals(graph: TypedGraph): readonly Diagnostic[] {
  const failed = graph.claims.flatMap((claim): Failed[] => {
    const diagnostic = claim.kind === 'total' ? checkTotal(claim, graph) : undefined;
    if (claim.kind !== 'total' || diagnostic === undefined) return [];
    return [{ claim, name: claim.part?.name ?? '', diagnostic }];
  });
  return folded(failed);
}

function checkTotal({ what, claimed, part, span }: TotalClaim, graph: TypedGraph): Diagnostic | undefined {
  const nodes = part === undefined ? graph.nodes : graph.nodes.slice(...part.nodes);
  const actual = totalOf(what, nodes);
  if (actual === claimed) return undefined;
  const label = `${part === undefined ? '' : `${part.name}: `}${labels[what]}`;
  const difference =
    typeof actual === 'number'
      ? `${actual > claimed ? '+' : '−'}${group(Math.abs(actual - claimed))}`
      : undefined;
  const shown = typeof actual === 'number' ? group(actual) : actual;
  const related = part === undefined ? [] : callsOf(part);
  const params = { what: label, claimed: group(claimed), actual: shown, difference };
  return diagnose(problem('total-claim', params), { span, related });
}

const labels: Readonly<Record<TotalClaim['what'], string>> = {
  trainable: 'trainable parameters',
  non_trainable: 'non-trainable parameters',
  total: 'parameters',
  macs: 'multiply-adds',
  depth: 'depth',
};

function totalOf(what: TotalClaim['what'], nodes: readonly TypedNode[]): number | string {
  const { parameters, macs } = totals(nodes);
  switch (what) {
    case 'trainable':
      return parameters.trainable;
    case 'non_trainable':
      return parameters.nonTrainable;
    case 'total':
      return parameters.trainable + parameters.nonTrainable;
    case 'macs':
      return typeof macs === 'number' ? macs : printDim(macs);
    case 'depth':
      return depthOf(nodes);
    default:
      return what satisfies never;
  }
}

/** 12,253,974,624 */
function group(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
