import type { Claim } from '../../ir/graph.ts';
import { inOrderOf } from '../../tensor/channels.ts';
import { printDim } from '../../tensor/printDim.ts';
import { showShape } from '../../tensor/shape.ts';
import type { RepairChange } from './claimRepairs.ts';
import { printValue } from './combinationEdits.ts';
import { type Case, countOf } from './meets.ts';
import type { Choice, Network } from './network.ts';
import type { Assignment } from './resizing.ts';

/** What a claim is about. */
export function claimName(claim: Claim): string {
  if (claim.kind === 'shape') return claim.name;
  return claim.part === undefined ? 'the network' : claim.part.name;
}

/** What is claimed, as its file writes it. */
export function claimedText(claim: Claim): string {
  if (claim.kind === 'total') {
    const { claimed, what } = claim;
    return `${claimed.kind === 'exact' ? printDim(claimed.dim) : claimed.text} ${counted[what]}`;
  }
  const shape = inOrderOf(claim.channels ?? 'last', claim.shape);
  return `[${shape.map((d) => (d === '_' ? '_' : printDim(d))).join(', ')}]`;
}

/** What a claim finds in a network; undefined where that has no type. */
export function actualText(claim: Claim, at: Case): string | undefined {
  if (claim.kind === 'total') {
    const count = countOf(claim, at);
    return count === undefined ? undefined : `${printDim(count)} ${counted[claim.what]}`;
  }
  const shape = at.types.typeOf(claim.value.id)?.shape;
  return shape === undefined ? undefined : showShape(inOrderOf(claim.channels ?? 'last', shape));
}

const counted = {
  trainable: 'trainable parameters',
  non_trainable: 'non-trainable parameters',
  total: 'parameters',
  macs: 'multiply-adds',
  depth: 'layers deep',
} as const;

/** The changes of a combination in words: sizes of inputs, then steps in the order of their claims. */
export function changesIn(
  choices: readonly Choice[],
  sizes: Assignment,
  { network, at, first }: { readonly network: Network; readonly at: Case; readonly first: Claim | undefined },
): readonly RepairChange[] {
  const follows = (claim: Claim | undefined) => (claim === undefined ? '' : (actualText(claim, at) ?? ''));
  const resized = network.sizes.flatMap(({ given, inputs, spans: [span] }): RepairChange[] => {
    const size = sizes.get(given) ?? given;
    if (size === given || span === undefined) return [];
    const what = { of: inputs.join(', '), attribute: 'size', from: String(given), to: String(size), span };
    return [{ ...what, claim: first === undefined ? '' : claimName(first), follows: follows(first) }];
  });
  return [
    ...resized,
    ...choices.map(({ place, value, claim }): RepairChange => {
      const { write, step, name, now } = place;
      const span = 'value' in write ? write.value : write.step.callSpan;
      const [from, to] = [printValue(now, false), printValue(value, false)];
      return { of: step, attribute: name, from, to, span, claim: claimName(claim), follows: follows(claim) };
    }),
  ];
}
