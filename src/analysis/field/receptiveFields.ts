import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import type { AxisField } from '../../ops/receptiveField.ts';
import { opOf } from '../../ops/registry.ts';
import { add, type Dim, sub } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { axisReads } from './axisReads.ts';
import { halves } from './centres.ts';
import { meet, strideText, through } from './compose.ts';
import { greater } from './extremes.ts';
import { ownPosition, type Reach } from './reach.ts';

/** What the positions of a value read along one spatial axis of an input of the network. */
export interface FieldOfAxis {
  /** The name of the input. */
  readonly input: string;
  /** From 0, the batch being axis 0. */
  readonly axis: number;
  readonly reach: Reach;
}

/** The same in the figures of Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", 2019. */
export interface FieldFigures {
  /** The pixels from the first to the last that one position reads: of the position that reads most. */
  readonly size: Dim;
  /** The pixels from one position to the next: `2`, `1/2`. */
  readonly stride: string;
  /** How far the field of position 0 begins before the first pixel: the effective padding. */
  readonly offset: Dim;
  /** How far the centres of the ways that lead here are apart at most, in half pixels, in the mean of a period. */
  readonly skew: Dim;
}

/** The fields of all values, by the ids of the values. A value that reads nothing of an axis has no field there. */
export type ReceptiveFields = ReadonlyMap<number, readonly FieldOfAxis[]>;

/** Works out what each value reads of each spatial axis of each input, over all ways that lead there. */
export function receptiveFields(graph: Pick<TypedGraph, 'inputs' | 'nodes' | 'facts'>): ReceptiveFields {
  const fields = new Map<number, readonly FieldOfAxis[]>();
  for (const { value } of graph.inputs) {
    const own = spatialAxes(value).map((axis) => ({ input: value.name, axis, reach: ownPosition(axis) }));
    fields.set(value.id, own);
  }
  for (const node of graph.nodes) {
    const ways = waysInto(node, fields, graph);
    for (const [output, value] of node.outputs.entries())
      fields.set(value.id, met(ways[output] ?? [], graph));
  }
  return fields;
}

/** The axes that are no batch and no channels; of token ids, which have no channels, the one along which they stand. */
function spatialAxes({ type: { shape, dtype } }: TypedValue): readonly number[] {
  const last = shape.length - (dtype === 'int32' && shape.length === 2 ? 0 : 1);
  return shape.map((_, axis) => axis).filter((axis) => axis > 0 && axis < last);
}

/** What an output of a node reads of the network by one of its inputs. */
export interface Way extends FieldOfAxis {
  readonly value: TypedValue;
  /** Whether each position reads the same position of the value, so that positions of several lie over each other. */
  readonly same: boolean;
}

/** For each output of a node what it reads of the network by each of its inputs. */
export function waysInto(
  node: TypedNode,
  fields: ReceptiveFields,
  { facts }: Pick<TypedGraph, 'facts'>,
): readonly (readonly Way[])[] {
  const types = (values: readonly TypedValue[]) => values.map((v) => v.type);
  const said = opOf(node.op).receptiveField(types(node.inputs), types(node.outputs), node.attributes);
  return said.map((inputs) =>
    node.inputs.flatMap((value, i) =>
      (fields.get(value.id) ?? []).map((field): Way => {
        const axis = field.reach.kind === 'all' ? undefined : inputs[i]?.[field.reach.axis];
        return { ...field, value, same: axis?.kind === 'same', reach: readBy(axis, field.reach, facts) };
      }),
    ),
  );
}

function readBy(axis: AxisField | undefined, reach: Reach, facts: Facts): Reach {
  if (reach.kind === 'all') return reach;
  if (axis?.kind === 'same') return axis.axis === reach.axis ? reach : { ...reach, axis: axis.axis };
  const reads = axis === undefined ? undefined : axisReads(axis);
  return reads === undefined ? { kind: 'all' } : through(reach, reads, facts);
}

/** Ways along the same axis of the network together, in the order in which they come first. */
function met(ways: readonly Way[], { facts }: Pick<TypedGraph, 'facts'>): readonly FieldOfAxis[] {
  const found = new Map<string, FieldOfAxis>();
  for (const way of ways) {
    const key = `${way.axis} ${way.input}`;
    const before = found.get(key);
    const { input, axis } = way;
    const reach = before === undefined ? way.reach : meet(before.reach, way.reach, facts);
    found.set(key, { input, axis, reach });
  }
  return [...found.values()];
}

/** The figures of a field; undefined where all of the axis may be read, or a position reads nothing. */
export function fieldFigures(reach: Reach, { facts }: Pick<TypedGraph, 'facts'>): FieldFigures | undefined {
  if (reach.kind === 'all') return undefined;
  const [first] = reach.spans;
  const sizes = reach.spans.flatMap((span) => (span === undefined ? [] : add(sub(span.hi, span.lo), 1)));
  const [size, ...others] = sizes;
  const { lo, hi, parts } = reach.centres;
  if (size === undefined || first === undefined) return undefined;
  return {
    size: others.reduce((most, other) => greater(most, other, facts), size),
    stride: strideText(reach),
    offset: sub(0, first.lo),
    skew: halves(sub(hi, lo), parts),
  };
}
