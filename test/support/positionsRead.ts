import type { AxisField, ResizedField, WindowField } from '../../src/ops/receptiveField.ts';
import { exampleSize } from './exampleSizes.ts';

/**
 * The positions of an axis of `size` that an output at these positions reads by a field, worked out one by one from what
 * the field's definition says. Positions that the axis does not have may be among them.
 */
export function positionsRead(field: AxisField, at: readonly number[], size: number): readonly number[] {
  const every = Array.from({ length: size }, (_, i) => i);
  if (field.kind === 'all') return every;
  const o = at[field.axis]!;
  if (field.kind === 'same') return [o];
  if (field.kind === 'resized') return resized(field, o);
  if (field.kind === 'window') {
    const first = field.stride * o - exampleSize(field.before);
    const places = Array.from({ length: field.kernel }, (_, k) => first + k * field.dilation);
    return places.map((place) => onMap(place, size, field.border));
  }
  const { stride, before, kernel } = field;
  return every.filter((i) => o >= stride * i - before && o < stride * i - before + kernel);
}

function onMap(place: number, size: number, border: WindowField['border']): number {
  if (border === 'wrap') return ((place % size) + size) % size;
  if (border === 'edge') return Math.min(Math.max(place, 0), size - 1);
  if (border !== 'reflect') return place;
  if (place < 0) return -place;
  return place < size ? place : 2 * (size - 1) - place;
}

function resized({ input, output, corners, method }: ResizedField, o: number): readonly number[] {
  const [from, to] = [exampleSize(input), exampleSize(output)];
  const place = {
    half_pixel: ((o + 0.5) * from) / to - 0.5,
    asymmetric: (o * from) / to,
    align: to === 1 ? 0 : (o * (from - 1)) / (to - 1),
  }[corners];
  const clamped = (i: number) => Math.min(Math.max(i, 0), from - 1);
  if (method === 'nearest') {
    return [clamped(corners === 'asymmetric' ? Math.floor(place) : Math.floor(place + 0.5))];
  }
  const inside = clamped(place);
  return [Math.floor(inside), Math.ceil(inside)];
}
