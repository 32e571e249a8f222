import type { Span } from '../../diagnostics/source.ts';
import type { LoadedFile } from '../../ir/expand/load.ts';
import type { Graph, GraphInput } from '../../ir/graph.ts';
import type { Located } from '../../parser/located.ts';
import { channelsLast } from '../../tensor/channels.ts';
import type { Dim } from '../../tensor/dim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { writtenAt } from './writtenAt.ts';

/** A number on spatial axes of inputs; it stands for itself wherever it is written, so that a square stays one. */
export interface InputSize {
  readonly given: number;
  readonly inputs: readonly string[];
  /** Where it is written. */
  readonly spans: readonly Span[];
}

/** Other sizes for numbers that are given. */
export type Resizing = ReadonlyMap<number, Dim>;

/** The sizes of inputs that the text of the spec sets as numbers. */
export function inputSizes({ inputs }: Graph, { spec, params }: LoadedFile): readonly InputSize[] {
  const numbers = [...new Set(inputs.flatMap(spatialNumbers))];
  return numbers.flatMap((given) => {
    const having = inputs.filter((input) => spatialNumbers(input).includes(given));
    const places = having.flatMap((input) => placesOfSize(input, given, { spec, params }));
    const spans = places.flatMap((p) =>
      p === undefined || p.span.source.name !== spec.source.name ? [] : [p.span],
    );
    // Where one of its places cannot be edited, a square would become none.
    if (spans.length < places.length || spans.length === 0) return [];
    const each = new Map(spans.map((span) => [span.start, span]));
    return [{ given, inputs: having.map(({ value }) => value.name), spans: [...each.values()] }];
  });
}

/** The inputs with other sizes on their spatial axes. */
export function resized({ type }: GraphInput, sizes: Resizing): TensorType {
  const last = type.shape.length - 1;
  const shape = type.shape.map((d, i) =>
    i > 0 && i < last && typeof d === 'number' ? (sizes.get(d) ?? d) : d,
  );
  return { ...type, shape };
}

function spatialNumbers({ type: { shape } }: GraphInput): readonly number[] {
  return shape.slice(1, -1).filter((d) => typeof d === 'number');
}

/** Where an input's shape says the number; undefined for each axis where that cannot be followed. */
function placesOfSize(
  { span, given: outside, type }: GraphInput,
  given: number,
  { spec, params }: Pick<LoadedFile, 'spec' | 'params'>,
): readonly (Located | undefined)[] {
  const written = spec.inputs.find(({ name }) => name.span.start === span.start);
  const plain = written?.repeat === undefined && written?.shape?.length === type.shape.length;
  if (outside === true || !plain || written?.shape === undefined) return [undefined];
  const inOrder = channelsLast(spec.channels, written.shape);
  return type.shape.flatMap((d, axis) => {
    const scalar = inOrder[axis];
    if (d !== given || axis === 0 || axis === type.shape.length - 1 || scalar === undefined) return [];
    return [writtenAt({ value: scalar, env: params })];
  });
}
