import { isMapRank } from '../tensor/channels.ts';

/** When the value of an attribute speaks of axes by their place, for `countsAxes` of an op. */

/** An axis or several; one that is named, or the batch, which is 0 in every order, is no matter of places. */
export function numberedAxes(written: unknown): boolean {
  return [written].flat().some((axis) => typeof axis === 'number' && axis !== 0);
}

/** Something for each axis, in their order. */
export function everyAxis(written: unknown): boolean {
  return written !== undefined;
}

/** A list that has an item for every axis of a map, not for the spatial ones alone. */
export function everyAxisOfMap(written: unknown): boolean {
  return Array.isArray(written) && isMapRank(written.length);
}
