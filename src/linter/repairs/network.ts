import type { LoadedFile } from '../../ir/expand/load.ts';
import type { Claim, Graph, Node } from '../../ir/graph.ts';
import { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec } from '../../parser/spec.ts';
import type { Place, Places } from './places.ts';
import { placesOf } from './places.ts';
import { type InputSize, inputSizes } from './sizes.ts';
import type { Changed, Work } from './typing.ts';

/** A network whose claims are to be repaired. */
export interface Network {
  readonly graph: Graph;
  readonly spec: Spec;
  readonly places: Places;
  readonly sizes: readonly InputSize[];
  readonly work: Work;
  readonly schemas: OpSchemas;
  /** The places of nodes in the graph, by the values that they make. */
  readonly makers: ReadonlyMap<number, number>;
}

/** What was read of a network, with a bound on the work that is done on it. */
export function networkOf(graph: Graph, file: LoadedFile, work: Work): Network {
  const makers = new Map(graph.nodes.flatMap(({ outputs }, i) => outputs.map(({ id }) => [id, i] as const)));
  const places = placesOf(graph, file.spec);
  const sizes = inputSizes(graph, file);
  return { graph, spec: file.spec, places, sizes, work, makers, schemas: new OpSchemas() };
}

/** A value for a place. */
export interface Choice {
  readonly place: Place;
  readonly value: unknown;
  /** The claim that it is for. */
  readonly claim: Claim;
}

/** The nodes that choices change. */
export function changedBy(choices: Iterable<Choice>, { graph }: Pick<Network, 'graph'>): Changed {
  const changed = new Map<number, Node>();
  for (const { place, value } of choices) {
    for (const { node: i, name } of place.targets) {
      const node = changed.get(i) ?? graph.nodes[i];
      // Only values that the schemas of these ops take are ever chosen.
      if (node !== undefined)
        changed.set(i, { ...node, attributes: { ...node.attributes, [name]: value } } as Node);
    }
  }
  return changed;
}

/** Whether the ops of all nodes that a place sets take a value. */
export function isTaken(value: unknown, { targets }: Place, { graph, schemas }: Network): boolean {
  return targets.every(({ node: i, name }) => {
    const node = graph.nodes[i];
    return node !== undefined && schemas.of(node.op).get(name)?.schema.safeParse(value).success === true;
  });
}

/**
 * The places on the ways to a claim's value, back to the values of which claims hold; of a count, those of the steps that it
 * counts. The nearest come first.
 */
export function placesFor(claim: Claim, held: readonly Claim[], network: Network): readonly Place[] {
  const nodes = claim.kind === 'shape' ? nodesBefore(claim.value.id, held, network) : countedNodes(claim);
  const found = nodes.flatMap((i) => network.places.get(i) ?? []);
  return [...new Set(found)];
}

function nodesBefore(value: number, held: readonly Claim[], { graph, makers }: Network): readonly number[] {
  // A claim that leaves an axis open settles nothing of what decides it.
  const whole = held.filter((c) => c.kind === 'shape' && !c.shape.slice(1).includes('_'));
  const ends = new Set(whole.flatMap((c) => (c.kind === 'shape' ? [c.value.id] : [])));
  const open = [value];
  const found = new Set<number>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const maker = ends.has(id) ? undefined : makers.get(id);
    if (maker === undefined || found.has(maker)) continue;
    found.add(maker);
    open.push(...(graph.nodes[maker]?.inputs ?? []).map((input) => input.id));
  }
  return [...found].sort((a, b) => b - a);
}

/** Of a whole network nothing is tried: any of its steps could be the one. */
function countedNodes({ part }: Extract<Claim, { kind: 'total' }>): readonly number[] {
  const [from, to] = part?.nodes ?? [0, 0];
  return Array.from({ length: to - from }, (_, i) => to - 1 - i);
}
