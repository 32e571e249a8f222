import type { TypedNode, TypedValue } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { outputOf } from '../ends.ts';
import { float, int, ints, string } from '../nodeMessage.ts';

/** Products of values. */
export const products = {
  matmul: (node, at) => {
    const chain = new Chain(node, at);
    if (node.inputs.every((v) => v.type.shape.length === 2)) gemm(node, chain, at);
    else {
      const { transpose_a, transpose_b } = node.attributes;
      const [a, b] = node.inputs as readonly [TypedValue, TypedValue];
      chain.add('MatMul', 'product', [
        matrices(a, transpose_a, chain, at),
        matrices(b, transpose_b, chain, at),
      ]);
    }
    return chain.end(outputOf(node), 'last');
  },
  einsum: (node, at) => {
    const chain = new Chain(node, at);
    const inputs = node.inputs.map((v) => at.read(v, 'last').name);
    chain.add('Einsum', 'sum', inputs, { equation: string(node.attributes.equation.replaceAll(' ', '')) });
    return chain.end(outputOf(node), 'last');
  },
} satisfies Partial<OnnxLowerings>;

/** Two matrices; Gemm transposes on the way. */
function gemm({ inputs, attributes }: TypedNode<'matmul'>, chain: Chain, at: OnnxContext): string {
  const names = inputs.map((v) => at.read(v, 'last').name);
  return chain.add('Gemm', 'product', names, {
    alpha: float(1),
    beta: float(1),
    transA: int(attributes.transpose_a ? 1 : 0),
    transB: int(attributes.transpose_b ? 1 : 0),
  });
}

function matrices(value: TypedValue, transpose: boolean, chain: Chain, at: OnnxContext): string {
  const { name } = at.read(value, 'last');
  if (!transpose) return name;
  const last = value.type.shape.length - 1;
  const perm = value.type.shape.map((_, i) => (i === last ? last - 1 : i === last - 1 ? last : i));
  return chain.add('Transpose', 'transposed', [name], { perm: ints(perm) });
}
