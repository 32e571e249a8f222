import type { TypedNode } from '../../ir/graph.ts';
import { numbersOf } from '../../ops/constant.ts';
import type { OpName } from '../../ops/registry.ts';
import { arrangement } from './arrangement.ts';
import { elementwise } from './elementwise.ts';
import { countOf, type Numbers } from './numbers.ts';

/** The numbers that a node makes; undefined where they cannot be told before the model runs. */
export type Made = readonly number[] | undefined;

/** How an op is computed from known numbers, for the ops whose result is the same in every runtime. */
export type Evaluations = {
  readonly [K in OpName]?: (node: TypedNode<K>, inputs: readonly Numbers[]) => Made;
};

const evaluations: Evaluations = { ...elementwise, ...arrangement, constant, range };

/** Values that a folded tensor may have: more than that is left to be computed, so that files hardly grow by it. */
const most = 4096;

/** What a node makes of known numbers, exactly as the runtimes do; undefined where that is not known, or is too much. */
export function evaluate(node: TypedNode, inputs: readonly Numbers[]): Numbers | undefined {
  const [y, ...others] = node.outputs;
  if (y === undefined || others.length > 0 || y.type.dtype === 'float16') return undefined;
  const shape = y.type.shape.filter((d) => typeof d === 'number');
  if (shape.length < y.type.shape.length || countOf(shape) > most) return undefined;
  const values = apply(node, inputs)?.map(y.type.dtype === 'float32' ? Math.fround : (v) => v + 0);
  if (values?.length !== countOf(shape)) return undefined;
  return values.every(y.type.dtype === 'float32' ? Number.isFinite : isInt32)
    ? { dtype: y.type.dtype, shape, values }
    : undefined;
}

function apply<K extends OpName>(node: TypedNode<K>, inputs: readonly Numbers[]): Made {
  const op: K = node.op;
  // Node and evaluation are of one op: the key is the node's own.
  const known = evaluations[op] as ((node: TypedNode<K>, inputs: readonly Numbers[]) => Made) | undefined;
  return known?.(node, inputs);
}

/** What runtimes do beyond int32 differs. */
function isInt32(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function constant({ attributes: { value, fill }, outputs: [y] }: TypedNode<'constant'>): Made {
  if (value !== undefined) return numbersOf(value);
  return Array.from({ length: countOf(y?.type.shape.map(Number) ?? []) }, () => Number(fill));
}

function range({ attributes: { from, step }, outputs: [y] }: TypedNode<'range'>): Made {
  const length = Number(y?.type.shape[0]);
  return typeof from === 'number' ? Array.from({ length }, (_, i) => from + i * step) : undefined;
}
