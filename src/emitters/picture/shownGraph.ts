import type { FoldState } from './foldState.ts';
import type { Picture, PictureItem } from './picture.ts';

/** A node of one level of a picture: a box, or a place where a value enters or leaves the block around it. */
export type ShownNode =
  | { readonly kind: 'box'; readonly item: number; readonly copies: number; readonly inside?: ShownGraph }
  | { readonly kind: 'entry' | 'exit'; readonly key: string };

/** One or several values that go from node to node. */
export interface ShownEdge {
  readonly from: number;
  readonly to: number;
  /** Which values, as ports of open blocks call them. */
  readonly keys: readonly string[];
  readonly labels: readonly string[];
}

/** One level of a picture: what stands in the network, or in an open block. */
export interface ShownGraph {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
}

/** What a picture shows in this state, as graphs in graphs. */
export function shownGraph(picture: Picture, state: FoldState): ShownGraph {
  const seen = sightOf(picture, state);
  const levels = new Map<number, Level>([[-1, new Level()]]);
  const levelOf = (container: number) => {
    const level = levels.get(container);
    if (level === undefined) throw new Error('a container is numbered before what it holds');
    return level;
  };
  for (const [i, item] of picture.items.entries()) {
    if (!seen.isDrawn(i)) continue;
    const inside = item.kind === 'block' && !state.folded.has(i) ? new Level() : undefined;
    if (inside !== undefined) levels.set(i, inside);
    levelOf(seen.containerOf(i)).addBox(i, seen.copiesOf(i), inside);
  }
  for (const edge of picture.edges) addEdge(edge, { picture, seen, levelOf });
  return levelOf(-1).finished();
}

interface Drawing {
  readonly picture: Picture;
  readonly seen: Sight;
  readonly levelOf: (container: number) => Level;
}

/** Leads a value out of the blocks around its maker and into those around its reader. */
function addEdge(edge: Picture['edges'][number], { picture: { items }, seen, levelOf }: Drawing): void {
  if (seen.isBetweenCopies(items, edge.from, edge.to)) return;
  const [from, to] = [seen.shownOf(edge.from), seen.shownOf(edge.to)];
  if (from === to) return;
  const key = `${edge.from + seen.shiftOf(edge.from)}.${seen.ordinalOf(edge)}`;
  const around = (item: number): readonly number[] => {
    const container = seen.containerOf(item);
    return container < 0 ? [-1] : [container, ...around(container)];
  };
  const [out, into] = [around(from), around(to)];
  const common = out.find((container) => into.includes(container)) ?? -1;
  const { label } = edge;
  let start = levelOf(seen.containerOf(from)).box(from);
  for (const container of out.slice(0, out.indexOf(common))) {
    const level = levelOf(container);
    level.connect(start, level.port('exit', key), { key });
    start = levelOf(seen.containerOf(container)).box(container);
  }
  let end = levelOf(seen.containerOf(to)).box(to);
  for (const container of into.slice(0, into.indexOf(common))) {
    const level = levelOf(container);
    level.connect(level.port('entry', key), end, { key });
    end = levelOf(seen.containerOf(container)).box(container);
  }
  levelOf(common).connect(start, end, { key, label });
}

/** One level while it is filled. */
class Level {
  readonly #nodes: (
    | Exclude<ShownNode, { kind: 'box' }>
    | { kind: 'box'; item: number; copies: number; level?: Level }
  )[] = [];
  readonly #places = new Map<string, number>();
  readonly #edges = new Map<string, { from: number; to: number; keys: string[]; labels: string[] }>();

  addBox(item: number, copies: number, level: Level | undefined): void {
    this.#places.set(`box ${item}`, this.#nodes.length);
    this.#nodes.push({ kind: 'box', item, copies, ...(level === undefined ? {} : { level }) });
  }

  box(item: number): number {
    const at = this.#places.get(`box ${item}`);
    if (at === undefined) throw new Error(`item ${item} is no box of this level`);
    return at;
  }

  port(kind: 'entry' | 'exit', key: string): number {
    const known = this.#places.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    this.#places.set(`${kind} ${key}`, this.#nodes.length);
    this.#nodes.push({ kind, key });
    return this.#nodes.length - 1;
  }

  connect(from: number, to: number, { key, label }: { key: string; label?: string }): void {
    const pair = `${from} ${to}`;
    const known = this.#edges.get(pair);
    const labels = label === undefined ? [] : [label];
    if (known === undefined) this.#edges.set(pair, { from, to, keys: [key], labels });
    else if (!known.keys.includes(key)) {
      known.keys.push(key);
      known.labels.push(...labels);
    }
  }

  finished(): ShownGraph {
    const nodes = this.#nodes.map((node): ShownNode => {
      if (node.kind !== 'box') return node;
      const { level, ...box } = node;
      return level === undefined ? box : { ...box, inside: level.finished() };
    });
    return { nodes, edges: [...this.#edges.values()] };
  }
}

