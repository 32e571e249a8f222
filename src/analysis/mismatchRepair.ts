import type { Producers } from '../ir/derivation.ts';
import type { Graph, Node } from '../ir/graph.ts';
import { inferNode } from '../ir/inferNode.ts';
import type { TensorType } from '../tensor/shape.ts';
import { changed, outcome, wayFromLastWindow } from './wayFromLastWindow.ts';

/** What is known of the network. */
export interface Known {
  readonly graph: Pick<Graph, 'facts'>;
  readonly declared: ReadonlySet<string>;
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

type Change = Readonly<Record<string, unknown>>;

/**
 * One change at the last window before one of the inputs with which a node that joins values fits: another rounding,
 * padding or stride, or as many filters as the other values have. Undefined where no single one does; nothing is guessed.
 */
export function mismatchRepair(node: Node, known: Known): string | undefined {
  const types = node.inputs.flatMap((v) => known.types.get(v.id) ?? []);
  if (types.length !== node.inputs.length) return undefined;
  const sides = node.inputs.map((value) => wayFromLastWindow(value, known.producers));
  for (const change of changesFor(types)) {
    for (const [i, way] of sides.entries()) {
      const window = repairedBy(change, way, (type) => fits(node, types.with(i, type), known), known);
      if (window !== undefined) return `with \`${printed(change)}\` at ${window.step}`;
    }
  }
  return undefined;
}

/** In the order in which they are mostly meant. */
function changesFor(types: readonly TensorType[]): readonly Change[] {
  const channels = new Set(types.map(({ shape }) => shape.at(-1)).filter((d) => typeof d === 'number'));
  return [
    { ceil: false },
    ...['valid', 'same', 'half'].map((padding) => ({ padding })),
    { stride: 1 },
    ...[...channels].map((filters) => ({ filters })),
  ];
}

/** The window that the change is made at, if what then comes out is accepted. */
function repairedBy(
  change: Change,
  [window, ...after]: readonly Node[],
  accepts: (type: TensorType) => boolean,
  known: Known,
): Node | undefined {
  if (window === undefined || !Object.keys(change).every((key) => key in window.attributes)) return undefined;
  const { stride } = window.attributes as Readonly<Record<string, unknown>>;
  const each = Array.isArray(stride) && change.stride === 1 ? { stride: stride.map(() => 1) } : change;
  const other = changed(window, each);
  const type = other === undefined ? undefined : outcome([other, ...after], known);
  return type !== undefined && accepts(type) ? window : undefined;
}

function fits(node: Node, types: readonly TensorType[], { graph, declared }: Known): boolean {
  const inferred = inferNode(node, types, { facts: graph.facts, declared });
  return inferred.ok && inferred.value.equalities.length === 0;
}

function printed(change: Change): string {
  return Object.entries(change)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
}
