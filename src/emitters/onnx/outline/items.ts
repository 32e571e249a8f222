import { addToGroup } from '../../../common/groups.ts';
import type { Frame } from '../../../ir/graph.ts';
import type { NodeMessage } from '../nodeMessage.ts';

/** A node of the model with the calls of blocks that it is inside of, outermost first. */
export interface Item {
  readonly node: NodeMessage;
  readonly calls: readonly Frame[];
}

/** The nodes of a model, and what the lowering knows of them. */
export interface PlacedNodes {
  readonly nodes: readonly NodeMessage[];
  /** The call that a node belongs to; those that are not in it belong to the network. */
  readonly frames: ReadonlyMap<NodeMessage, Frame>;
  /** Nodes that work out sizes: they read inputs of the model and each other. */
  readonly sizes: ReadonlySet<NodeMessage>;
  /** Transposes between layouts: they may stand wherever their input is known. */
  readonly transposes: ReadonlySet<NodeMessage>;
}

/** Items one after the other that are inside of one call at some depth; or of none. */
export interface Run {
  readonly call: Frame | undefined;
  readonly items: readonly Item[];
}

/** Who makes and who reads each tensor. */
export interface Uses {
  readonly makers: ReadonlyMap<string, Item>;
  readonly readers: ReadonlyMap<string, readonly Item[]>;
}

/** The nodes in an order in which those of one call stand together: what serves several calls stands before them. */
export function itemsOf({ nodes, frames, sizes, transposes }: PlacedNodes): readonly Item[] {
  const first = nodes.filter((node) => sizes.has(node));
  const others = nodes.filter((node) => !sizes.has(node));
  const ordered = [...first, ...others].map((node) => ({
    node,
    calls: sizes.has(node) ? [] : callsOf(frames.get(node)),
  }));
  const uses = usesOf(ordered);
  const isShared = (item: Item, depth: number) => {
    const call = item.calls[depth];
    const isOutside = (other: Item | undefined) => other?.calls[depth] !== call;
    const makers = (item.node.input ?? []).map((name) => uses.makers.get(name));
    const readers = (item.node.output ?? []).flatMap((name) => uses.readers.get(name) ?? []);
    return transposes.has(item.node) && makers.every(isOutside) && readers.some(isOutside);
  };
  return withSharedAhead(ordered, 0, isShared);
}

/** Makers and readers of all tensors of these items. */
export function usesOf(items: readonly Item[]): Uses {
  const makers = new Map<string, Item>();
  const readers = new Map<string, Item[]>();
  for (const item of items) {
    for (const name of item.node.output ?? []) makers.set(name, item);
    for (const name of item.node.input ?? []) addToGroup(readers, name, item);
  }
  return { makers, readers };
}

/** Cuts items where the call at this depth changes. */
export function runsAt(items: readonly Item[], depth: number): readonly Run[] {
  const runs: { readonly call: Frame | undefined; readonly items: Item[] }[] = [];
  for (const item of items) {
    const call = item.calls[depth];
    const last = runs.at(-1);
    if (last !== undefined && last.call === call) last.items.push(item);
    else runs.push({ call, items: [item] });
  }
  return runs;
}

/** The calls that lead to a frame. The outermost frame is none: it is the network. */
function callsOf(frame: Frame | undefined): readonly Frame[] {
  const calls: Frame[] = [];
  for (let at = frame; at?.parent !== undefined; at = at.parent) calls.unshift(at);
  return calls;
}

/** Takes what is shared out of each call, and puts it before the call. */
function withSharedAhead(
  items: readonly Item[],
  depth: number,
  isShared: (item: Item, depth: number) => boolean,
): readonly Item[] {
  return runsAt(items, depth).flatMap((run) => {
    if (run.call === undefined) return run.items;
    const shared = run.items.filter((item) => isShared(item, depth));
    const own = run.items.filter((item) => !shared.includes(item));
    const ahead = shared.map(({ node, calls }) => ({ node, calls: calls.slice(0, depth) }));
    return [...ahead, ...withSharedAhead(own, depth + 1, isShared)];
  });
}