/** Says which box stands for an item in this state: itself, or the folded block or the first copy that hides it. */
export function standIns(picture: Picture, state: FoldState): (item: number) => number {
  return sightOf(picture, state).shownOf;
}

type Sight = ReturnType<typeof sightOf>;

/** Where each item is seen: itself, or in the folded block or the first copy that stands for it. */
function sightOf({ items, edges }: Picture, { folded, unrolled }: FoldState) {
  const shifts: number[] = [];
  const hiddenIn: (number | undefined)[] = [];
  const containers: number[] = [];
  const isRolled = (at: number) => items[at]?.kind === 'repeat' && !unrolled.has(at);
  const isBoxed = (item: PictureItem) =>
    item.kind === 'block' && (item.clear !== true || isRolled(item.parent));
  for (const [i, item] of items.entries()) {
    const { parent } = item;
    const shift = parent < 0 ? 0 : (shifts[parent] ?? 0);
    shifts.push(parent >= 0 && isRolled(parent + shift) ? shift + parent + 1 - i : shift);
    hiddenIn.push(hiddenIn[parent] ?? (folded.has(parent) ? parent : undefined));
    const around = items[parent];
    containers.push(around === undefined || isBoxed(around) ? parent : (containers[parent] ?? -1));
  }
  const ordinals = ordinalsOf(edges);
  return {
    shiftOf: (i: number) => shifts[i] ?? 0,
    shownOf: (i: number) => {
      const at = i + (shifts[i] ?? 0);
      return hiddenIn[at] ?? at;
    },
    containerOf: (i: number) => containers[i] ?? -1,
    isDrawn: (i: number) => {
      const item = items[i];
      if (item === undefined || item.kind === 'repeat' || shifts[i] !== 0 || hiddenIn[i] !== undefined)
        return false;
      return item.kind !== 'block' || folded.has(i) || isBoxed(item);
    },
    copiesOf: (i: number) => {
      const parent = items[i]?.parent ?? -1;
      return isRolled(parent) ? (items[parent]?.count ?? 1) : 1;
    },
    ordinalOf: ({ from, value }: { from: number; value: number }) => ordinals.get(`${from} ${value}`) ?? 0,
    isBetweenCopies: (all: readonly PictureItem[], a: number, b: number) => {
      const at = nearestCommon(all, a, b);
      return at >= 0 && isRolled(at + (shifts[at] ?? 0));
    },
  };
}

/** The innermost item that holds both, -1 where only the network does. */
function nearestCommon(items: readonly PictureItem[], a: number, b: number): number {
  let at = a;
  while (at >= 0 && !(at <= b && b < (items[at]?.end ?? 0))) at = items[at]?.parent ?? -1;
  return at;
}

/** Numbers the values of each item: copies of a repeat have the same numbers. */
function ordinalsOf(edges: Picture['edges']): ReadonlyMap<string, number> {
  const counts = new Map<number, number>();
  const ordinals = new Map<string, number>();
  for (const { from, value } of [...edges].sort((a, b) => a.value - b.value)) {
    const key = `${from} ${value}`;
    if (ordinals.has(key)) continue;
    const next = counts.get(from) ?? 0;
    ordinals.set(key, next);
    counts.set(from, next + 1);
  }
  return ordinals;
}
