import type { TypedValue } from '../ir/graph.ts';
import type { DType } from '../tensor/dtype.ts';
import { evaluate, type Sizes } from '../tensor/evaluateDim.ts';
import { compareValues, relativeError } from './compareValues.ts';
import type { EmittedModels, TfjsFormat } from './emitModels.ts';
import type { RunTensor, TargetRuns } from './modelRun.ts';

/** One element of an end point that the targets do not agree on. */
export interface ElementApart {
  readonly sample: number;
  readonly index: readonly number[];
  readonly onnx: number;
  readonly tfjs: number;
}

/** One end point as the ONNX model and a tf.js model gave it, over all samples. */
export interface EndPointComparison {
  readonly name: string;
  readonly format: TfjsFormat;
  readonly dtype: DType;
  /** As inferred, and as each runtime gave it: in the first sample where they differ, else in the first. */
  readonly shape: readonly number[];
  readonly onnxShape: readonly number[];
  readonly tfjsShape: readonly number[];
  readonly greatestDifference: number;
  readonly relativeError: number;
  readonly greatest: number;
  /** Undefined where no element differs by more than the tolerance, or where the shapes differ. */
  readonly apart?: ElementApart;
  readonly agrees: boolean;
}

interface Settings {
  readonly sizes: Sizes;
  /** Of float32, relative to the greatest magnitude of an end point; whole numbers and truths must be equal. */
  readonly tolerance: number;
}

/** Compares every end point of every tf.js model that ran with that of the ONNX model, in the order of the network. */
export function compareEndPoints(
  { outputs }: EmittedModels,
  { onnx, tfjs }: TargetRuns,
  settings: Settings,
): readonly EndPointComparison[] {
  if (!onnx.ok) return [];
  const order = outputs.map((_, i) => i).sort((a, b) => outputs[a]!.value.id - outputs[b]!.value.id);
  return order.flatMap((i) =>
    tfjs.flatMap(({ format, run }) => {
      if (!run.ok) return [];
      const { name, value } = outputs[i]!;
      const pairs = onnx.samples.map((sample, s) => ({ onnx: sample[i]!, tfjs: run.samples[s]![i]! }));
      return [{ name, format, ...compareSamples(value, pairs, settings) }];
    }),
  );
}

interface Pair {
  readonly onnx: RunTensor;
  readonly tfjs: RunTensor;
}

type Compared = Omit<EndPointComparison, 'name' | 'format'>;

function compareSamples({ type }: TypedValue, pairs: readonly Pair[], settings: Settings): Compared {
  const shape = type.shape.map((d) => evaluate(d, settings.sizes));
  const tolerance = type.dtype === 'float32' ? settings.tolerance : 0;
  return pairs
    .map((pair, sample) => comparePair(pair, { shape, dtype: type.dtype, tolerance, sample }))
    .reduce(worse);
}

interface Expected {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly tolerance: number;
  readonly sample: number;
}

function comparePair({ onnx, tfjs }: Pair, { shape, dtype, tolerance, sample }: Expected): Compared {
  const described = { dtype, shape, onnxShape: onnx.shape, tfjsShape: tfjs.shape };
  if (!sameShape(onnx.shape, shape) || !sameShape(tfjs.shape, shape)) {
    const unknown = Number.POSITIVE_INFINITY;
    return { ...described, greatestDifference: unknown, relativeError: unknown, greatest: 0, agrees: false };
  }
  const [ours, theirs] = [onnx.values(), tfjs.values()];
  const { firstApart, ...distance } = compareValues(ours, theirs, tolerance);
  const measured = { ...described, ...distance, relativeError: relativeError(distance) };
  if (firstApart === undefined) return { ...measured, agrees: true };
  const index = indexOf(firstApart, shape);
  const apart = { sample, index, onnx: ours[firstApart]!, tfjs: theirs[firstApart]! };
  return { ...measured, apart, agrees: false };
}

/** The first that differs stays; among those that agree the greatest distances count. */
function worse(before: Compared, after: Compared): Compared {
  const first = !before.agrees || after.agrees ? before : after;
  return {
    ...first,
    greatestDifference: Math.max(before.greatestDifference, after.greatestDifference),
    relativeError: Math.max(before.relativeError, after.relativeError),
    greatest: Math.max(before.greatest, after.greatest),
  };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** The index of an element that is at this place in row-major order. */
function indexOf(place: number, shape: readonly number[]): readonly number[] {
  let rest = place;
  const reversed = shape.toReversed().map((size) => {
    const at = rest % size;
    rest = Math.floor(rest / size);
    return at;
  });
  return reversed.toReversed();
}
