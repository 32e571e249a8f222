import { totalOf } from '../../analysis/checkTotals.ts';
import { countVerdict } from '../../analysis/countVerdict.ts';
import type { Claim, Graph, GraphInput, TypedNode } from '../../ir/graph.ts';
import { infer } from '../../ir/infer.ts';
import { differenceOf } from '../../ir/judge.ts';
import type { Dim } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { Changed, Typed } from './typing.ts';

type CountClaim = Extract<Claim, { kind: 'total' }>;

/** Worst first: refuted or without a type; so at some sizes of a symbol only; so at every size. */
export const verdicts = ['fails', 'open', 'holds'] as const;
export type Verdict = (typeof verdicts)[number];

/** A network under changes, with what is known of its types. */
export interface Case {
  readonly graph: Graph;
  readonly types: Typed;
  readonly changed: Changed;
}

/** What is to be said of a claim, as the compiler says it: an error is `fails`, a warning `open`. */
export function verdictOf(claim: Claim, at: Case): Verdict {
  const declared = new Set(Object.keys(at.graph.facts));
  const { facts } = at.types;
  if (claim.kind === 'total') return verdictOfCount(claim, countOf(claim, at), { facts, declared });
  const shape = at.types.typeOf(claim.value.id)?.shape;
  if (shape?.length !== claim.shape.length) return 'fails';
  const found = shape.flatMap((dim, axis) => {
    const wanted = claim.shape[axis];
    return wanted === undefined || wanted === '_' ? [] : (differenceOf(dim, wanted, facts) ?? []);
  });
  if (found.length === 0) return 'holds';
  const refuted = found.some(
    ({ difference, symbols }) => difference.kind === 'never' || symbols.some((s) => declared.has(s)),
  );
  return refuted ? 'fails' : 'open';
}

/** The same of a count that is known; one that is not fails. */
export function verdictOfCount(
  { claimed }: CountClaim,
  actual: Dim | undefined,
  { facts, declared }: { readonly facts: Facts; readonly declared: ReadonlySet<string> },
): Verdict {
  const verdict = actual === undefined ? undefined : countVerdict(actual, claimed, facts);
  if (verdict?.kind !== 'undecided') return verdict?.kind === 'holds' ? 'holds' : 'fails';
  return verdict.differsAt !== undefined && verdict.symbols.some((s) => declared.has(s)) ? 'fails' : 'open';
}

/** What a claim counts; undefined where a part of it has no types. */
export function countOf({ what, part }: CountClaim, at: Case): Dim | undefined {
  const nodes = part === undefined ? wholeOf(at) : typedPart(part.nodes, at);
  return nodes && totalOf(what, nodes);
}

/** Only a memo: most networks claim several counts of the whole. */
const wholes = new WeakMap<Case, readonly TypedNode[] | 'untyped'>();

function wholeOf(at: Case): readonly TypedNode[] | undefined {
  const known = wholes.get(at) ?? typedPart([0, at.graph.nodes.length], at) ?? 'untyped';
  wholes.set(at, known);
  return known === 'untyped' ? undefined : known;
}

function typedPart(
  [from, to]: readonly [number, number],
  { graph, types, changed }: Case,
): readonly TypedNode[] | undefined {
  const nodes = graph.nodes.slice(from, to).map((node, i) => changed.get(from + i) ?? node);
  const own = [...graph.inputs.map(({ value }) => value), ...nodes.flatMap((n) => n.outputs)];
  const known = new Set(own.map(({ id }) => id));
  const outer = new Map<number, GraphInput>();
  for (const { inputs, span } of nodes) {
    for (const value of inputs.filter(({ id }) => !known.has(id))) {
      const type = types.typeOf(value.id);
      if (type === undefined) return undefined;
      outer.set(value.id, { value, type, meaning: {}, span });
    }
  }
  const given = graph.inputs.map((input) => ({ ...input, type: types.typeOf(input.value.id) ?? input.type }));
  const inputs = [...given, ...outer.values()];
  return infer({ ...graph, inputs, nodes, outputs: [], endPoints: [], claims: [] }).value?.nodes;
}
