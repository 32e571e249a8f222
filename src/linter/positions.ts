import type { TypedGraph, TypedNode, TypedValue } from '../ir/graph.ts';
import type { AxisField } from '../ops/receptiveField.ts';
import { opOf } from '../ops/registry.ts';

/**
 * Where along an axis of an input of the network the positions of an axis lie: what position o reads is centred at
 * offset + scale·o there. Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", 2019.
 */
export interface AxisPosition {
  /** The input of the network, and the axis of it. */
  readonly input: TypedValue;
  readonly axis: number;
  readonly scale: number;
  /** Undefined where it follows from a size that is open. */
  readonly offset: number | undefined;
  /** How many positions of the input the window covers; infinite where a step before saw all of it. */
  readonly extent: number;
  /** Whether a step on the way made the map larger. */
  readonly resampled: boolean;
}

/** What is known of the axes of a value. */
export interface Positions {
  readonly axes: readonly (AxisPosition | undefined)[];
  /** Whether a step on the way read an axis as a whole. */
  readonly whole: boolean;
}

/** One of several values that meet in a node, along one axis of what the node gives. */
export interface Meeting {
  readonly value: TypedValue;
  readonly position: AxisPosition;
}

const nothing: Positions = { axes: [], whole: false };

/** Where the positions of all values lie on the inputs of a network, worked out in the order of the network. */
export class PositionsOf {
  private readonly known = new Map<number, Positions>();

  constructor({ inputs, nodes }: TypedGraph) {
    for (const { value } of inputs) this.known.set(value.id, onInput(value));
    for (const node of nodes) {
      for (const [place, output] of node.outputs.entries())
        this.known.set(output.id, this.given(node, place));
    }
  }

  of(value: TypedValue): Positions {
    return this.known.get(value.id) ?? nothing;
  }

  /** The positions that meet along an axis of a node's first output, where each of its inputs has it as it is. */
  meetings(node: TypedNode, axis: number): readonly Meeting[] {
    const fields = fieldsOf(node)[0] ?? [];
    return node.inputs.flatMap((value, i) => {
      const own = (fields[i] ?? []).findIndex((field) => field.kind === 'same' && field.axis === axis);
      const position = this.of(value).axes[own];
      return position === undefined ? [] : [{ value, position }];
    });
  }

  private given(node: TypedNode, place: number): Positions {
    const fields = fieldsOf(node)[place] ?? [];
    const inputs = node.inputs.map((value, i) => ({ known: this.of(value), fields: fields[i] ?? [] }));
    const whole = inputs.some(
      ({ known, fields: read }) =>
        known.whole || known.axes.some((axis, at) => axis !== undefined && read[at]?.kind === 'all'),
    );
    const axes = (node.outputs[place]?.type.shape ?? []).map((_, axis) => {
      const met = inputs.flatMap(({ known, fields: read }) =>
        known.axes.flatMap((from, at) => {
          const field = read[at];
          if (from === undefined || field === undefined || field.kind === 'all' || field.axis !== axis)
            return [];
          return [through(from, field, node)];
        }),
      );
      return joined(met, whole);
    });
    return { axes, whole };
  }
}

function onInput(value: TypedValue): Positions {
  const { shape } = value.type;
  const axes = shape.map((_, axis) =>
    axis === 0 || axis === shape.length - 1
      ? undefined
      : { input: value, axis, scale: 1, offset: 0, extent: 1, resampled: false },
  );
  return { axes, whole: false };
}

function fieldsOf(node: TypedNode) {
  const types = ({ type }: TypedValue) => type;
  return opOf(node.op).receptiveField(node.inputs.map(types), node.outputs.map(types), node.attributes);
}

/** The first, with the widest window of all: what meets is mostly as wide. */
function joined(met: readonly AxisPosition[], whole: boolean): AxisPosition | undefined {
  const [first] = met;
  if (first === undefined) return undefined;
  const extent = whole ? Number.POSITIVE_INFINITY : Math.max(...met.map((m) => m.extent));
  return { ...first, extent, resampled: met.some((m) => m.resampled) };
}

/** Position o reads the positions around `start` + `step`·o of the axis before. */
interface Reading {
  readonly start: number | undefined;
  readonly step: number;
  /** How many positions it reads beside the middle one. */
  readonly beside: number;
}

function through(
  from: AxisPosition,
  field: Exclude<AxisField, { kind: 'all' }>,
  node: TypedNode,
): AxisPosition {
  const { start, step, beside } = readingOf(field, node);
  return {
    ...from,
    scale: from.scale * step,
    offset: from.offset === undefined || start === undefined ? undefined : from.offset + from.scale * start,
    extent: from.extent + from.scale * beside,
    resampled: from.resampled || step < 1,
  };
}

function readingOf(field: Exclude<AxisField, { kind: 'all' }>, node: TypedNode): Reading {
  switch (field.kind) {
    case 'same':
      return { start: 0, step: 1, beside: 0 };
    case 'window': {
      const beside = field.dilation * (field.kernel - 1);
      // What looks back on purpose, or takes a part out of a map, is not out of place.
      if (onPurpose(node)) return { start: 0, step: field.stride, beside };
      const start = typeof field.before === 'number' ? beside / 2 - field.before : undefined;
      return { start, step: field.stride, beside };
    }
    case 'upsampling': {
      const { kernel, stride, before } = field;
      const beside = Math.max(0, Math.ceil(kernel / stride) - 1);
      return { start: (before - (kernel - 1) / 2) / stride, step: 1 / stride, beside };
    }
    case 'resized': {
      const { input, output, corners, method } = field;
      const beside = method === 'linear' ? 1 : 0;
      if (typeof input !== 'number' || typeof output !== 'number')
        return { start: undefined, step: 1, beside };
      if (corners === 'align')
        return { start: 0, step: output === 1 ? 1 : (input - 1) / (output - 1), beside };
      const step = input / output;
      // The nearest position below o·step repeats each as an area, which is centred where half_pixel has it.
      const start = corners === 'half_pixel' || method === 'nearest' ? (step - 1) / 2 : 0;
      return { start, step, beside };
    }
    default:
      return field satisfies never;
  }
}

function onPurpose({ op, attributes }: TypedNode): boolean {
  return op === 'slice' || op === 'roll' || ('padding' in attributes && attributes.padding === 'causal');
}
