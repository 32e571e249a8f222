import type { Link } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { decisiveAttributes } from './decisive.ts';
import type { Graph, Node, Value } from './graph.ts';

/** One link of the chain that leads to a size: where it changed, through what, to what. */
export interface DerivationStep extends Link {
  /** Undefined for an input. */
  readonly node?: Node;
}

/** How a dimension came about: each node on the way from an input that changed it. */
export type Derivation = readonly DerivationStep[];

/** The links of a derivation as data, without the nodes. */
export function linksOf(derivation: Derivation): readonly Link[] {
  return derivation.map(({ node: _, ...link }) => link);
}

/** Which node makes each value, by the value's id; inputs have none. */
export type Producers = ReadonlyMap<number, Node>;

/** The producers of all values of a graph. */
export function producersOf({ nodes }: Pick<Graph, 'nodes'>): Producers {
  return new Map(nodes.flatMap((n) => n.outputs.map((v) => [v.id, n] as const)));
}

/** Of longer chains only so many links are kept, beside the first; nobody reads more, and many claims may fail. */
const longest = 24;

/** So many nodes are walked through at most. */
const farthest = 5000;

/**
 * The chain from an input to axis `axis` of `value`, following each node's first input; nodes that pass the size on
 * unchanged, on the same axis, are left out.
 */
export function derive(
  producers: Producers,
  types: ReadonlyMap<number, TensorType>,
  place: Place,
): Derivation {
  const dimAt = ({ value, axis }: Place) => types.get(value.id)?.shape[axis];
  const changes: { readonly at: Place; readonly node: Node }[] = [];
  let at = place;
  for (let walked = 0; ; walked++) {
    const node = producers.get(at.value.id);
    const source: Value | undefined = node?.inputs[0];
    if (node === undefined || source === undefined || walked === farthest) break;
    const next = { value: source, axis: axisBefore(at.axis, types.get(at.value.id), types.get(source.id)) };
    if (next.axis !== at.axis || !sameDim(dimAt(at), dimAt(next))) changes.push({ at, node });
    at = next;
  }
  const linkOf = (change: (typeof changes)[number]) =>
    stepOf(change.node, {
      axis: change.at.axis,
      rank: types.get(change.at.value.id)?.shape.length ?? 0,
      size: shown(dimAt(change.at)),
    });
  const begin: DerivationStep = { name: at.value.name, how: '', size: shown(dimAt(at)), defaults: [] };
  const last = changes.slice(0, longest).reverse().map(linkOf);
  const omitted = changes.length - last.length;
  return omitted === 0 ? [begin, ...last] : [{ ...begin, omitted }, ...last];
}

/** An axis of a value. */
interface Place {
  readonly value: Value;
  readonly axis: number;
}

/** Where axes come or go, the last axis goes on from the last: the channels stay the channels. */
export function axisBefore(
  axis: number,
  after: TensorType | undefined,
  before: TensorType | undefined,
): number {
  const [now, then] = [after?.shape.length ?? 0, before?.shape.length ?? 0];
  return now !== then && axis > 0 && axis === now - 1 ? then - 1 : axis;
}

function stepOf(
  node: Node,
  { axis, rank, size }: { axis: number; rank: number; size: string },
): DerivationStep {
  return { name: node.step, how: manner(node), size, defaults: defaultsOf(node, { axis, rank }), node };
}

/** Whether two sizes are written alike. */
export function sameDim(a: Dim | undefined, b: Dim | undefined): boolean {
  if (a === undefined || b === undefined || typeof a === 'number' || typeof b === 'number') return a === b;
  return a.key === b.key;
}

function shown(dim: Dim | undefined): string {
  return dim === undefined ? '?' : printDim(dim);
}

/** The attributes among those that decide the size which a `defaults` line set. */
function defaultsOf(node: Node, place: { axis: number; rank: number }): Link['defaults'] {
  return decisiveAttributes(node, place).flatMap((attribute) => {
    const origin = node.origins[attribute];
    return origin?.kind === 'default' ? [{ attribute, span: origin.span }] : [];
  });
}

/** `image 299 → conv_1 (3x3 /2 same) 150 → conv_2 (3x3 valid) 148` */
export function printDerivation(derivation: Derivation): string {
  return derivation
    .map(({ name, how, size, omitted }) => {
      const more = omitted === undefined ? '' : ` → … ${omitted} more`;
      return `${name}${how === '' ? '' : ` (${how})`} ${size}${more}`;
    })
    .join(' → ');
}

/** The window of a node in the papers' notation, or its op. */
export function manner({ op, attributes }: Pick<Node, 'op' | 'attributes'>): string {
  const { kernel, stride, padding, dilation, ceil, filters, units } = attributes as Readonly<
    Record<string, unknown>
  >;
  if (kernel === undefined) return units === undefined ? op : `${op} ${String(units)}`;
  const parts = [`${op === 'conv' ? '' : `${op} `}${crossed(kernel)}`];
  if (filters !== undefined) parts.push(String(filters));
  if (!isOne(stride)) parts.push(`/${single(stride)}`);
  if (dilation !== undefined && !isOne(dilation)) parts.push(`dilation ${single(dilation)}`);
  parts.push(typeof padding === 'string' ? padding : `padding ${JSON.stringify(padding)}`);
  if (ceil === true) parts.push('ceil');
  return parts.join(' ');
}

function isOne(value: unknown): boolean {
  return Array.isArray(value) ? value.every((v) => v === 1) : value === 1;
}

/** `3x3` for a kernel of [3, 3]. */
function crossed(value: unknown): string {
  return Array.isArray(value) ? value.join('x') : String(value);
}

/** `2` for a stride of [2, 2], `2x1` for [2, 1]. */
function single(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.every((v) => v === value[0]) ? String(value[0]) : crossed(value);
}
