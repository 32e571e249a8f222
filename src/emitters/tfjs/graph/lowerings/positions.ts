import type { TypedNode } from '../../../../ir/graph.ts';
import { sinusoidFrequencies } from '../../../../ops/positionEmbedding.ts';
import { type RotaryShape, rotaryFrequencies, rotaryShape } from '../../../../ops/rotaryEmbedding.ts';
import type { Dim } from '../../../../tensor/dim.ts';
import { int, type } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import { numbersBetween, sliced } from '../shaping.ts';

/** Ops that tell a network where things stand. */
export const positionLowerings = {
  position_embedding: (node, at) => {
    const x = inputOf(node);
    const length = x.type.shape.at(-2)!;
    return at.node('AddV2', [at.read(x), tableOf(node, length, at)]);
  },
  rotary_embedding: rotary,
} satisfies Partial<GraphLowerings>;

function tableOf(node: TypedNode<'position_embedding'>, length: Dim, at: GraphContext): Tensor {
  if (node.attributes.kind === 'learned') return rows(node, length, at);
  return typeof length === 'number' ? knownWaves(node, length, at) : waves(node, length, at);
}

/** The first rows of the learned table. */
function rows({ weights }: TypedNode<'position_embedding'>, length: Dim, at: GraphContext): Tensor {
  const table = at.weight(weights[0]!);
  if (weights[0]!.shape[0] === length) return table;
  return sliced(table, 2, { axis: 0, from: 0, to: length }, at);
}

/** sin and cos of position·frequency, [length, width], as a constant. */
function knownWaves(node: TypedNode<'position_embedding'>, length: number, at: GraphContext): Tensor {
  const width = Number(inputOf(node).type.shape.at(-1));
  const frequencies = sinusoidFrequencies(width, node.attributes);
  const inTurn = node.attributes.order === 'interleaved';
  return at.computed('table', [length, width], (out, first) => {
    for (let i = 0; i < out.length; i++) {
      const column = (first + i) % width;
      const pair = inTurn ? Math.floor(column / 2) : column % frequencies.length;
      const angle = Math.floor((first + i) / width) * frequencies[pair]!;
      const isSine = inTurn ? column % 2 === 0 : column < frequencies.length;
      out[i] = isSine ? Math.sin(angle) : Math.cos(angle);
    }
  });
}

/** The same, worked out when the model runs. */
function waves(node: TypedNode<'position_embedding'>, length: Dim, at: GraphContext): Tensor {
  const width = Number(inputOf(node).type.shape.at(-1));
  const column = at.node('ExpandDims', [numbersBetween({ from: 0, to: length }, at), at.int(1)]);
  const frequencies = sinusoidFrequencies(width, node.attributes);
  const { sin, cos } = turns(column, frequencies, [frequencies.length], at);
  if (node.attributes.order === 'sin_then_cos') return at.concat([sin, cos], 1);
  const pairs = at.node('Pack', [sin, cos], { N: int(2), axis: int(2) });
  return at.reshape(pairs, [length, width]);
}

/** sin and cos of whole positions times frequencies of this shape. */
function turns(
  positions: Tensor,
  frequencies: readonly number[],
  shape: readonly number[],
  at: GraphContext,
): { readonly sin: Tensor; readonly cos: Tensor } {
  const floats = at.node('Cast', [positions], { SrcT: type('int32'), DstT: type('float32') });
  const angles = at.node('Mul', [floats, at.constant(frequencies, 'float32', shape)]);
  return { sin: at.node('Sin', [angles]), cos: at.node('Cos', [angles]) };
}

function rotary(node: TypedNode<'rotary_embedding'>, at: GraphContext): Tensor {
  const x = inputOf(node);
  const found = rotaryShape(x.type, node.attributes);
  if (!found.ok) throw new Error('inference accepted a rotary embedding that does not fit');
  const { heads, width, turned } = found.value;
  const outer = x.type.shape.slice(0, 2);
  const apart = at.reshape(at.read(x), [...outer, heads, width]);
  const [head, ...rest] =
    width === turned
      ? [apart]
      : at.several('SplitV', [apart, at.ints([turned, width - turned]), at.int(3)], {
          count: 2,
          attributes: { num_split: int(2) },
        });
  const y = at.concat([turnedHead(node, head!, found.value, at), ...rest], 3);
  return at.reshape(y, x.type.shape);
}

/** Pairs (a, b) as (a·cos − b·sin, a·sin + b·cos). Interleaved ones stand on an axis of their own meanwhile. */
function turnedHead(
  node: TypedNode<'rotary_embedding'>,
  head: Tensor,
  shape: RotaryShape,
  at: GraphContext,
): Tensor {
  const outer = inputOf(node).type.shape.slice(0, 2);
  const interleaved = node.attributes.pairs === 'interleaved';
  const { heads, turned } = shape;
  const pairs = interleaved ? at.reshape(head, [...outer, heads, turned / 2, 2]) : head;
  const axis = interleaved ? 4 : 3;
  const [a, b] = at.split(pairs, axis, 2);
  const frequencies = rotaryFrequencies(shape, node.attributes);
  const behind = interleaved ? [1] : [];
  const column = behindPositions(node, 2 + behind.length, at);
  const { sin, cos } = turns(column, frequencies, [frequencies.length, ...behind], at);
  const product = (x: Tensor, wave: Tensor) => at.node('Mul', [x, wave]);
  const first = at.node('Sub', [product(a!, cos), product(b!, sin)]);
  const second = at.node('AddV2', [product(a!, sin), product(b!, cos)]);
  const both = at.concat([first, second], axis);
  return interleaved ? at.reshape(both, [...outer, heads, turned]) : both;
}

/** The positions with axes of size 1 behind them. */
function behindPositions({ inputs }: TypedNode<'rotary_embedding'>, count: number, at: GraphContext): Tensor {
  return Array.from({ length: count }).reduce<Tensor>(
    (x) => at.node('ExpandDims', [x, at.int(-1)]),
    at.read(inputs[1]!),
  );
}
