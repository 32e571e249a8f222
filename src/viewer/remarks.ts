import { showClaimed } from '../analysis/checkClaims.ts';
import { claimedText, labels } from '../analysis/checkTotals.ts';
import { addToGroup } from '../common/groups.ts';
import { oneLine, placeText } from '../diagnostics/format.ts';
import type { Claim, Frame, TypedGraph, TypedNode } from '../ir/graph.ts';
import { inOrderOf } from '../tensor/channels.ts';
import { showShape } from '../tensor/shape.ts';

/** Something that is known of a node: what it is, and the words. */
export type Remark = readonly [what: string, words: string];

/** Of more inputs, only the first are named. */
const mostInputs = 8;

/** Says of every node which blocks it is inside of, what it reads, what else it is called, and what is claimed of it. */
export function remarksOn(graph: TypedGraph): (node: TypedNode) => readonly Remark[] {
  const byValue = new Map<number, Remark[]>();
  const byNode = new Map<TypedNode, Remark[]>();
  for (const { name, value, span } of graph.endPoints)
    addToGroup(byValue, value.id, ['called', `${name}, ${placeText(span)}`]);
  for (const { name, value } of graph.outputs) addToGroup(byValue, value.id, ['output', name]);
  for (const claim of graph.claims) addClaim(claim, { graph, byValue, byNode });
  return (node) => {
    const names = node.outputs.flatMap(({ id }) => byValue.get(id) ?? []);
    return [
      ...blocks(node.frame),
      ...reads(node),
      ...names.filter(([what, words]) => what !== 'called' || !words.startsWith(`${node.step}, `)),
      ...(byNode.get(node) ?? []),
      ...(node.note === undefined ? [] : [['note', oneLine(node.note)] as const]),
    ];
  };
}

interface Remarks {
  readonly graph: TypedGraph;
  readonly byValue: Map<number, Remark[]>;
  readonly byNode: Map<TypedNode, Remark[]>;
}

function addClaim(claim: Claim, { graph, byValue, byNode }: Remarks): void {
  const place = placeText(claim.span);
  if (claim.kind === 'shape') {
    const shape = inOrderOf(claim.channels ?? 'last', claim.shape);
    addToGroup(byValue, claim.value.id, ['expect', `${showClaimed(shape)}, ${place}`]);
    return;
  }
  const last = claim.part === undefined ? undefined : graph.nodes[claim.part.nodes[1] - 1];
  if (last === undefined) return;
  const of = claim.part?.name === last.step ? '' : ` of ${claim.part?.name}`;
  addToGroup(byNode, last, ['expect', `${claimedText(claim)} ${labels[claim.what]}${of}, ${place}`]);
}

/** `inception_a, called at specs/net.yaml:12:7 ← …`: the calls around a node, the innermost first. */
function blocks(frame: Frame): readonly Remark[] {
  const calls: string[] = [];
  for (let at: Frame | undefined = frame; at?.call !== undefined; at = at.parent)
    calls.push(`${at.name}, called at ${placeText(at.call)}`);
  return calls.length === 0 ? [] : [['block', calls.join(' ← ')]];
}

function reads({ inputs }: TypedNode): readonly Remark[] {
  if (inputs.length === 0) return [];
  const named = inputs.slice(0, mostInputs).map(({ name, type }) => `${name} ${showShape(type.shape)}`);
  const more = inputs.length > mostInputs ? [`${inputs.length - mostInputs} more`] : [];
  return [['reads', [...named, ...more].join(', ')]];
}
