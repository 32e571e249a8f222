import type { TypedNode } from '../../../ir/graph.ts';
import { sinusoidFrequencies } from '../../../ops/positionEmbedding.ts';
import type { Dim } from '../../../tensor/dim.ts';
import type { DType } from '../../../tensor/dtype.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { int } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';
import { rotaryEmbedding } from './rotary.ts';

const positionEmbedding: OnnxLowering<'position_embedding'> = (node, at) => {
  const x = inputOf(node);
  const chain = new Chain(node, at);
  const { name } = at.read(x, 'last');
  const length = x.type.shape.at(-2) ?? 1;
  const table = node.attributes.kind === 'learned' ? rows(node, length, chain, at) : waves(node, chain, at);
  chain.add('Add', 'placed', [name, table]);
  return chain.end(outputOf(node), 'last');
};

/** The first rows of the learned table. */
function rows(node: TypedNode<'position_embedding'>, length: Dim, chain: Chain, at: OnnxContext): string {
  const [weight] = node.weights;
  if (weight === undefined) throw new Error('a learned position embedding has a weight');
  const table = at.initialisers.weight(weight);
  if (weight.shape[0] === length) return table;
  const zero = at.initialisers.int64s([0]);
  return chain.add('Slice', 'rows', [table, zero, at.sizes.vector([length]), zero]);
}

/** sin and cos of position·frequency. */
function waves(node: TypedNode<'position_embedding'>, chain: Chain, at: OnnxContext): string {
  const { shape, dtype } = inputOf(node).type;
  const width = Number(shape.at(-1));
  const bounds = [0, shape.at(-2) ?? 1, 1].map((d) => at.sizes.scalar(d));
  const numbers = chain.add('Range', 'positions', bounds);
  const column = chain.add('Unsqueeze', 'column', [numbers, at.initialisers.int64s([1])]);
  const turns = angles(column, sinusoidFrequencies(width, node.attributes), chain, at);
  const [sin, cos] = [chain.add('Sin', 'sin', [turns]), chain.add('Cos', 'cos', [turns])];
  if (node.attributes.order === 'sin_then_cos') {
    return ofDtype(chain.add('Concat', 'table', [sin, cos], { axis: int(-1) }), dtype, chain);
  }
  const last = at.initialisers.int64s([2]);
  const pairs = [sin, cos].map((wave) => chain.add('Unsqueeze', 'pair', [wave, last]));
  const inTurn = chain.add('Concat', 'in_turn', pairs, { axis: int(-1) });
  const table = chain.add('Reshape', 'table', [inTurn, at.initialisers.int64s([0, width])]);
  return ofDtype(table, dtype, chain);
}

/** float32 positions[…, 1]·frequencies. */
function angles(positions: string, frequencies: readonly number[], chain: Chain, at: OnnxContext): string {
  const floats = chain.add('Cast', 'float', [positions], { to: int(elementTypes.float32) });
  const steps = at.initialisers.tensor(frequencies, 'float32', [frequencies.length]);
  return chain.add('Mul', 'angles', [floats, steps]);
}

function ofDtype(name: string, dtype: DType, chain: Chain): string {
  return dtype === 'float32' ? name : chain.add('Cast', 'cast', [name], { to: int(elementTypes[dtype]) });
}

/** Ops that tell a network where things stand. */
export const positions = {
  position_embedding: positionEmbedding,
  rotary_embedding: rotaryEmbedding,
} satisfies Partial<OnnxLowerings>;
