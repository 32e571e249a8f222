import type { TypedNode } from '../../ir/graph.ts';
import type { Chain } from './chain.ts';
import type { OnnxContext } from './context.ts';
import { outputOf } from './ends.ts';
import type { Layout } from './layout.ts';

/** Tensors that ONNX broadcasts as the spec does, and the layout of what they give together. */
export interface Operands {
  readonly names: readonly string[];
  readonly layout: Layout;
}

/**
 * Reads the inputs of a node so that they meet from the right. Values of the full rank are taken in one layout; to
 * channels first a vector along the channels is brought by axes of size 1 behind it, and values of other ranks ask for
 * the spec's own order.
 */
export function readOperands(
  step: Pick<TypedNode, 'name' | 'inputs' | 'outputs'>,
  at: OnnxContext,
  chain: Chain,
): Operands {
  const rank = outputOf(step).type.shape.length;
  const whole = step.inputs.filter((v) => v.type.shape.length === rank);
  const simple = step.inputs.every((v) => v.type.shape.length === rank || v.type.shape.length <= 1);
  const layout = rank > 2 && simple ? at.commonLayout(whole) : 'last';
  const names = step.inputs.map((value) => {
    const { name } = at.read(value, layout);
    const { shape } = value.type;
    if (layout === 'last' || shape.length !== 1 || rank === 1 || shape[0] === 1) return name;
    const behind = Array.from({ length: rank - 2 }, (_, i) => i + 1);
    return chain.add('Unsqueeze', 'along_channels', [name, at.initialisers.int64s(behind)]);
  });
  return { names, layout };
}
