import type { Claim } from '../../ir/graph.ts';
import { isSameByAnotherName } from './candidates.ts';
import { type Case, verdictOf } from './meets.ts';
import { type Choice, changedBy, type Network } from './network.ts';
import { type Assignment, givenSizes, isGiven, sizesMeeting } from './resizing.ts';
import { type Changed, typesAfter, typesWith } from './typing.ts';

/** A combination that makes the claims so far true: values for places, and the sizes of the inputs with which it does. */
export class State {
  readonly choices: readonly Choice[];
  /** Undefined as long as no claim has failed: then only the sizes that are given were looked at. */
  readonly sizes: readonly Assignment[] | undefined;
  private readonly network: Network;
  private known: readonly Case[] | undefined;
  private keeping: readonly Case[] | undefined;

  constructor(network: Network, choices: readonly Choice[] = [], sizes?: readonly Assignment[]) {
    this.network = network;
    this.choices = choices;
    this.sizes = sizes;
  }

  /** The sizes that were looked at. */
  get looked(): readonly Assignment[] {
    return this.sizes ?? [givenSizes(this.network)];
  }

  /** Whether the inputs keep the sizes that are given. */
  get keepsSizes(): boolean {
    return this.looked.some(isGiven);
  }

  /** The network with these choices, at each of the sizes. */
  get cases(): readonly Case[] {
    const { graph } = this.network;
    const changed = changedBy(this.choices, this.network);
    this.known ??= this.looked.map((sizes) => ({
      graph,
      changed,
      types: typesWith(this.network, changed, sizes),
    }));
    return this.known;
  }

  /** The cases whose sizes are those that would be kept: the given ones, or all where these are lost already. */
  get kept(): readonly Case[] {
    this.keeping ??= this.keepsSizes
      ? this.cases.filter((_, i) => isGiven(this.looked[i] ?? new Map()))
      : this.cases;
    return this.keeping;
  }

  /** The same at the sizes that pass only. */
  narrowed(passes: (at: Case) => boolean): State {
    const sizes = this.looked.filter((_, i) => {
      const at = this.cases[i];
      return at !== undefined && passes(at);
    });
    return new State(this.network, this.choices, sizes);
  }

  /** With further choices, at every size at which the claims hold; undefined where there is none. */
  extended(choices: readonly Choice[], claims: readonly Claim[]): State | undefined {
    const all = [...this.choices, ...choices];
    const changed = changedBy(all, this.network);
    const found = this.sizes ?? sizesMeeting(claims, this.network, changed) ?? this.looked;
    const wide = new State(this.network, all, found);
    const state = wide.narrowed((at) => claims.every((claim) => verdictOf(claim, at) === 'holds'));
    return state.looked.length === 0 ? undefined : state;
  }

  /** Whether a claim holds with further choices at the sizes that are kept, at one of them at least. */
  wouldMeet(choices: readonly Choice[], claim: Claim): boolean {
    const all = changedBy([...this.choices, ...choices], this.network);
    const padded = choices.filter(({ place }) => place.name === 'padding');
    const repeats = padded.some(
      ({
        place: {
          targets: [first],
        },
      }) => {
        const node = first && all.get(first.node);
        return node !== undefined && isSameByAnotherName(node);
      },
    );
    if (repeats) return false;
    const touched = new Set(choices.flatMap(({ place }) => place.targets.map((t) => t.node)));
    const changed: Changed = new Map([...all].filter(([i]) => touched.has(i)));
    const until = this.endOf(claim);
    return this.kept.some((at) => {
      const types = typesAfter(this.network, at.types, { changed, all, until });
      return verdictOf(claim, { graph: at.graph, types, changed: all }) === 'holds';
    });
  }

  private endOf(claim: Claim): number {
    if (claim.kind === 'shape') return this.network.makers.get(claim.value.id) ?? -1;
    return (claim.part?.nodes[1] ?? this.network.graph.nodes.length) - 1;
  }
}
