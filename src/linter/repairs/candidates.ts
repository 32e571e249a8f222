import type { Claim, Node } from '../../ir/graph.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { attributeOf, type Place, type RepairedName } from './places.ts';

/** The values that are tried; what a report says of the search is made from the same numbers. */
export const tried = {
  paddings: ['valid', 'same', 'half'],
  greatestStride: 4,
  greatestKernel: 11,
  attributes: 3,
} as const;

/** What a claim asks of the attributes before it. */
export interface Asked {
  /** Whether a window could be at fault. */
  readonly windows: boolean;
  /** Whether what it asks is the same of all spatial axes. */
  readonly alike: boolean;
  /** How many channels there are, and how many there should be, where these differ. */
  readonly channels?: { readonly actual: number; readonly claimed: number };
  /** By how much a count would have to grow, where that is claimed. */
  readonly ratio?: number;
}

/** What a claim on a shape asks, given the shape that is; everything, where none is known. */
export function askedByShape(
  { shape: claimed }: Extract<Claim, { kind: 'shape' }>,
  type: TensorType | undefined,
  ranksDiffer: boolean,
): Asked {
  const [wanted, actual] = [claimed.at(-1), type?.shape.at(-1)];
  const both = typeof wanted === 'number' && typeof actual === 'number' && wanted !== actual;
  const rest = (shape: readonly unknown[]) => JSON.stringify(shape.slice(0, -1));
  const sameRest = type !== undefined && claimed.length > 2 && rest(claimed) === rest(type.shape);
  const windows = !both || !sameRest || ranksDiffer;
  const axesAlike = (shape: readonly unknown[]) => new Set(shape.slice(1, -1).map(String)).size <= 1;
  const alike = axesAlike(claimed) && (type === undefined || axesAlike(type.shape));
  return { windows, alike, ...(both ? { channels: { actual, claimed: wanted } } : {}) };
}

/** The values to try at a place; none is the one it has. */
export function candidatesAt({ name, now }: Place, node: Node, asked: Asked): readonly unknown[] {
  const values = valuesOf(name, node, asked);
  const has = JSON.stringify(now);
  return values.filter((value) => JSON.stringify(value) !== has);
}

function valuesOf(
  name: RepairedName,
  node: Node,
  { windows, alike, channels, ratio }: Asked,
): readonly unknown[] {
  switch (name) {
    case 'padding':
      return windows ? paddingsOf(node) : [];
    case 'stride':
      return windows ? perAxis(attributeOf(node, name), upTo(tried.greatestStride), alike) : [];
    case 'kernel':
      return windows ? perAxis(attributeOf(node, name), upTo(tried.greatestKernel), alike) : [];
    case 'filters':
    case 'units':
      return counts(Number(attributeOf(node, name)), { channels, ratio });
    default:
      return name satisfies never;
  }
}

/** The words, then symmetric amounts below the kernel that no word stands for. */
function paddingsOf(node: Node): readonly unknown[] {
  const kernels = numbersOf(attributeOf(node, 'kernel'));
  const [kernel = 1] = kernels;
  const isHalf = (amount: number) => kernels.every((k) => k === kernel) && 2 * amount === kernel - 1;
  return [...tried.paddings, ...upTo(Math.max(...kernels, 1) - 1).filter((amount) => !isHalf(amount))];
}

/** Whether a node is padded by `half` where `same` is no different: with an odd kernel that goes on by one. */
export function isSameByAnotherName(node: Node): boolean {
  const all = (name: RepairedName, passes: (n: number) => boolean) =>
    numbersOf(attributeOf(node, name)).every(passes);
  return (
    attributeOf(node, 'padding') === 'half' &&
    all('kernel', (k) => k % 2 === 1) &&
    all('stride', (s) => s === 1)
  );
}

function numbersOf(value: unknown): readonly number[] {
  return (Array.isArray(value) ? value : [value]).filter((n) => typeof n === 'number');
}

/** A number for all axes; where they differ, or are to differ, also another for each of them. */
function perAxis(now: unknown, numbers: readonly number[], alike: boolean): readonly unknown[] {
  if (!Array.isArray(now)) return numbers;
  const all = numbers.map((n) => now.map(() => n));
  if (alike && now.every((n) => n === now[0])) return all;
  const single = now.flatMap((_, axis) => numbers.map((n) => now.with(axis, n)));
  const known = new Set(all.map((values) => JSON.stringify(values)));
  return [...all, ...single.filter((values) => !known.has(JSON.stringify(values)))];
}

interface CountsAsked {
  readonly channels: Asked['channels'] | undefined;
  readonly ratio: number | undefined;
}

/** The number that is claimed, the one with which a sum would be as claimed, and the one in proportion. */
function counts(now: number, { channels, ratio }: CountsAsked): readonly number[] {
  const of = channels === undefined ? [] : [channels.claimed, now + channels.claimed - channels.actual];
  const scaled = ratio === undefined ? [] : [now * ratio];
  return [...new Set([...of, ...scaled])].filter((n) => Number.isSafeInteger(n) && n >= 1);
}

function upTo(greatest: number): readonly number[] {
  return Array.from({ length: Math.max(0, greatest) }, (_, i) => i + 1);
}
