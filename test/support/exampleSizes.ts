import type { Example } from '../../src/ops/op.ts';
import { type OpName, opOf } from '../../src/ops/registry.ts';
import { type Dim, symbol, symbolsOf } from '../../src/tensor/dim.ts';
import { evaluate } from '../../src/tensor/evaluateDim.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';

/** The sizes that symbols of examples have where they are run; a symbol that is not listed is 2. */
const sizes: Readonly<Record<string, number>> = { N: 2, S: 3, P: 4, T: 5, M: 6 };

/** A dimension as an example writes it: a number, or an expression over symbols such as `P + S`. */
export function exampleDim(dim: number | string): Dim {
  if (typeof dim === 'number') return dim;
  const names = dim.match(/[A-Za-z_]\w*/g) ?? [];
  const parsed = parseDim(dim, new Map(names.map((name) => [name, symbol(name)])));
  if (!parsed.ok) throw new Error(`${dim}: ${JSON.stringify(parsed)}`);
  return parsed.value;
}

/** A shape as numbers, with the sizes at which examples are run. */
export function exampleShape(shape: readonly (number | string)[]): readonly number[] {
  return shape.map((d) => exampleSize(exampleDim(d)));
}

/** A dimension as a number, with the sizes at which examples are run. */
export function exampleSize(dim: Dim): number {
  return evaluate(dim, Object.fromEntries(symbolsOf(dim).map((name) => [name, sizes[name] ?? 2])));
}

/** Attributes as expansion gives them to the schema: texts in dimensions are read, `_` stays. */
export function exampleAttributes(
  op: OpName,
  { attributes = {} }: Example,
): Readonly<Record<string, unknown>> {
  const dimensions = opOf(op).dimensions ?? [];
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read);
    return typeof value === 'string' && value !== '_' ? exampleDim(value) : value;
  };
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, dimensions.includes(key) ? read(value) : value]),
  );
}

/** The shapes of what an example gives: one, or of each of its values. */
export function exampleOutputs({
  output,
  outputs,
}: Example): readonly (readonly (number | string)[])[] | undefined {
  return output === undefined ? outputs : [output];
}
