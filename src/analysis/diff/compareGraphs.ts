import type { TypedGraph } from '../../ir/graph.ts';
import { type Dim, keyOf, sub } from '../../tensor/dim.ts';
import { withinLimits } from '../../tensor/integers.ts';
import { type Change, changesOf, endChanges, labelChanges } from './changes.ts';
import { type Figure, type GraphSummary, type NodeSummary, summaryOf } from './graphSummary.ts';
import { likelyRenames } from './likelyRenames.ts';

export interface FigureChange {
  readonly name: string;
  readonly before: Dim;
  readonly after: Dim;
  /** Undefined where the difference is too large to be computed. */
  readonly delta?: Dim;
}

export interface NodeChange {
  readonly name: string;
  /** `follows`: the node is as it was, but its shape or cost is another because of what it reads. */
  readonly kind: 'added' | 'removed' | 'changed' | 'follows';
  /** Of a removed node, the new one that it may be; a guess. */
  readonly likely?: string;
  readonly op: string;
  /** The op and attributes that are others now, and `reads`. */
  readonly attributes: readonly Change[];
  readonly outputs: Omit<Change, 'name'>;
  readonly figures: readonly FigureChange[];
}

/** How one network differs from another, by qualified name. */
export interface GraphDiff {
  readonly figures: readonly FigureChange[];
  readonly inputs: readonly Change[];
  readonly outputs: readonly Change[];
  /** What is said of the numbers of inputs (`image range`) and of the entries of outputs (`logits labels`). */
  readonly meanings: readonly Change[];
  readonly weights: readonly Change[];
  readonly nodes: readonly NodeChange[];
  readonly unchanged: number;
}

/** Compares two networks by the qualified names of their nodes, weights, inputs and outputs. */
export function compareGraphs(before: TypedGraph, after: TypedGraph): GraphDiff {
  // Another order of axes is a change of the ends, and not of every node.
  const [a, b] = [summaryOf(before, after.channels), summaryOf(after)];
  const renames = likelyRenames(a, b);
  const nodes = nodeChanges(a, b, renames);
  const kept = [...b.nodes.keys()].filter((name) => a.nodes.has(name)).length;
  const changed = nodes.filter(({ kind }) => kind === 'changed' || kind === 'follows').length;
  return {
    figures: figureChanges(a.figures, b.figures),
    inputs: endChanges(a.inputs, b.inputs),
    outputs: endChanges(a.outputs, b.outputs),
    meanings: [...changesOf(a.meanings, b.meanings), ...labelChanges(a.labels, b.labels)],
    weights: changesOf(a.weights, b.weights).map((change) => withLikely(change, renames)),
    nodes,
    unchanged: kept - changed,
  };
}

/** Weights of the network before that its checkpoint holds and the network after cannot take: gone, or of another shape. */
export function lostWeights({ weights }: GraphDiff): readonly Change[] {
  return weights.filter(({ before }) => before !== undefined);
}

/** What was said before of numbers of inputs and entries of outputs, and is not so any more. */
export function lostMeanings({ meanings }: GraphDiff): readonly Change[] {
  return meanings.filter(({ before }) => before !== undefined);
}

/**
 * Whether something that others rely on is another now: a weight of the network before, its inputs or its outputs, or
 * what was said of them.
 */
export function isBreaking(diff: GraphDiff): boolean {
  const all = [diff.inputs, diff.outputs, lostMeanings(diff), lostWeights(diff)];
  return all.some((changes) => changes.length > 0);
}

function withLikely(change: Change, renames: ReadonlyMap<string, string>): Change {
  const end = change.name.lastIndexOf('/');
  const node = renames.get(change.name.slice(0, end));
  return node === undefined ? change : { ...change, likely: node + change.name.slice(end) };
}

function nodeChanges(
  a: GraphSummary,
  b: GraphSummary,
  renames: ReadonlyMap<string, string>,
): readonly NodeChange[] {
  const removed = [...a.nodes.values()].filter(({ name }) => !b.nodes.has(name));
  const others = [...b.nodes.values()].flatMap((node) => {
    const was = a.nodes.get(node.name);
    return was === undefined ? [lone('added', node)] : changeOf(was, node, renames);
  });
  return [...removed.map((node) => lone('removed', node, renames.get(node.name))), ...others];
}

function lone(kind: 'added' | 'removed', node: NodeSummary, likely?: string): NodeChange {
  const none = node.figures.map(({ name }) => ({ name, value: 0 }));
  const isNew = kind === 'added';
  return {
    name: node.name,
    kind,
    ...(likely === undefined ? {} : { likely }),
    op: node.op,
    attributes: [],
    outputs: isNew ? { after: node.outputs } : { before: node.outputs },
    figures: isNew ? figureChanges(none, node.figures) : figureChanges(node.figures, none),
  };
}

function changeOf(
  was: NodeSummary,
  is: NodeSummary,
  renames: ReadonlyMap<string, string>,
): readonly NodeChange[] {
  const reads = was.reads.map((name) => renames.get(name) ?? name);
  const attributes = [
    ...changesOf(new Map([['op', was.op]]), new Map([['op', is.op]])),
    ...changesOf(was.attributes, is.attributes),
    ...changesOf(new Map([['reads', reads.join(', ')]]), new Map([['reads', is.reads.join(', ')]])),
  ];
  const figures = figureChanges(was.figures, is.figures).filter(isChanged);
  const same = was.outputs === is.outputs;
  if (attributes.length === 0 && figures.length === 0 && same) return [];
  const outputs = same ? {} : { before: was.outputs, after: is.outputs };
  const kind = attributes.length > 0 ? 'changed' : 'follows';
  return [{ name: is.name, kind, op: is.op, attributes, outputs, figures }];
}

/** Figures side by side, also those that are as they were. */
function figureChanges(before: readonly Figure[], after: readonly Figure[]): readonly FigureChange[] {
  const values = new Map(after.map(({ name, value }) => [name, value]));
  return before.flatMap(({ name, value }) => {
    const now = values.get(name);
    if (now === undefined) return [];
    const delta = withinLimits(() => sub(now, value));
    return [{ name, before: value, after: now, ...(delta === undefined ? {} : { delta }) }];
  });
}

/** Whether a figure is another now. */
export function isChanged({ before, after }: FigureChange): boolean {
  return keyOf(before) !== keyOf(after);
}
