import type { TypedGraph, TypedNode, TypedValue } from '../ir/graph.ts';
import { isMapRank } from '../tensor/channels.ts';

/** The sizes of a map, channels last, without the batch. */
export type MapSizes = readonly number[];

/**
 * The nodes that read a map whose axes were made one, with the map's sizes. Here the numbers of such a row stand in the
 * order height, width, channels; in a framework with channels first they stand in the order channels, height, width.
 */
export function readersOfFlattened({ nodes }: TypedGraph): ReadonlyMap<TypedNode, MapSizes> {
  const sizes = new Map<number, MapSizes>();
  const readers = new Map<TypedNode, MapSizes>();
  for (const node of nodes) {
    const [x, ...others] = node.inputs;
    const [y] = node.outputs;
    if (x === undefined || y === undefined || others.length > 0) continue;
    const known = sizes.get(x.id);
    if (known !== undefined) readers.set(node, known);
    const made = flattenedSizes(node, x, y) ?? (keepsPlaces(node, x, y) ? known : undefined);
    if (made !== undefined) sizes.set(y.id, made);
  }
  return readers;
}

/** The sizes of the map that a node without weights makes a row of; undefined where it does something else. */
function flattenedSizes({ weights }: TypedNode, x: TypedValue, y: TypedValue): MapSizes | undefined {
  const sizes = x.type.shape.slice(1).filter((size) => typeof size === 'number');
  const whole = isMapRank(x.type.shape.length) && sizes.length === x.type.shape.length - 1;
  const width = sizes.reduce((product, size) => product * size, 1);
  const isRow = y.type.shape.length === 2 && y.type.shape[1] === width;
  return whole && isRow && weights.length === 0 ? sizes : undefined;
}

/** Whether each number stays where it is; a matrix among the weights mixes them. */
function keepsPlaces({ weights }: TypedNode, x: TypedValue, y: TypedValue): boolean {
  const [from, to] = [x.type.shape, y.type.shape];
  return from.length === to.length && from.at(-1) === to.at(-1) && weights.every((w) => w.shape.length === 1);
}
