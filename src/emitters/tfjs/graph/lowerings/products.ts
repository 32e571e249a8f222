import type { TypedNode, TypedValue } from '../../../../ir/graph.ts';
import { equationOf } from '../../../../ops/einsum.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import type { Shape } from '../../../../tensor/shape.ts';
import { bool } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { outputOf } from '../ends.ts';
import { isSame, stretched } from '../shaping.ts';

/** Products of values. */
export const productLowerings = {
  matmul: (node, at) => {
    const outer = outputOf(node).type.shape.slice(0, -2);
    const [a, b] = operands(node.inputs, outer, at);
    const { transpose_a, transpose_b } = node.attributes;
    return at.node('BatchMatMulV2', [a!, b!], { adj_x: bool(transpose_a), adj_y: bool(transpose_b) });
  },
  einsum,
} satisfies Partial<GraphLowerings>;

/**
 * tf.js takes matrix i modulo their number from the operand that has fewer: right only where that is the other one's
 * shape without its first axes. Elsewhere the operands are repeated (BatchMatMul of tfjs-backend-cpu and -wasm).
 */
function operands(values: readonly TypedValue[], outer: Shape, at: GraphContext): readonly Tensor[] {
  const batches = values.map((v) => v.type.shape.slice(0, -2));
  const recurs = batches.every((batch) => isEnd(batch, outer));
  const whole = batches.some((batch) => batch.length === outer.length && isEqual(batch, outer));
  if (recurs && whole) return values.map((v) => at.read(v));
  return values.map((v) => {
    const { shape } = v.type;
    return stretched(at.read(v), [shape, [...outer, ...shape.slice(-2)]], at);
  });
}

/** Whether the batch, without the ones it begins with, is what the other ends with. */
function isEnd(batch: Shape, outer: Shape): boolean {
  const first = batch.findIndex((d) => d !== 1);
  const rest = first < 0 ? [] : batch.slice(first);
  return isEqual(rest, outer.slice(outer.length - rest.length));
}

function isEqual(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, i) => isSame(d, b[i]));
}

/** The axes of an operand of a product, by letter. */
interface Term {
  readonly tensor: Tensor;
  readonly letters: readonly string[];
}

/** What the letters of an equation stand for. */
interface Letters {
  readonly sizes: ReadonlyMap<string, Dim>;
  readonly output: readonly string[];
  readonly at: GraphContext;
}

/** The wasm backend of tf.js has no Einsum: sums, then one product of matrices between transpositions. */
function einsum(node: TypedNode<'einsum'>, at: GraphContext): Tensor {
  const { operands: terms, output } = equationOf(node.attributes.equation);
  const sizes = new Map(
    terms.flatMap((term, i) => term.map((l, axis) => [l, node.inputs[i]!.type.shape[axis]!] as const)),
  );
  const letters: Letters = { sizes, output, at };
  const read = terms.map((term, i) => {
    const elsewhere = new Set([...output, ...terms.flatMap((t, k) => (k === i ? [] : t))]);
    return summed({ tensor: at.read(node.inputs[i]!), letters: term }, elsewhere, at);
  });
  const [a, b] = read;
  const product = b === undefined ? a! : multiplied([a!, b], letters);
  return inOrder(product, output, at).tensor;
}

/** Without the letters that nothing else has. */
function summed({ tensor, letters }: Term, kept: ReadonlySet<string>, at: GraphContext): Term {
  const axes = letters.flatMap((l, axis) => (kept.has(l) ? [] : [axis]));
  if (axes.length === 0) return { tensor, letters };
  const sum = at.node('Sum', [tensor, at.ints(axes)], { keep_dims: bool(false) });
  return { tensor: sum, letters: letters.filter((l) => kept.has(l)) };
}

function inOrder({ tensor, letters }: Term, wanted: readonly string[], at: GraphContext): Term {
  const permutation = wanted.map((l) => letters.indexOf(l));
  return { tensor: at.transpose(tensor, permutation), letters: wanted };
}

/** [batch…, left, inner]·[batch…, inner, right]: letters of both that stay, of one, and of both that go. */
function multiplied([a, b]: readonly [Term, Term], { sizes, output, at }: Letters): Term {
  const shared = a.letters.filter((l) => b.letters.includes(l));
  const batch = shared.filter((l) => output.includes(l));
  const inner = shared.filter((l) => !output.includes(l));
  const [left, right] = [a, b].map(({ letters }) => letters.filter((l) => !shared.includes(l)));
  const dims = (letters: readonly string[]) => letters.map((l) => sizes.get(l)!);
  const matrices = (term: Term, groups: readonly (readonly string[])[]) => {
    const { tensor } = inOrder(term, [...batch, ...groups.flat()], at);
    if (groups.every((group) => group.length === 1)) return tensor;
    return at.reshape(tensor, [...dims(batch), ...groups.map((group) => product(dims(group)))]);
  };
  const y = at.node('BatchMatMulV2', [matrices(a, [left!, inner]), matrices(b, [inner, right!])], {
    adj_x: bool(false),
    adj_y: bool(false),
  });
  const letters = [...batch, ...left!, ...right!];
  if (left!.length === 1 && right!.length === 1) return { tensor: y, letters };
  return { tensor: at.reshape(y, dims(letters)), letters };
}

function product(dims: readonly Dim[]): Dim {
  return dims.reduce((n, d) => mul(n, d), 1);
}
