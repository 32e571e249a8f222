import type { CellActivation } from '../../../ops/recurrent.ts';
import { type AttributeValue, floats, strings } from '../nodeMessage.ts';

/** A function of ONNX' recurrent operators, with its numbers where it has any. */
interface CellFunction {
  readonly name: string;
  readonly alpha?: number;
  readonly beta?: number;
}

const functionsByName: Readonly<Record<CellActivation, CellFunction>> = {
  tanh: { name: 'Tanh' },
  sigmoid: { name: 'Sigmoid' },
  relu: { name: 'Relu' },
  hard_sigmoid: { name: 'HardSigmoid', alpha: 0.2, beta: 0.5 },
  linear: { name: 'Affine', alpha: 1, beta: 0 },
};

/**
 * The functions of a cell as attributes, always written out. The numbers of those that take some stand one after the
 * other, in the order of the functions.
 */
export function cellFunctions(
  names: readonly CellActivation[],
  directions: number,
): Readonly<Record<string, AttributeValue>> {
  const each = names.map((name) => functionsByName[name]);
  const all = Array.from({ length: directions }, () => each).flat();
  const alphas = all.flatMap(({ alpha }) => alpha ?? []);
  const betas = all.flatMap(({ beta }) => beta ?? []);
  return {
    activations: strings(all.map(({ name }) => name)),
    ...(alphas.length === 0 ? {} : { activation_alpha: floats(alphas), activation_beta: floats(betas) }),
  };
}
