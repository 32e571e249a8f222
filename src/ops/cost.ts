import { type Dim, mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { Cost } from './op.ts';

/** What ops say of their cost. */

/** How an op says what it costs, from the types of what it reads and gives. */
type CostRule = (inputs: readonly TensorType[], outputs: readonly TensorType[]) => Cost;

/** Numbers are moved or chosen, and none is computed. */
export const costsNothing: CostRule = () => ({});

/** So many operations for each element that it gives, in its first value. */
export function perOutput(operations = 1): CostRule {
  return (_inputs, [y]) => ({ elementOps: mul(operations, elementsPerItem(y)) });
}

/** So many operations for each element that it reads, in its first value. */
export function perInput(operations = 1): CostRule {
  return ([x]) => ({ elementOps: mul(operations, elementsPerItem(x)) });
}

/** An operation less than there are operands, for each element that it gives; a number may be the second operand. */
export function perPair(inputs: readonly TensorType[], [y]: readonly TensorType[], value?: number): Cost {
  const operands = inputs.length + (value === undefined ? 0 : 1);
  return { elementOps: mul(operands - 1, elementsPerItem(y)) };
}

/** The bias that a layer adds to each element that it gives, where it has one. */
export function biasAdds(y: TensorType | undefined, bias: boolean): Pick<Cost, 'biasAdds'> {
  return bias ? { biasAdds: elementsPerItem(y) } : {};
}

/** The elements of a value behind its first axis. */
export function elementsPerItem(x: TensorType | undefined): Dim {
  return (x?.shape ?? []).slice(1).reduce<Dim>((n, d) => mul(n, d), 1);
}
