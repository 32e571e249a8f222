import type { Producers } from '../ir/derivation.ts';
import type { Claim, Graph } from '../ir/graph.ts';
import { judgeWith } from '../ir/judge.ts';
import { inOrderOf } from '../tensor/channels.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { changed, outcome, wayFromLastWindow } from './wayFromLastWindow.ts';

interface Known {
  readonly graph: Pick<Graph, 'facts'>;
  readonly declared: ReadonlySet<string>;
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;

/**
 * One change that makes the whole claim true by itself: another padding of the last window on the way. Undefined where
 * no single padding does it; nothing is guessed.
 */
export function repairOf(claim: ShapeClaim, known: Known): string | undefined {
  const [window, ...after] = wayFromLastWindow(claim.value, known.producers);
  if (window === undefined) return undefined;
  for (const padding of ['valid', 'same', 'half'] as const) {
    const other = changed(window, { padding });
    const type = other === undefined ? undefined : outcome([other, ...after], known);
    if (type !== undefined && holds(claim, type, known))
      return `with \`padding: ${padding}\` at ${window.step} it is ${showShape(inOrderOf(claim.channels ?? 'last', type.shape))}`;
  }
  return undefined;
}

function holds({ shape: claimed }: ShapeClaim, { shape }: TensorType, { graph }: Known): boolean {
  const judge = judgeWith(graph.facts);
  return (
    claimed.length === shape.length &&
    claimed.every((wanted, axis) => {
      const dim = shape[axis];
      return dim !== undefined && (wanted === '_' || judge.differ(dim, wanted) === undefined);
    })
  );
}
