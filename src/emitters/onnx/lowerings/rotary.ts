import type { TypedNode } from '../../../ir/graph.ts';
import { type RotaryShape, rotaryFrequencies, rotaryShape } from '../../../ops/rotaryEmbedding.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { int } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** What the parts of one rotary embedding share. */
interface Turning extends RotaryShape {
  readonly node: TypedNode<'rotary_embedding'>;
  readonly chain: Chain;
  readonly at: OnnxContext;
}

/** RotaryEmbedding came with opset 23, so its parts are written out. */
export const rotaryEmbedding: OnnxLowering<'rotary_embedding'> = (node, at) => {
  const x = inputOf(node);
  const shape = rotaryShape(x.type, node.attributes);
  if (!shape.ok) throw new Error('inference accepted a rotary embedding that does not fit');
  const { heads, width, turned } = shape.value;
  const turning = { ...shape.value, node, chain: new Chain(node, at), at };
  const { chain } = turning;
  const joined = x.type.shape.length === 3;
  const { name } = at.read(x, 'last');
  const apart = joined ? reshaped(name, [0, 0, heads, width], turning) : name;
  const [head = '', ...rest] = width === turned ? [apart] : chain.cut(apart, [turned, width - turned]);
  const whole = [turn(head, turning), ...rest];
  const y = rest.length === 0 ? whole.join() : chain.add('Concat', 'whole', whole, { axis: int(-1) });
  if (joined) reshaped(y, [0, 0, heads * width], turning);
  return chain.end(outputOf(node), 'last');
};

/** Pairs (a, b) as (a·cos − b·sin, a·sin + b·cos). Interleaved ones stand on an axis of their own meanwhile. */
function turn(head: string, turning: Turning): string {
  const { node, chain, heads, turned } = turning;
  const interleaved = node.attributes.pairs === 'interleaved';
  const pairs = interleaved ? reshaped(head, [0, 0, heads, turned / 2, 2], turning) : head;
  const [a = '', b = ''] = chain.cut(pairs, interleaved ? [1, 1] : [turned / 2, turned / 2]);
  const { sin, cos } = waves(turning);
  const product = (x: string, wave: string) => chain.add('Mul', 'product', [x, wave]);
  const first = chain.add('Sub', 'first', [product(a, cos), product(b, sin)]);
  const second = chain.add('Add', 'second', [product(a, sin), product(b, cos)]);
  const both = chain.add('Concat', 'turned', [first, second], { axis: int(-1) });
  return interleaved ? reshaped(both, [0, 0, heads, turned], turning) : both;
}

/** sin and cos of the angles, [(N,) S, 1, r/2], or [(N,) S, 1, r/2, 1] for interleaved pairs. */
function waves(turning: Turning): { readonly sin: string; readonly cos: string } {
  const { node, chain, at } = turning;
  const [x, positions] = node.inputs;
  if (x === undefined || positions === undefined) throw new Error('a rotary embedding reads x and positions');
  const frequencies = rotaryFrequencies(turning, node.attributes);
  const behind = node.attributes.pairs === 'interleaved' ? [1] : [];
  const rank = positions.type.shape.length;
  const axes = [rank, rank + 1, ...behind.map(() => rank + 2)];
  const whole = chain.add('Cast', 'float', [at.read(positions, 'last').name], float32);
  const column = chain.add('Unsqueeze', 'column', [whole, at.initialisers.int64s(axes)]);
  const steps = at.initialisers.tensor(frequencies, 'float32', [frequencies.length, ...behind]);
  const angles = chain.add('Mul', 'angles', [column, steps]);
  const [sin = '', cos = ''] = ['Sin', 'Cos'].map((type) => {
    const wave = chain.add(type, type.toLowerCase(), [angles]);
    const { dtype } = x.type;
    return dtype === 'float32' ? wave : chain.add('Cast', 'cast', [wave], { to: int(elementTypes[dtype]) });
  });
  return { sin, cos };
}

const float32 = { to: int(elementTypes.float32) };

function reshaped(x: string, shape: readonly number[], { chain, at }: Turning): string {
  return chain.add('Reshape', 'shaped', [x, at.initialisers.int64s(shape)]);
}
