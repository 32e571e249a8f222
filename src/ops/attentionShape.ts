import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, type Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { type Shape, showShape, type TensorType } from '../tensor/shape.ts';
import { broadcastInputs } from './broadcastInputs.ts';
import type { Judge } from './op.ts';
import { requireBool } from './requireBool.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { requireFloat } from './requireFloat.ts';

/** The inputs of attention, in the order in which they are given without names. */
export const attentionRoles = ['q', 'k', 'v', 'mask', 'bias', 'past_key', 'past_value'] as const;

export type AttentionRole = (typeof attentionRoles)[number];

export interface AttentionAttributes {
  readonly heads?: number | undefined;
  readonly kv_heads?: number | undefined;
}

/** The sizes of one application of attention. */
export interface AttentionShape {
  /** Whether queries, keys and values come as [N, S, heads, width], not [N, S, heads·width]. */
  readonly apart: boolean;
  readonly heads: number;
  readonly keyHeads: number;
  /** Of a head of the queries and keys. */
  readonly width: number;
  /** Of a head of the values. */
  readonly valueWidth: number;
  readonly batch: Dim;
  readonly queries: Dim;
  /** Without the past ones. */
  readonly keys: Dim;
  readonly past: Dim;
  /** Keys with the past ones. */
  readonly total: Dim;
}

const op = 'attention';

/** Items by the input of attention that each is. */
export function byRole<T>(
  items: readonly T[],
  roles: readonly string[] | undefined,
): Readonly<Partial<Record<AttentionRole, T>>> {
  const names = roles === undefined || roles.length === 0 ? attentionRoles : roles;
  return Object.fromEntries(items.map((item, i) => [names[i] ?? '', item]));
}

/** The sizes of attention on these inputs, or all that does not fit. */
export function attentionShape(
  inputs: Readonly<Partial<Record<AttentionRole, TensorType>>>,
  attributes: AttentionAttributes,
  judge: Judge,
): Result<AttentionShape> {
  const { q, k, v } = inputs;
  if (q === undefined || k === undefined || v === undefined) return fail();
  const early = [q, k, v].flatMap((x) => requireFloat(op, x));
  const types = early.length > 0 ? early : [...sameDtype(q, [k, v]), ...sameRanks(q, [k, v])];
  if (types.length > 0) return fail(...types);
  const heads = headsOf([q, k, v], attributes);
  if (!heads.ok) return heads;
  const past = pastOf(inputs);
  if (!past.ok) return past;
  const [batch = 1, queries = 1] = q.shape;
  const keys = k.shape[1] ?? 1;
  const shape = { ...heads.value, batch, queries, keys, past: past.value, total: add(past.value, keys) };
  const problems = [
    ...equalSizes(shape, [k, v], judge),
    ...pastProblems(inputs, shape, judge),
    ...scoreProblems(inputs, shape, judge),
  ];
  return problems.length > 0 ? fail(...problems) : ok(shape);
}

function sameDtype(q: TensorType, others: readonly TensorType[]): readonly Problem[] {
  const other = others.find((x) => x.dtype !== q.dtype);
  return other === undefined
    ? []
    : [problem('dtype-mismatch', { op, expected: q.dtype, found: other.dtype })];
}

function sameRanks(q: TensorType, others: readonly TensorType[]): readonly Problem[] {
  const expected = 'rank 3, [N, S, heads·width], or rank 4, [N, S, heads, width], the same for q, k and v';
  const rank = q.shape.length;
  const wrong = [q, ...others].find((x) => x.shape.length !== rank || rank < 3 || rank > 4);
  return wrong === undefined
    ? []
    : [problem('rank-mismatch', { op, expected, shape: showShape(wrong.shape) })];
}

type Heads = Pick<AttentionShape, 'apart' | 'heads' | 'keyHeads' | 'width' | 'valueWidth'>;

function headsOf(
  [q, k, v]: readonly [TensorType, TensorType, TensorType],
  attributes: AttentionAttributes,
): Result<Heads> {
  const apart = q.shape.length === 4;
  const sizes = [q, k, v].flatMap((x) => x.shape.slice(2));
  const symbolic = sizes.find((d) => typeof d !== 'number');
  if (symbolic !== undefined) {
    return fail(problem('symbolic-size', { what: 'a width of q, k or v', dimension: printDim(symbolic) }));
  }
  const [a = 1, b = 1, c = 1, d = 1, e = 1, f = 1] = sizes.map(Number);
  return apart
    ? separateHeads({ queries: [a, b], keys: [c, d], values: [e, f] }, attributes)
    : joinedHeads([a, b, c], attributes);
}

type Pair = readonly [heads: number, width: number];

function separateHeads(
  { queries, keys, values }: { queries: Pair; keys: Pair; values: Pair },
  { heads = queries[0], kv_heads = keys[0] }: AttentionAttributes,
): Result<Heads> {
  const found = { apart: true, heads, keyHeads: kv_heads, width: queries[1], valueWidth: values[1] };
  const fits = heads === queries[0] && kv_heads === keys[0] && keys[0] === values[0];
  if (!fits) return fail(wrong('heads', `q has ${queries[0]} heads, k ${keys[0]} and v ${values[0]}`));
  return sameWidth(found, keys[1]);
}

