import type { Node } from './graph.ts';

/** Attributes that decide the number of channels, or of features. */
const ofChannels = ['filters', 'units', 'multiplier'] as const;

/** Attributes that may decide any axis. */
const ofAnyAxis = ['size', 'scale', 'block', 'shape', 'sizes', 'parts'] as const;

/**
 * The attributes of a node that decide the size of axis `axis` of its output, of `rank` axes. Those that change nothing
 * as they are written are no reason for a size: a stride of 1, the kernel of a window with `same` padding.
 */
export function decisiveAttributes(
  { attributes }: Pick<Node, 'attributes'>,
  { axis, rank }: { axis: number; rank: number },
): readonly string[] {
  const read = (key: string): unknown => Object.entries(attributes).find(([name]) => name === key)?.[1];
  const given = (key: string) => read(key) !== undefined;
  const any = ofAnyAxis.filter(given);
  if (axis === rank - 1) return [...any, ...ofChannels.filter(given)];
  return given('kernel') ? [...any, ...decisiveOfWindow(read, axis - 1)] : any;
}

function decisiveOfWindow(read: (key: string) => unknown, axis: number): readonly string[] {
  const along = (key: string) => {
    const value = read(key) ?? 1;
    return Array.isArray(value) ? Number(value[axis]) : Number(value);
  };
  const padding = read('padding');
  const same = padding === 'same' || padding === 'same_lower';
  const single = along('kernel') === 1;
  return [
    ...(single && typeof padding === 'string' ? [] : ['padding']),
    ...(along('stride') === 1 ? [] : ['stride']),
    ...(single || same ? [] : ['kernel']),
    ...(single || same || along('dilation') === 1 ? [] : ['dilation']),
    ...(read('ceil') === true ? ['ceil'] : []),
  ];
}
