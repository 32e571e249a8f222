import type { TypedGraph, TypedNode } from '../../src/ir/graph.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import { evaluate, type Sizes } from '../../src/tensor/evaluateDim.ts';
import { weightValues } from '../../src/weights/initialise.ts';

/** A value that is fed to a network; `values` are whole numbers for int32, 0 or 1 for bool. */
export interface Fed {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** Random values for every input at these sizes: floats of both signs, row numbers that the lookups have, truths. */
export function drawInputs(graph: TypedGraph, sizes: Sizes, seed: number): Readonly<Record<string, Fed>> {
  const initialiser = { kind: 'truncated_normal', mean: 0, standardDeviation: 0.5 } as const;
  const drawn = graph.inputs.map(({ value }) => {
    const shape = value.type.shape.map((d) => evaluate(d, sizes));
    const values = weightValues(`input ${value.name}`, shape, initialiser, seed);
    const dtype = fedType(value.type.dtype);
    return [
      value.name,
      { shape, dtype, values: values.map(inRange(dtype, rowsRead(graph, value.id))) },
    ] as const;
  });
  return Object.fromEntries(drawn);
}

function fedType(dtype: DType): Fed['dtype'] {
  if (dtype === 'float16') throw new Error('float16 inputs are not fed here');
  return dtype;
}

function inRange(dtype: Fed['dtype'], rows: number): (drawn: number) => number {
  if (dtype === 'float32') return (x) => x;
  if (dtype === 'bool') return (x) => (x > -0.4 ? 1 : 0);
  // A draw lies in −1 … 1: two standard deviations of a half.
  return (x) => Math.min(rows - 1, Math.max(0, Math.floor(((x + 1) / 2) * rows)));
}

/** The least number of rows of the tables that are looked up by a value; two where none is. Any position can turn. */
function rowsRead({ nodes }: TypedGraph, id: number): number {
  const rows = nodes.flatMap((node: TypedNode) => {
    if (node.op === 'embedding' && node.inputs[0]?.id === id) return [node.attributes.rows];
    return node.op === 'rotary_embedding' && node.inputs[1]?.id === id ? [1000] : [];
  });
  return rows.length === 0 ? 2 : Math.min(...rows);
}
