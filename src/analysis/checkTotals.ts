import { once } from '../common/once.ts';
import { type Diagnostic, diagnose, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { withThousands } from '../diagnostics/withThousands.ts';
import type { Claim, TypedGraph, TypedNode } from '../ir/graph.ts';
import { callsOf } from '../ir/placed.ts';
import { type Dim, sub } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { countVerdict } from './countVerdict.ts';
import { depthOf } from './depth.ts';
import { type Failed, folded, undecided } from './failedClaims.ts';
import { type ParameterCounts, parametersOf, sumOf } from './totals.ts';

type TotalClaim = Extract<Claim, { kind: 'total' }>;

/** Checks claims on parameters, multiply-adds and depth, of steps and of the whole. */
export function checkTotals(graph: TypedGraph): readonly Diagnostic[] {
  // What is claimed of the whole is mostly more than one count of its parameters.
  const ofWhole = once(() => parametersOf(graph.nodes));
  const failed = graph.claims.flatMap((claim): Failed[] => {
    const diagnostic = claim.kind === 'total' ? checkTotal(claim, graph, ofWhole) : undefined;
    if (claim.kind !== 'total' || diagnostic === undefined) return [];
    return [{ claim, name: claim.part?.name ?? '', diagnostic }];
  });
  return folded(failed);
}

function checkTotal(
  claim: TotalClaim,
  graph: TypedGraph,
  ofWhole: () => ParameterCounts,
): Diagnostic | undefined {
  const { what, claimed, part, span } = claim;
  const actual =
    part === undefined
      ? totalOf(what, graph.nodes, ofWhole)
      : totalOf(what, graph.nodes.slice(...part.nodes));
  const verdict = countVerdict(actual, claimed, graph.facts);
  if (verdict.kind === 'holds') return undefined;
  const related = part === undefined ? [] : callsOf(part);
  if (verdict.kind !== 'undecided') return diagnose(refuted(claim, actual), { span, related });
  const name = `the number of ${labels[what]}${part === undefined ? '' : ` of ${part.name}`}`;
  const { where, differsAt, symbols } = verdict;
  const declared = symbols.some((s) => graph.declared.has(s));
  const shown = { name, claimed: claimedText(claim), actual: show(actual) };
  return diagnose(
    undecided({ ...shown, where: where === undefined ? undefined : [where], differsAt, declared }),
    { span, related },
  );
}

function refuted(claim: TotalClaim, actual: Dim): Problem {
  const { what, claimed, part } = claim;
  const label = `${part === undefined ? '' : `${part.name}: `}${labels[what]}`;
  const difference = differenceFrom(claimed.kind === 'rounded' ? claimed.middle : claimed.dim, actual);
  return problem('total-claim', {
    what: label,
    claimed: claimedText(claim),
    actual: show(actual),
    difference,
  });
}

function differenceFrom(claimed: Dim, actual: Dim): string | undefined {
  const difference = sub(actual, claimed);
  if (typeof difference !== 'number') return `the difference is ${printDim(difference)}`;
  return `${difference > 0 ? '+' : '−'}${withThousands(Math.abs(difference))}`;
}

/** A claimed number as it is written. */
export function claimedText({ claimed }: TotalClaim): string {
  return claimed.kind === 'exact' ? show(claimed.dim) : claimed.text;
}

function show(count: Dim): string {
  return typeof count === 'number' ? withThousands(count) : printDim(count);
}

/** What each total counts. */
export const labels: Readonly<Record<TotalClaim['what'], string>> = {
  trainable: 'trainable parameters',
  non_trainable: 'non-trainable parameters',
  total: 'parameters',
  macs: 'multiply-adds',
  depth: 'depth',
};

/** What a claim on a count is about, of some nodes. */
export function totalOf(
  what: TotalClaim['what'],
  nodes: readonly TypedNode[],
  parameters: () => ParameterCounts = () => parametersOf(nodes),
): Dim {
  if (what === 'macs') return sumOf(nodes, 'macs');
  if (what === 'depth') return depthOf(nodes);
  const { trainable, nonTrainable } = parameters();
  switch (what) {
    case 'trainable':
      return trainable;
    case 'non_trainable':
      return nonTrainable;
    case 'total':
      return trainable + nonTrainable;
    default:
      return what satisfies never;
  }
}
