import type { Graph, GraphInput, Node } from '../ir/graph.ts';
import { infer } from '../ir/infer.ts';
import type { Requirement } from '../ir/requirements.ts';
import { type Dim, symbol, symbolsOf } from '../tensor/dim.ts';
import { valueOrNaN } from '../tensor/evaluateDim.ts';
import type { TensorType } from '../tensor/shape.ts';

/** In larger networks, working out all shapes several times over would keep the author waiting. */
const mostNodes = 5000;

/** How far from the given size another one is looked for; one far smaller is no picture of the same thing. */
const search = { least: 0.5, most: 4, atLeast: 4096 };

/** Sizes near one that is written in the shapes of inputs, with which a node fits. */
export interface FittingSizes {
  readonly inputs: readonly string[];
  readonly given: number;
  /** The next smaller and the next greater one, as far as there are such. */
  readonly sizes: readonly number[];
  /** Every greater one fits, too. */
  readonly orMore: boolean;
}

/**
 * For nodes that their inputs do not fit: the nearest sizes of the network's inputs with which they fit, and the other
 * nodes do as far as that is known. Each size that is written stands for itself wherever inputs have it on a spatial
 * axis, so that a square stays one. Empty where no such sizes are found; those that are given were tried.
 */
export function sizeSearch(graph: Graph): (node: Node) => readonly FittingSizes[] {
  let searched: Searched | undefined;
  return (node) => {
    searched ??= graph.nodes.length > mostNodes ? { found: [], tried: [] } : searchedIn(graph);
    const fits = searched.tried.every((types) => node.outputs.every((v) => types.has(v.id)));
    return fits ? searched.found : [];
  };
}

/** A join of a network that fits, and the sizes around the written one at which the network does, too. */
export interface SizesThatFit extends Omit<FittingSizes, 'orMore'> {
  readonly node: Node;
}

/** Ops that join maps; others, as a reshape, ask for one size where it is written in them. */
const joins: ReadonlySet<string> = new Set([
  'add',
  'average',
  'concat',
  'maximum',
  'minimum',
  'multiply',
  'subtract',
]);

/**
 * For each size that is written in the shapes of inputs and at whose neighbours some join does not fit: the join that asks
 * for the rarest sizes, and the next smaller and greater size at which all do. Empty for one that other ops hold fast.
 */
export function sizesThatFit(graph: Graph): readonly SizesThatFit[] {
  if (graph.nodes.length > mostNodes) return [];
  const { requirements } = infer(opened(graph), new Set(Object.keys(graph.facts)));
  return writtenSizes(graph).flatMap((given) => {
    const own = ownRequirements(given, requirements);
    const asked = own?.filter((r) => r.kind === 'equal' && joins.has(r.node.op)) ?? [];
    if (own === undefined || asked.length === 0) return [];
    const sizes = sizesAround(given, own);
    const [rarest] = asked
      .map(({ node }, i) => ({ node, step: stepOf(given, asked.slice(i, i + 1)) }))
      .sort((a, b) => b.step - a.step);
    if (rarest === undefined || rarest.step === 1 || sizes.length === 0) return [];
    return [{ node: rarest.node, inputs: inputsWith(graph, given), given, sizes }];
  });
}

/** How far the next greater size is at which they hold. */
function stepOf(given: number, own: readonly Requirement[]): number {
  const greater = sizesAround(given, own).at(-1);
  return greater === undefined || greater <= given ? Number.POSITIVE_INFINITY : greater - given;
}

interface Searched {
  readonly found: readonly FittingSizes[];
  /** The types of values at sizes that were found. */
  readonly tried: readonly ReadonlyMap<number, TensorType>[];
}

function searchedIn(graph: Graph): Searched {
  const { requirements } = infer(opened(graph), new Set(Object.keys(graph.facts)));
  const found = writtenSizes(graph).flatMap((given) => sizesInstead(given, requirements) ?? []);
  if (found.length === 0) return { found: [], tried: [] };
  const tried = [0, -1].map((place) => {
    const other = new Map(found.map(({ given, sizes }) => [given, sizes.at(place)]));
    return infer(withSizes(graph, (size) => other.get(size) ?? size)).types;
  });
  return { found: found.map((f) => ({ ...f, inputs: inputsWith(graph, f.given) })), tried };
}

