import type { TypedNode, TypedValue } from '../../../../ir/graph.ts';
import {
  type AttentionRole,
  type AttentionShape,
  attentionShape,
  byRole,
} from '../../../../ops/attentionShape.ts';
import { add, mul } from '../../../../tensor/dim.ts';
import { bool } from '../attributes.ts';
import type { GraphContext, GraphLowerings, Lowered } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { numbersBetween } from '../shaping.ts';

/** Attention as two products and a softmax on [N, heads, S, width]. */
export const attentionLowerings = { attention } satisfies Partial<GraphLowerings>;

/** What the parts of one attention share. */
interface Attending extends AttentionShape {
  readonly node: TypedNode<'attention'>;
  readonly given: Readonly<Partial<Record<AttentionRole, TypedValue>>>;
  readonly at: GraphContext;
}

function attention(node: TypedNode<'attention'>, at: GraphContext): Lowered {
  const given = byRole(node.inputs, node.roles);
  const attending = { ...shapeOf(node, given), node, given, at };
  const { apart, batch, heads, keyHeads, queries, total, valueWidth } = attending;
  const keys = present('k', attending);
  const values = present('v', attending);
  const weights = at.node('Softmax', [visible(scores(keys, attending), attending)]);
  const grouped = mul(heads / keyHeads, queries);
  const rows = ungroup(weights, [batch, keyHeads, grouped, total], attending);
  const mixed = at.node('BatchMatMulV2', [rows, values], { adj_x: bool(false), adj_y: bool(false) });
  const byHead = ungroup(mixed, [batch, heads, queries, valueWidth], attending);
  const y = at.transpose(byHead, [0, 2, 1, 3]);
  return [apart ? y : at.reshape(y, [batch, queries, heads * valueWidth]), keys, values];
}

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

/** Where heads share keys, the queries of those that do are rows of one matrix: another shape of the same numbers. */
function ungroup(x: Tensor, shape: AttentionDims, { heads, keyHeads, at }: Attending): Tensor {
  return heads === keyHeads ? x : at.reshape(x, shape);
}

type AttentionDims = Parameters<GraphContext['reshape']>[1];

/** Keys or values as [N, heads, S, width], behind those of the past. */
function present(role: 'k' | 'v', attending: Attending): Tensor {
  const { given, at, batch, keys, keyHeads, width, valueWidth } = attending;
  const past = role === 'k' ? given.past_key : given.past_value;
  const size = role === 'k' ? width : valueWidth;
  const now = headsFirst(given[role]!, [batch, keys, keyHeads, size], attending);
  return past === undefined ? now : at.concat([at.read(past), now], 2);
}

/** [N, S, heads·width] as [N, heads, S, width]. */
function headsFirst(value: TypedValue, shape: AttentionDims, { apart, at }: Attending): Tensor {
  const x = at.read(value);
  return at.transpose(apart ? x : at.reshape(x, shape), [0, 2, 1, 3]);
}

/** scale·q·kᵀ + bias, [N, heads, queries, keys]. */
function scores(keys: Tensor, attending: Attending): Tensor {
  const { node, given, at, batch, heads, keyHeads, queries, total, width } = attending;
  const q = headsFirst(given.q!, [batch, queries, heads, width], attending);
  const scaled = at.node('Mul', [q, at.float(node.attributes.scale ?? width ** -0.5)]);
  const rows = ungroup(scaled, [batch, keyHeads, mul(heads / keyHeads, queries), width], attending);
  const products = at.node('BatchMatMulV2', [rows, keys], { adj_x: bool(false), adj_y: bool(true) });
  const byHead = ungroup(products, [batch, heads, queries, total], attending);
  return given.bias === undefined ? byHead : at.node('AddV2', [byHead, at.read(given.bias)]);
}

/** The scores, with −1e9 where the mask or causality hides the key: finite, so that a row never gives NaN. */
function visible(found: Tensor, attending: Attending): Tensor {
  const { node, given, at } = attending;
  const masks = [
    ...(given.mask === undefined ? [] : [at.read(given.mask)]),
    ...(node.attributes.causal ? [causalMask(attending)] : []),
  ];
  if (masks.length === 0) return found;
  const mask = masks.reduce((a, b) => at.node('LogicalAnd', [a, b]));
  return at.node('SelectV2', [mask, found, at.float(-1e9)]);
}

/** [queries, keys]: key j is visible to query i where j ≤ i + past. */
function causalMask({ queries, total, past, at }: Attending): Tensor {
  const rows = numbersBetween({ from: past, to: add(past, queries) }, at);
  const columns = numbersBetween({ from: 0, to: total }, at);
  return at.node('GreaterEqual', [at.node('ExpandDims', [rows, at.int(1)]), columns]);
}
