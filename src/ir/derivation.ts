import type { Link } from '../diagnostics/diagnostic.ts';
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
  return derivation.map(({ name, how, size, defaults }) => ({ name, how, size, defaults }));
}

/** Which node makes each value, by the value's id; inputs have none. */
export type Producers = ReadonlyMap<number, Node>;

/** The producers of all values of a graph. */
export function producersOf({ nodes }: Pick<Graph, 'nodes'>): Producers {
  return new Map(nodes.flatMap((n) => n.outputs.map((v) => [v.id, n] as const)));
}

/**
 * The chain from an input to axis `axis` of `value`, following each node's first input; nodes that pass the size on
 * unchanged, on the same axis, are left out.
 */
export function derive(
  producers: Producers,
  types: ReadonlyMap<number, TensorType>,
  place: { value: Value; axis: number },
): Derivation {
  const steps: DerivationStep[] = [];
  let { value: at, axis } = place;
  for (;;) {
    const node = producers.get(at.id);
    const size = sizeOn(types.get(at.id), axis);
    const source: Value | undefined = node?.inputs[0];
    if (node === undefined || source === undefined) {
      steps.push({ name: at.name, how: '', size, defaults: [] });
      return steps.reverse();
    }
    const next = axisBefore(axis, types.get(at.id), types.get(source.id));
    const before = sizeOn(types.get(source.id), next);
    if (before !== size || next !== axis) {
      const rank = types.get(at.id)?.shape.length ?? 0;
      steps.push({
        name: node.step,
        how: manner(node),
        size,
        defaults: defaultsOf(node, { axis, rank }),
        node,
      });
    }
    at = source;
    axis = next;
  }
}

/** Where axes come or go, the last axis goes on from the last: the channels stay the channels. */
function axisBefore(axis: number, after: TensorType | undefined, before: TensorType | undefined): number {
  const [now, then] = [after?.shape.length ?? 0, before?.shape.length ?? 0];
  return now !== then && axis > 0 && axis === now - 1 ? then - 1 : axis;
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
    .map(({ name, how, size }) => `${name}${how === '' ? '' : ` (${how})`} ${size}`)
    .join(' → ');
}

function sizeOn(type: TensorType | undefined, axis: number): string {
  const dim = type?.shape[axis];
  return dim === undefined ? '?' : printDim(dim);
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
