import type { TypedNode, TypedValue } from '../../../ir/graph.ts';
import {
  type AttentionRole,
  type AttentionShape,
  attentionShape,
  byRole,
} from '../../../ops/attentionShape.ts';
import { add, type Dim } from '../../../tensor/dim.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering } from '../context.ts';
import { int, ints } from '../nodeMessage.ts';

/** What the parts of one attention share. */
interface Attending extends AttentionShape {
  readonly node: TypedNode<'attention'>;
  readonly given: Readonly<Partial<Record<AttentionRole, TypedValue>>>;
  readonly chain: Chain;
  readonly at: OnnxContext;
}

/**
 * Attention came with opset 23, so its parts are written out: queries, keys and values as [N, heads, S, width], two
 * products and a softmax.
 */
export const attention: OnnxLowering<'attention'> = (node, at) => {
  const given = byRole(node.inputs, node.roles);
  const attending = { ...shapeOf(node, given), node, given, chain: new Chain(node, at), at };
  const { chain, heads, keyHeads, valueWidth } = attending;
  const [y, presentKey, presentValue] = node.outputs;
  const keys = present('k', presentKey, attending);
  const values = present('v', presentValue, attending);
  const weights = chain.add('Softmax', 'weights', [visible(scores(keys, attending), attending)], {
    axis: int(-1),
  });
  const rows = regrouped(weights, [0, keyHeads, -1, 0], attending);
  const mixed = regrouped(
    chain.add('MatMul', 'mixed', [rows, values]),
    [0, heads, -1, valueWidth],
    attending,
  );
  const perm = { perm: ints([0, 2, 1, 3]) };
  if (attending.apart) chain.give('Transpose', [mixed], { values: defined(y), attributes: perm });
  else {
    const back = chain.add('Transpose', 'back', [mixed], perm);
    const shape = at.initialisers.int64s([0, 0, heads * valueWidth]);
    chain.give('Reshape', [back, shape], { values: defined(y) });
  }
  return chain.nodes;
};

function shapeOf(
  { attributes }: TypedNode<'attention'>,
  given: Readonly<Partial<Record<AttentionRole, TypedValue>>>,
): AttentionShape {
  const types = Object.entries(given).map(([role, value]) => [role, value.type] as const);
  // Inference has proved what must be equal.
  const shape = attentionShape(Object.fromEntries(types), attributes, { differ: () => undefined });
  if (!shape.ok) throw new Error('inference accepted an attention that does not fit');
  return shape.value;
}

/** Keys or values as [N, heads, S, width], behind those of the past. */
function present(role: 'k' | 'v', output: TypedValue | undefined, attending: Attending): string {
  const { given, chain, at, keyHeads, width, valueWidth } = attending;
  const past = role === 'k' ? given.past_key : given.past_value;
  const size = role === 'k' ? width : valueWidth;
  const apart = headsApart(given[role], [keyHeads, size], attending);
  const perm = { perm: ints([0, 2, 1, 3]) };
  if (past === undefined) {
    return chain.give('Transpose', [apart], { values: defined(output), attributes: perm }).join();
  }
  const now = chain.add('Transpose', `${role}_now`, [apart], perm);
  const inputs = [at.read(past, 'last').name, now];
  return chain.give('Concat', inputs, { values: defined(output), attributes: { axis: int(2) } }).join();
}

/** [N, S, heads, width]. */
function headsApart(
  value: TypedValue | undefined,
  [heads, width]: readonly [number, number],
  { apart, chain, at }: Attending,
): string {
  if (value === undefined) throw new Error('attention reads q, k and v');
  const { name } = at.read(value, 'last');
  return apart ? name : chain.add('Reshape', 'heads', [name, at.initialisers.int64s([0, 0, heads, width])]);
}

/** scale·q·kᵀ + bias, [N, heads, queries, keys]. */
function scores(keys: string, attending: Attending): string {
  const { node, given, chain, at, heads, keyHeads, width } = attending;
  const dtype = given.q?.type.dtype ?? 'float32';
  const scale = at.initialisers.scalar(node.attributes.scale ?? width ** -0.5, dtype);
  const apart = headsApart(given.q, [heads, width], attending);
  const queries = chain.add('Transpose', 'queries', [apart], { perm: ints([0, 2, 1, 3]) });
  const scaled = chain.add('Mul', 'scaled', [queries, scale]);
  const rows = regrouped(scaled, [0, keyHeads, -1, width], attending);
  const flipped = chain.add('Transpose', 'keys', [keys], { perm: ints([0, 1, 3, 2]) });
  const products = regrouped(chain.add('MatMul', 'scores', [rows, flipped]), [0, heads, -1, 0], attending);
  const { bias } = given;
  return bias === undefined ? products : chain.add('Add', 'biased', [products, at.read(bias, 'last').name]);
}

/** Where heads share keys, the queries of those that do are rows of one matrix: another shape of the same numbers. */
function regrouped(x: string, shape: readonly number[], { heads, keyHeads, chain, at }: Attending): string {
  return heads === keyHeads ? x : chain.add('Reshape', 'grouped', [x, at.initialisers.int64s(shape)]);
}

/** The scores, with −1e9 where the mask or causality hides the key: finite, so that a row never gives NaN. */
function visible(found: string, attending: Attending): string {
  const { node, given, chain, at } = attending;
  const masks = [
    ...(given.mask === undefined ? [] : [at.read(given.mask, 'last').name]),
    ...(node.attributes.causal ? [causalMask(attending)] : []),
  ];
  const [mask, ...others] = masks;
  if (mask === undefined) return found;
  const dtype = given.q?.type.dtype ?? 'float32';
  const hidden = at.initialisers.scalar(dtype === 'float16' ? -6e4 : -1e9, dtype);
  const both = others.reduce((a, b) => chain.add('And', 'mask', [a, b]), mask);
  return chain.add('Where', 'visible', [both, found, hidden]);
}

/** [queries, keys]: key j is visible to query i where j ≤ i + past. */
function causalMask({ queries, total, past, chain, at }: Attending): string {
  const range = (from: Dim, to: Dim) => {
    const bounds = [from, to, 1].map((d) => at.sizes.scalar(d));
    return chain.add('Range', 'positions', bounds);
  };
  const column = chain.add('Unsqueeze', 'column', [
    range(past, add(past, queries)),
    at.initialisers.int64s([1]),
  ]);
  return chain.add('GreaterOrEqual', 'causal', [column, range(0, total)]);
}

function defined(value: TypedValue | undefined): readonly TypedValue[] {
  if (value === undefined) throw new Error('attention gives y and the present keys and values');
  return [value];
}
