import type { TypedGraph, TypedNode } from '../ir/graph.ts';
import type { DType } from '../tensor/dtype.ts';
import { evaluate, type Sizes } from '../tensor/evaluateDim.ts';
import { weightValues } from '../weights/initialise.ts';

/** A value that is fed to a network; `values` are whole numbers for int32, 0 or 1 for bool. */
export interface Fed {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** Random values for every input at these sizes: floats of both signs, whole numbers that their readers take, truths. */
export function drawInputs(graph: TypedGraph, sizes: Sizes, seed: number): Readonly<Record<string, Fed>> {
  const initialiser = { kind: 'truncated_normal', mean: 0, standardDeviation: 0.5 } as const;
  const drawn = graph.inputs.map(({ value }) => {
    const shape = value.type.shape.map((d) => evaluate(d, sizes));
    const values = weightValues(`input ${value.name}`, shape, initialiser, seed);
    const dtype = fedType(value.type.dtype);
    return [
      value.name,
      { shape, dtype, values: values.map(inRange(dtype, wholeNumbers(graph, value.id, sizes))) },
    ] as const;
  });
  return Object.fromEntries(drawn);
}

function fedType(dtype: DType): Fed['dtype'] {
  if (dtype === 'float16') throw new Error('float16 inputs are not fed here');
  return dtype;
}

/** `first`, `first` + 1, … before `end`. */
interface WholeNumbers {
  readonly first: number;
  readonly end: number;
}

function inRange(dtype: Fed['dtype'], { first, end }: WholeNumbers): (drawn: number) => number {
  if (dtype === 'float32') return (x) => x;
  if (dtype === 'bool') return (x) => (x > -0.4 ? 1 : 0);
  // A draw lies in −1 … 1: two standard deviations of a half.
  return (x) => Math.min(end - 1, Math.max(first, first + Math.floor(((x + 1) / 2) * (end - first))));
}

/** The numbers that all readers of a value take: rows of tables, positions of an axis, lengths; else 0 and 1. */
function wholeNumbers({ nodes }: TypedGraph, id: number, sizes: Sizes): WholeNumbers {
  const taken = nodes.flatMap((node) =>
    node.inputs.flatMap((v, i) => (v.id === id ? takenBy(node, i, sizes) : [])),
  );
  if (taken.length === 0) return { first: 0, end: 2 };
  return {
    first: Math.max(...taken.map(({ first }) => first)),
    end: Math.min(...taken.map(({ end }) => end)),
  };
}

function takenBy(node: TypedNode, input: number, sizes: Sizes): readonly WholeNumbers[] {
  const sizeOf = (axis: number) => evaluate(node.inputs[0]?.type.shape[axis] ?? 1, sizes);
  if (node.op === 'embedding') return [{ first: 0, end: node.attributes.rows }];
  if (node.op === 'gather' && input === 1) return [{ first: 0, end: sizeOf(Number(node.attributes.axis)) }];
  // Any position can turn.
  if (node.op === 'rotary_embedding' && input === 1) return [{ first: 0, end: 1000 }];
  return node.roles?.[input] === 'lengths' ? [{ first: 1, end: sizeOf(1) + 1 }] : [];
}