function joinedHeads(
  [q, k, v]: readonly [number, number, number],
  { heads, kv_heads = heads }: AttentionAttributes,
): Result<Heads> {
  if (heads === undefined || kv_heads === undefined) {
    return fail(wrong('heads', 'must be given, as q, k and v have their heads side by side in one axis'));
  }
  const problems = [
    [q, heads],
    [k, kv_heads],
    [v, kv_heads],
  ] as const;
  const inexact = problems.filter(([width, count]) => width % count !== 0);
  if (inexact.length > 0) {
    return fail(
      ...inexact.map(([width, count]) =>
        problem('inexact-division', { op, dividend: String(width), divisor: String(count) }),
      ),
    );
  }
  const found = { apart: false, heads, keyHeads: kv_heads, width: q / heads, valueWidth: v / kv_heads };
  return sameWidth(found, k / kv_heads);
}

function sameWidth(found: Heads, keyWidth: number): Result<Heads> {
  const { heads, keyHeads, width } = found;
  if (heads % keyHeads !== 0) {
    return fail(problem('inexact-division', { op, dividend: String(heads), divisor: String(keyHeads) }));
  }
  if (width === keyWidth) return ok(found);
  return fail(wrong('heads', `a head of q is ${width} wide, one of k ${keyWidth}`));
}

function pastOf({ past_key, past_value }: Readonly<Partial<Record<AttentionRole, TensorType>>>): Result<Dim> {
  if (past_key === undefined && past_value === undefined) return ok(0);
  if (past_key === undefined || past_value === undefined) {
    const expected = '`past_key` and `past_value` together, or neither';
    return fail(problem('input-count', { owner: op, expected, found: 1 }));
  }
  const short = [past_key, past_value].find((x) => x.shape.length !== 4);
  if (short === undefined) return ok(past_key.shape[2] ?? 0);
  const expected = 'past keys and values of rank 4, [N, kv_heads, P, width]';
  return fail(problem('rank-mismatch', { op, expected, shape: showShape(short.shape) }));
}

function equalSizes(
  { batch, keys }: AttentionShape,
  others: readonly TensorType[],
  judge: Judge,
): readonly Problem[] {
  return others.flatMap(({ shape }) => equal([shape[0] ?? 1, shape[1] ?? 1], [batch, keys], judge));
}

function pastProblems(
  { q, past_key, past_value }: Readonly<Partial<Record<AttentionRole, TensorType>>>,
  { batch, keyHeads, past, width, valueWidth }: AttentionShape,
  judge: Judge,
): readonly Problem[] {
  if (q === undefined || past_key === undefined || past_value === undefined) return [];
  return [
    ...sameDtype(q, [past_key, past_value]),
    ...equal(past_key.shape, [batch, keyHeads, past, width], judge),
    ...equal(past_value.shape, [batch, keyHeads, past, valueWidth], judge),
  ];
}

/** The mask and the bias stretch to [N, heads, queries, keys]; a mask of [N, keys] needs axes for heads and queries. */
function scoreProblems(
  { q, mask, bias }: Readonly<Partial<Record<AttentionRole, TensorType>>>,
  { batch, heads, queries, total }: AttentionShape,
  judge: Judge,
): readonly Problem[] {
  const scores = [batch, heads, queries, total];
  return [
    ...(mask === undefined ? [] : [...requireBool(op, mask), ...maskProblems(mask, scores, judge)]),
    ...(bias === undefined || q === undefined
      ? []
      : [...sameDtype(q, [bias]), ...stretches(bias, scores, judge)]),
  ];
}

/** A mask of padded keys as it mostly comes, [N, keys], would be matched with queries and keys. */
function maskProblems(mask: TensorType, scores: Shape, judge: Judge): readonly Problem[] {
  const problems = stretches(mask, scores, judge);
  const [batch = 1, keys = 1] = mask.shape;
  const perKey =
    mask.shape.length === 2 &&
    judge.differ(batch, scores[0] ?? 1) === undefined &&
    judge.differ(keys, scores[3] ?? 1) === undefined;
  if (problems.length === 0 || !perKey) return problems;
  const reason = `is ${showShape(mask.shape)}, a truth value for each key; put in axes for heads and queries: \`unsqueeze: [1, 2]\``;
  return [wrong('mask', reason)];
}

function stretches(x: TensorType, scores: Shape, judge: Judge): readonly Problem[] {
  const met = broadcastInputs(op, [{ ...x, shape: scores }, x], judge);
  if (!met.ok) return met.problems;
  const offset = scores.length - x.shape.length;
  const larger = offset < 0 || x.shape.some((d, i) => d !== 1 && scores[i + offset] === 1);
  const shapes = [showShape(scores), showShape(x.shape)];
  return larger ? [problem('broadcast-mismatch', { op, shapes, producers: [] })] : [];
}

function equal(found: Shape, wanted: Shape, judge: Judge): readonly Problem[] {
  const shapes = [showShape(wanted), showShape(found)];
  const mismatch = () => problem('shape-mismatch', { op, shapes, producers: [] });
  return wanted.flatMap((d, i) => requireEqualDims(op, [d, found[i] ?? 0], { judge, mismatch }));
}

function wrong(key: string, reason: string): Problem {
  return problem('wrong-attribute', { op, key, reason });
}
