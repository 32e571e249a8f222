import { type Diagnostic, diagnose, problem, type Related } from '../diagnostics/diagnostic.ts';
import { type Derivation, derive, printDerivation } from '../ir/derivation.ts';
import type { Claim, ClaimedShape, Graph, TypedGraph, TypedNode } from '../ir/graph.ts';
import { judgeWith } from '../ir/infer.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { depthOf } from './depth.ts';
import { repairOf } from './repair.ts';
import { totals } from './totals.ts';

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;
type TotalClaim = Extract<Claim, { kind: 'total' }>;

/** Checks every claim on a shape whose value has a type; a claim on a value without one follows from another error. */
export function checkShapes(graph: Graph, types: ReadonlyMap<number, TensorType>): readonly Diagnostic[] {
  return graph.claims.flatMap((claim) => {
    const type = claim.kind === 'shape' ? types.get(claim.value.id) : undefined;
    return claim.kind === 'shape' && type !== undefined ? checkShape(claim, type, { graph, types }) : [];
  });
}

interface At {
  readonly graph: Graph;
  readonly types: ReadonlyMap<number, TensorType>;
}

function checkShape(claim: ShapeClaim, { shape }: TensorType, at: At): readonly Diagnostic[] {
  const claimed = showClaimed(claim.shape);
  const actual = showShape(shape);
  if (claim.shape.length !== shape.length) {
    return [diagnose(problem('shape-claim', { name: claim.name, claimed, actual }), { span: claim.span })];
  }
  const judge = judgeWith(at.graph.facts);
  const verdicts = shape.map((dim, axis) => {
    const wanted = claim.shape[axis];
    return wanted === undefined || wanted === '_' ? undefined : judge.differ(dim, wanted);
  });
  const wrong = verdicts.flatMap((v, axis) => (v === undefined ? [] : [axis]));
  const [first] = wrong;
  if (first === undefined) return [];
  const derivation = derive(at.graph, at.types, { value: claim.value, axis: first });
  const place = { span: claim.span, notes: [printDerivation(derivation)], related: decidedBy(derivation) };
  const undecided = wrong.every((axis) => verdicts[axis]?.kind !== 'never');
  if (undecided) {
    const verdict = verdicts[first];
    const when = verdict?.kind === 'sometimes' ? `it differs at ${verdict.differsAt}` : undefined;
    return [diagnose(problem('claim-not-decided', { name: claim.name, claimed, actual, when }), place)];
  }
  const help = repairOf(claim, derivation, { axis: first, types: at.types });
  return [diagnose(problem('shape-claim', { name: claim.name, claimed, actual, help }), place)];
}

function showClaimed(shape: ClaimedShape): string {
  return `[${shape.map((d) => (d === '_' ? '_' : printDim(d))).join(', ')}]`;
}

/** The `defaults` lines that set a padding or stride on the way: where an author looks last. */
function decidedBy(derivation: Derivation): readonly Related[] {
  const related: Related[] = [];
  for (const { name, node } of derivation) {
    for (const attribute of ['padding', 'stride', 'kernel', 'filters', 'units'] as const) {
      const origin = node?.origins[attribute];
      if (origin?.kind !== 'default') continue;
      const { source, start } = origin.span;
      if (related.some((r) => r.span.start === start && r.span.source === source)) continue;
      related.push({ span: origin.span, message: `\`${attribute}\` of ${name} comes from these defaults` });
    }
  }
  return related;
}

/** Checks claims on parameters, multiply-adds and depth, of steps and of the whole. */
export function checkTotals(graph: TypedGraph): readonly Diagnostic[] {
  return graph.claims.flatMap((claim) => (claim.kind === 'total' ? checkTotal(claim, graph) : []));
}

function checkTotal(claim: TotalClaim, graph: TypedGraph): readonly Diagnostic[] {
  const { prefix, what, claimed, span } = claim;
  const nodes = prefix === undefined ? graph.nodes : graph.nodes.filter((n) => isWithin(n, prefix));
  const actual = totalOf(what, nodes);
  if (actual === claimed) return [];
  const label = `${prefix === undefined ? '' : `${prefix}: `}${labels[what]}`;
  const difference =
    typeof actual === 'number'
      ? `${actual > claimed ? '+' : '−'}${group(Math.abs(actual - claimed))}`
      : undefined;
  const shown = typeof actual === 'number' ? group(actual) : actual;
  return [
    diagnose(problem('total-claim', { what: label, claimed: group(claimed), actual: shown, difference }), {
      span,
    }),
  ];
}

const labels: Readonly<Record<TotalClaim['what'], string>> = {
  trainable: 'trainable parameters',
  non_trainable: 'non-trainable parameters',
  total: 'parameters',
  macs: 'multiply-adds',
  depth: 'depth',
};

function isWithin({ name, step }: TypedNode, prefix: string): boolean {
  return step === prefix || name.startsWith(`${prefix}/`);
}

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