/** The graph with a symbol for each size; none is smaller than what is looked for. */
function opened(graph: Graph): Graph {
  const least = writtenSizes(graph).map((size) => [nameFor(size), { min: leastFor(size) }] as const);
  const facts = { ...graph.facts, ...Object.fromEntries(least) };
  return { ...withSizes(graph, (size) => symbol(nameFor(size))), facts };
}

function leastFor(size: number): number {
  return Math.ceil(search.least * size);
}

type Found = Omit<FittingSizes, 'inputs'>;

/** No author can write such a name. */
function nameFor(size: number): string {
  return `$${size}`;
}

function sizesInstead(given: number, requirements: readonly Requirement[]): Found | undefined {
  const own = ownRequirements(given, requirements);
  if (own === undefined || own.every((r) => isMet(r, { [nameFor(given)]: given }))) return undefined;
  const sizes = sizesAround(given, own);
  const greater = sizes.findLast((size) => size > given);
  const orMore = own.every(({ kind }) => kind === 'positive') && greater !== undefined;
  return sizes.length === 0 ? undefined : { given, sizes: orMore ? [greater] : sizes, orMore };
}

/** What is asked of a size that is written; undefined where it is asked of several at once. */
function ownRequirements(
  given: number,
  requirements: readonly Requirement[],
): readonly Requirement[] | undefined {
  const name = nameFor(given);
  const own = requirements.filter((r) => dimsOf(r).some((d) => symbolsOf(d).includes(name)));
  const alone = own.every((r) => dimsOf(r).every((d) => symbolsOf(d).every((s) => s === name)));
  return alone ? own : undefined;
}

/** The next smaller and the next greater size at which all is met, as far as there are such. */
function sizesAround(given: number, own: readonly Requirement[]): readonly number[] {
  const name = nameFor(given);
  const holds = (size: number) => own.every((r) => isMet(r, { [name]: size }));
  const greatest = Math.max(search.atLeast, search.most * given);
  const smaller = next(given, -1, { end: leastFor(given), holds });
  const greater = next(given, 1, { end: greatest, holds });
  return [smaller, greater].filter((n) => n !== undefined);
}

function dimsOf(requirement: Requirement): readonly Dim[] {
  return requirement.kind === 'equal' ? [requirement.dim, requirement.other] : [requirement.dim];
}

function isMet(requirement: Requirement, sizes: Readonly<Record<string, number>>): boolean {
  const value = valueOrNaN(requirement.dim, sizes);
  return requirement.kind === 'equal' ? value === valueOrNaN(requirement.other, sizes) : value >= 1;
}

function next(
  given: number,
  step: 1 | -1,
  { end, holds }: { readonly end: number; readonly holds: (size: number) => boolean },
): number | undefined {
  for (let size = given + step; (end - size) * step >= 0 && size >= 1; size += step)
    if (holds(size)) return size;
  return undefined;
}

/** The graph with other sizes on the spatial axes of its inputs. */
function withSizes(graph: Graph, sizeFor: (size: number) => Dim): Graph {
  const inputs = graph.inputs.map((input) => {
    const spatial = spatialAxes(input);
    const shape = input.type.shape.map((d, axis) =>
      spatial.includes(axis) && typeof d === 'number' ? sizeFor(d) : d,
    );
    return { ...input, type: { ...input.type, shape } };
  });
  return { ...graph, inputs };
}

function spatialAxes({ type: { shape } }: GraphInput): readonly number[] {
  return shape.flatMap((_, axis) => (axis > 0 && axis < shape.length - 1 ? [axis] : []));
}

function sizesOf(input: GraphInput): readonly number[] {
  const dims = spatialAxes(input).map((axis) => input.type.shape[axis]);
  return dims.filter((d) => typeof d === 'number');
}

function writtenSizes({ inputs }: Graph): readonly number[] {
  return [...new Set(inputs.flatMap(sizesOf))];
}

function inputsWith({ inputs }: Graph, size: number): readonly string[] {
  return inputs.filter((input) => sizesOf(input).includes(size)).map(({ value }) => value.name);
}
