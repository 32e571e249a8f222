import type { Claim } from '../../ir/graph.ts';
import { type Asked, askedByShape, candidatesAt, tried } from './candidates.ts';
import { type Case, countOf, verdictOf } from './meets.ts';
import { type Choice, isTaken, type Network, placesFor } from './network.ts';
import type { Place } from './places.ts';
import { State } from './state.ts';
import type { Work } from './typing.ts';

/** How far a search goes. */
export interface Reach {
  /** Also combinations of more changes than the fewest that make a claim true. */
  readonly wide: boolean;
  /** More combinations than these are not followed. */
  readonly states: number;
}

/** A claim that no combination makes true. */
export interface Unmet {
  readonly claim: Claim;
  /** The steps since the last claim that holds, by what messages call them: nearest first. */
  readonly steps: readonly string[];
}

export interface Searched {
  readonly states: readonly State[];
  readonly unmet: readonly Unmet[];
  /** Whether some combinations were not followed, because there are too many. */
  readonly isCut: boolean;
}

/**
 * The combinations that make the claims true, claim by claim from the input on. A claim of which every repair breaks one that
 * holds is left unmet.
 */
export function search(claims: readonly Claim[], network: Network, reach: Reach): Searched {
  const left = new Set<Claim>();
  for (;;) {
    const found = attempt(claims, { network, reach, left });
    if (found.breaking === undefined) return found;
    left.add(found.breaking);
  }
}

interface Attempt extends Searched {
  /** The claim whose repairs all break one that holds. */
  readonly breaking?: Claim;
}

function attempt(
  claims: readonly Claim[],
  { network, reach, left }: Omit<At, 'held'> & { readonly left: ReadonlySet<Claim> },
): Attempt {
  const start = new State(network);
  let states: readonly State[] = [start];
  let last: Claim | undefined;
  const held: Claim[] = [];
  const unmet: Unmet[] = [];
  let isCut = false;
  for (const claim of claims) {
    const next = left.has(claim)
      ? []
      : states.flatMap((state) => metBy(state, claim, { held, network, reach }));
    if (next.length === 0) {
      if (last !== undefined && holdsIn(claim, start)) return { states, unmet, isCut, breaking: last };
      const steps = placesFor(claim, held, network).map(({ step }) => step);
      unmet.push({ claim, steps: [...new Set(steps)] });
      continue;
    }
    if (next.length !== states.length || next.some((state, i) => state !== states[i])) last = claim;
    isCut ||= next.length > reach.states;
    states = next.slice(0, reach.states);
    held.push(claim);
  }
  return { states, unmet, isCut };
}

function holdsIn(claim: Claim, { cases: [at] }: State): boolean {
  return at !== undefined && verdictOf(claim, at) === 'holds';
}

interface At {
  readonly held: readonly Claim[];
  readonly network: Network;
  readonly reach: Reach;
}

/** What becomes of a combination where a claim is to be true, too. */
function metBy(state: State, claim: Claim, at: At): readonly State[] {
  const holds = (c: Case) => verdictOf(claim, c) === 'holds';
  const passing = state.cases.filter(holds);
  if (passing.length === state.cases.length) return [state];
  const kept = passing.length === 0 ? [] : [state.narrowed(holds)];
  if (kept.some((k) => k.keepsSizes === state.keepsSizes)) return kept;
  return [...kept, ...repaired(state, claim, { ...at, resizes: state.sizes === undefined })];
}

/** Further choices for a claim that fails: the fewest at the sizes that are kept, and fewer still at other sizes. */
function repaired(
  state: State,
  claim: Claim,
  { held, network, reach, resizes }: At & { readonly resizes: boolean },
): readonly State[] {
  const claims = [...held, claim];
  const options = optionsFor(state, claim, { held, network, reach });
  const found: State[] = [];
  // One claim that cannot be met leaves work for those after it.
  const least = network.work.left / 2;
  const all = (count: number) =>
    fresh(combinations(options, count), { found, state, work: network.work, least });
  let isResized = !resizes || network.sizes.length === 0;
  for (let count = 0; count <= tried.attributes; count += 1) {
    const before = found.length;
    if (count > 0)
      for (const choices of all(count))
        if (state.wouldMeet(choices, claim)) push(found, state.extended(choices, claims));
    if (found.length > before && !reach.wide) break;
    if (isResized || count === tried.attributes) continue;
    for (const choices of all(count)) {
      const other = state.extended(choices, claims);
      if (other === undefined || other.keepsSizes) continue;
      found.push(other);
      isResized = true;
    }
  }
  return found;
}

function push(found: State[], state: State | undefined): void {
  if (state !== undefined) found.push(state);
}

interface Rest {
  readonly found: readonly State[];
  readonly state: State;
  readonly work: Work;
  /** So much work is to be left. */
  readonly least: number;
}

/** Those that do not change all that one changes which was found before, as long as there is work to be done. */
function* fresh(
  made: Iterable<readonly Choice[]>,
  { found, state, work, least }: Rest,
): Iterable<readonly Choice[]> {
  const fewer = [...found];
  for (const choices of made) {
    if (work.left <= least) {
      work.isCut = true;
      return;
    }
    if (!covers(choices, fewer, state)) yield choices;
  }
}

/** Whether a combination changes all that one does which was found before. */
function covers(choices: readonly Choice[], found: readonly State[], from: State): boolean {
  const keys = new Set(choices.map(({ place }) => place.key));
  return found.some(
    (f) =>
      f.keepsSizes === from.keepsSizes &&
      f.choices.slice(from.choices.length).every(({ place }) => keys.has(place.key)),
  );
}

/** The choices that a claim's places leave, place by place; a place that was given its value keeps it. */
function optionsFor(state: State, claim: Claim, { held, network }: At): readonly (readonly Choice[])[] {
  const settled = new Set(state.choices.map(({ place }) => place.key));
  const places = placesFor(claim, held, network).filter(({ key }) => !settled.has(key));
  const asked = askedBy(claim, state, places, network);
  return places.flatMap((place) => {
    const node = network.graph.nodes[place.targets[0]?.node ?? -1];
    const all = node === undefined ? [] : candidatesAt(place, node, asked);
    const values = all.filter((value) => isTaken(value, place, network));
    return values.length === 0 ? [] : [values.map((value) => ({ place, value, claim }))];
  });
}

function askedBy(claim: Claim, state: State, places: readonly Place[], { graph }: Network): Asked {
  const [at] = state.kept;
  if (claim.kind === 'total') {
    const actual = at && countOf(claim, at);
    const exact = claim.claimed.kind === 'exact' ? claim.claimed.dim : undefined;
    const known = typeof actual === 'number' && typeof exact === 'number' && actual > 0;
    return { windows: true, alike: true, ...(known ? { ratio: exact / actual } : {}) };
  }
  const type = at?.types.typeOf(claim.value.id);
  const ranks = places.map(({ targets: [first] }) => {
    const output = graph.nodes[first?.node ?? -1]?.outputs[0];
    return output === undefined ? undefined : at?.types.typeOf(output.id)?.shape.length;
  });
  return askedByShape(
    claim,
    type,
    ranks.some((rank) => rank !== claim.shape.length),
  );
}

/** All choices of values at so many different places. */
function* combinations(
  options: readonly (readonly Choice[])[],
  count: number,
  from = 0,
): Iterable<readonly Choice[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let i = from; i < options.length; i += 1) {
    for (const choice of options[i] ?? [])
      for (const rest of combinations(options, count - 1, i + 1)) yield [choice, ...rest];
  }
}
