import type { TypedGraph, TypedNode, TypedValue, Weight } from '../../ir/graph.ts';
import { elementsOf } from '../../ops/weight.ts';
import { type Dim, mul, sum } from '../../tensor/dim.ts';
import type { DType } from '../../tensor/dtype.ts';
import { exact } from '../../tensor/integers.ts';
import { elementsPerItem } from '../conventions/convention.ts';
import { bestOrder, greedyOrder } from './bestOrder.ts';
import { greatest } from './greatest.ts';
import { liveValues, type Schedule, scheduleOf } from './schedule.ts';

/** The bytes of one number. */
const bytesOf: Readonly<Record<DType, number>> = { float32: 4, float16: 2, int32: 4, bool: 1 };

/** The weights that are stored in one type. */
export interface WeightMemory {
  readonly dtype: string;
  readonly numbers: number;
  readonly bytes: number;
}

/** A step while which the most is in memory, and what that is. */
export interface Peak {
  readonly node: TypedNode;
  readonly bytes: Dim;
  /** Largest first where sizes are known; else in the order in which they were made. */
  readonly live: readonly { readonly value: TypedValue; readonly bytes: Dim }[];
}

/** The best order that was found. */
export interface OrderMemory {
  readonly nodes: readonly TypedNode[];
  readonly peak: number;
  /** Whether no order has a smaller peak. */
  readonly proved: boolean;
  /** Whether it is the order in which the network stands. */
  readonly asWritten: boolean;
}

/** Bytes of values are for one item of the batch; formulas where sizes are open. */
export interface Memory {
  readonly weights: readonly WeightMemory[];
  /** All values together, as if none were ever let go: what training keeps. */
  readonly activations: Dim;
  /** In the order in which the network stands; several where open sizes decide which is the greatest. */
  readonly peaks: readonly Peak[];
  /** What every order takes: the greatest of what one node reads and gives, of all inputs, and of all outputs. */
  readonly lowerBound: readonly Dim[];
  /** Undefined where sizes are open. */
  readonly best?: OrderMemory;
}

export interface MemoryOptions {
  /** How a weight is stored: float32 and 4 bytes a number unless told. */
  readonly storedAs?: (weight: Weight) => { readonly dtype: string; readonly bytes: number };
}

/**
 * What a network takes in memory: weights, values while it runs, and the order of its nodes that takes least. Throws
 * DimensionOverflow where bytes go beyond 2^53, as numbers are no longer exact there.
 */
export function memoryOf(graph: TypedGraph, { storedAs = asFloat32 }: MemoryOptions = {}): Memory {
  const schedule = scheduleOf(graph);
  const sizes = sizesOf(graph, schedule);
  const peaks = peaksOf(graph, schedule, sizes);
  const lowerBound = lowerBoundOf(graph, schedule, sizes);
  const best = orderOf(schedule, { sizes, peaks, lowerBound });
  return {
    weights: weightsOf(graph, storedAs),
    activations: sum(sizes),
    peaks,
    lowerBound,
    ...(best === undefined ? {} : { best }),
  };
}

/** The greatest of what the network holds at once as it stands, in bytes; undefined where open sizes decide when that is. */
export function peakBytes(graph: TypedGraph): Dim | undefined {
  const schedule = scheduleOf(graph);
  const [peak, ...others] = peaksOf(graph, schedule, sizesOf(graph, schedule));
  return others.length > 0 ? undefined : peak?.bytes;
}

/** The bytes of what nodes give, for one item of the batch. */
export function activationBytes(
  graph: Pick<TypedGraph, 'inputs'>,
): (node: Pick<TypedNode, 'op' | 'outputs'>) => Dim {
  const elementsOf = elementsPerItem(graph);
  const bytes = (value: TypedValue) => mul(bytesOf[value.type.dtype], elementsOf(value));
  // What a `parameter` gives is the weight itself, which is in memory already.
  return ({ op, outputs }) => (op === 'parameter' ? 0 : sum(outputs.map(bytes)));
}

function asFloat32() {
  return { dtype: 'float32', bytes: 4 };
}

function weightsOf(
  { nodes }: TypedGraph,
  storedAs: NonNullable<MemoryOptions['storedAs']>,
): readonly WeightMemory[] {
  const found = new Map<string, WeightMemory>();
  const weights = new Map(nodes.flatMap((n) => n.weights.map((w) => [w.fullName, w] as const)));
  for (const weight of weights.values()) {
    const { dtype, bytes } = storedAs(weight);
    const before = found.get(dtype) ?? { dtype, numbers: 0, bytes: 0 };
    const numbers = elementsOf(weight);
    found.set(dtype, {
      dtype,
      numbers: before.numbers + numbers,
      bytes: exact(before.bytes + exact(numbers * bytes)),
    });
  }
  return [...found.values()];
}

/** The bytes of each value of the schedule. */
function sizesOf(graph: TypedGraph, { values, steps, makers }: Schedule): readonly Dim[] {
  const bytes = activationBytes(graph);
  return values.map((value, index) => {
    const maker = steps[makers[index] ?? -1]?.node;
    return bytes({ op: maker?.op ?? 'identity', outputs: [value] });
  });
}

function peaksOf({ facts }: TypedGraph, schedule: Schedule, sizes: readonly Dim[]): readonly Peak[] {
  const live = liveValues(schedule);
  const moments = schedule.steps.map(({ node }, index) => {
    const values = live[index] ?? [];
    return { node, values, bytes: sum(values.map((value) => sizes[value] ?? 0)) };
  });
  return greatest(moments, facts).map(({ node, values, bytes }) => ({
    node,
    bytes,
    live: values
      .flatMap((index) => {
        const value = schedule.values[index];
        return value === undefined ? [] : [{ value, bytes: sizes[index] ?? 0 }];
      })
      .toSorted((a, b) => Number(b.bytes) - Number(a.bytes) || 0),
  }));
}

function lowerBoundOf({ facts }: TypedGraph, schedule: Schedule, sizes: readonly Dim[]): readonly Dim[] {
  const { steps, given, kept } = schedule;
  const together = [...steps.map(({ reads, gives }) => [...reads, ...gives]), given, [...kept]];
  const bounds = together.map((values) => ({ bytes: sum(values.map((value) => sizes[value] ?? 0)) }));
  return greatest(bounds, facts).map(({ bytes }) => bytes);
}

interface Found {
  readonly sizes: readonly Dim[];
  readonly peaks: readonly Peak[];
  readonly lowerBound: readonly Dim[];
}

function orderOf(schedule: Schedule, { sizes, peaks, lowerBound }: Found): OrderMemory | undefined {
  const bytes = sizes.filter((size) => typeof size === 'number');
  const [[peak], [bound]] = [peaks.map((p) => p.bytes), lowerBound];
  if (bytes.length < sizes.length || typeof peak !== 'number' || typeof bound !== 'number') return undefined;
  const nodes = schedule.steps.map(({ node }) => node);
  const written = { nodes, peak, asWritten: true };
  if (peak === bound) return { ...written, proved: true };
  const best = bestOrder(schedule, bytes, bound);
  const found = best ?? greedyOrder(schedule, bytes, bound);
  if (found === undefined || found.peak >= peak) return { ...written, proved: best !== undefined };
  const ordered = found.order.flatMap((index) => nodes[index] ?? []);
  return { nodes: ordered, peak: found.peak, asWritten: false, proved: best !== undefined };
}
