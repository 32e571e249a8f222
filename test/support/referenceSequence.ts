import type { TypedNode } from '../../src/ir/graph.ts';
import { attentionRoles } from '../../src/ops/attentionShape.ts';
import { numbersOf } from '../../src/ops/constant.ts';
import type { Given, Numbers } from './reference.ts';
import { build, sum, upTo, valueAt } from './referenceIndex.ts';

/** Ops that transformers are made of. */
export const sequence = {
  parameter: ({ attributes }: TypedNode<'parameter'>, { weight }: Given) => ({
    shape: attributes.shape,
    values: Float64Array.from(weight('value')!),
  }),
  constant: ({ attributes, outputs: [y] }: TypedNode<'constant'>, { size }: Given) => {
    const shape = y!.type.shape.map(size);
    const { value, fill } = attributes;
    if (value === undefined) return build(shape, () => Number(fill));
    return { shape, values: Float64Array.from(numbersOf(value)) };
  },
  range: ({ attributes, outputs: [y] }: TypedNode<'range'>, { size }: Given) =>
    build(y!.type.shape.map(size), ([i]) => size(attributes.from) + i! * attributes.step),
  layer_scale: (_: TypedNode<'layer_scale'>, { inputs: [x], weight }: Given) =>
    build(x!.shape, (index) => valueAt(x!, index) * weight('gamma')![index.at(-1)!]!),
  layer_norm: ({ attributes }: TypedNode<'layer_norm'>, { inputs: [x], weight }: Given) => {
    const places = x!.shape.slice(-[attributes.axes].flat().length).reduce((n, d) => n * d, 1);
    const [gamma, beta] = [weight('gamma'), weight('beta')];
    const groups = upTo(x!.values.length / places).map((g) => {
      const group = x!.values.subarray(g * places, (g + 1) * places);
      const mean = group.reduce((a, b) => a + b, 0) / places;
      return { mean, variance: group.reduce((a, b) => a + (b - mean) ** 2, 0) / places };
    });
    const values = x!.values.map((v, i) => {
      const { mean, variance } = groups[Math.floor(i / places)]!;
      const normal = (v - mean) / Math.sqrt(variance + attributes.epsilon);
      return (gamma?.[i % places] ?? 1) * normal + (beta?.[i % places] ?? 0);
    });
    return { shape: x!.shape, values };
  },
  rms_norm: ({ attributes }: TypedNode<'rms_norm'>, { inputs: [x], weight }: Given) => {
    const width = x!.shape.at(-1)!;
    return build(x!.shape, (index) => {
      const square = sum(width, (c) => valueAt(x!, index.with(-1, c)) ** 2) / width;
      const gamma = attributes.offset + weight('gamma')![index.at(-1)!]!;
      return (gamma * valueAt(x!, index)) / Math.sqrt(square + attributes.epsilon);
    });
  },
  embedding: ({ attributes }: TypedNode<'embedding'>, { inputs: [ids], weight }: Given) =>
    build([...ids!.shape, attributes.width], (index) => {
      const row = valueAt(ids!, index.slice(0, -1));
      return weight('embeddings')![row * attributes.width + index.at(-1)!]!;
    }),
  position_embedding: (node: TypedNode<'position_embedding'>, { inputs: [x], weight }: Given) => {
    const width = x!.shape.at(-1)!;
    const table = weight('embeddings');
    return build(x!.shape, (index) => {
      const [position, c] = [index.at(-2)!, index.at(-1)!];
      return valueAt(x!, index) + (table?.[position * width + c] ?? wave(node, { position, c, width }));
    });
  },
  gather: ({ attributes }: TypedNode<'gather'>, { inputs: [x, ids] }: Given) => {
    const axis = Number(attributes.axis);
    const rank = ids!.shape.length;
    return build(x!.shape.toSpliced(axis, 1, ...ids!.shape), (index) =>
      valueAt(x!, index.toSpliced(axis, rank, valueAt(ids!, index.slice(axis, axis + rank)))),
    );
  },
  one_hot: ({ attributes }: TypedNode<'one_hot'>, { inputs: [ids] }: Given) =>
    build([...ids!.shape, attributes.depth], (index) =>
      valueAt(ids!, index.slice(0, -1)) === index.at(-1) ? 1 : 0,
    ),
  top_k: ({ attributes: { k } }: TypedNode<'top_k'>, { inputs: [x] }: Given) => {
    const size = x!.shape.at(-1)!;
    const ranked = (index: readonly number[]) => {
      const row = upTo(size).map((i) => valueAt(x!, index.with(-1, i)));
      return upTo(size).toSorted((a, b) => row[b]! - row[a]! || a - b)[index.at(-1)!]!;
    };
    const shape = x!.shape.with(-1, k);
    return [build(shape, (index) => valueAt(x!, index.with(-1, ranked(index)))), build(shape, ranked)];
  },
  cumulative_sum: ({ attributes }: TypedNode<'cumulative_sum'>, { inputs: [x] }: Given) => {
    const { exclusive, reverse } = attributes;
    const axis = Number(attributes.axis);
    return build(x!.shape, (index) =>
      sum(x!.shape[axis]!, (i) => {
        const before = reverse ? i > index[axis]! : i < index[axis]!;
        return before || (i === index[axis] && !exclusive) ? valueAt(x!, index.with(axis, i)) : 0;
      }),
    );
  },
  matmul: ({ attributes }: TypedNode<'matmul'>, { inputs: [a, b] }: Given) => {
    const left = attributes.transpose_a ? swapped(a!) : a!;
    const right = attributes.transpose_b ? swapped(b!) : b!;
    const outer = stretched(left.shape.slice(0, -2), right.shape.slice(0, -2));
    return build([...outer, left.shape.at(-2)!, right.shape.at(-1)!], (index) =>
      sum(left.shape.at(-1)!, (k) => valueAt(left, index.with(-1, k)) * valueAt(right, index.with(-2, k))),
    );
  },
  einsum: ({ attributes }: TypedNode<'einsum'>, { inputs }: Given) => einsum(attributes.equation, inputs),
  attention: (node: TypedNode<'attention'>, { inputs }: Given) => attention(node, inputs),
  rotary_embedding: (node: TypedNode<'rotary_embedding'>, { inputs: [x, positions] }: Given) =>
    rotary(node, x!, positions!),
};

function wave(
  { attributes: { base, order, denominator } }: TypedNode<'position_embedding'>,
  { position, c, width }: { position: number; c: number; width: number },
): number {
  const half = width / 2;
  const j = order === 'interleaved' ? Math.floor(c / 2) : c % half;
  const angle = position * base ** (-j / (denominator === 'half' ? half : half - 1));
  const isSine = order === 'interleaved' ? c % 2 === 0 : c < half;
  return isSine ? Math.sin(angle) : Math.cos(angle);
}

function swapped(x: Numbers): Numbers {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  return build([...x.shape.slice(0, -2), columns, rows], (index) =>
    valueAt(x, [...index.slice(0, -2), index.at(-1)!, index.at(-2)!]),
  );
}

function stretched(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const at = (shape: readonly number[], i: number) => shape[i - rank + shape.length] ?? 1;
  return upTo(rank).map((i) => Math.max(at(a, i), at(b, i)));
}

/** Walks through every value of every letter. */
function einsum(equation: string, inputs: readonly Numbers[]): Numbers {
  const [left = '', output = ''] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  const sizes = new Map(
    terms.flatMap((t, i) => [...t].map((l, axis) => [l, inputs[i]!.shape[axis]!] as const)),
  );
  const summed = [...sizes.keys()].filter((l) => !output.includes(l));
  return build(
    [...output].map((l) => sizes.get(l)!),
    (index) => {
      const inner = build(
        summed.map((l) => sizes.get(l)!),
        (place) => {
          const at = (l: string) =>
            output.includes(l) ? index[output.indexOf(l)]! : place[summed.indexOf(l)]!;
          return terms.reduce((p, t, i) => p * valueAt(inputs[i]!, [...t].map(at)), 1);
        },
      );
      return inner.values.reduce((a, b) => a + b, 0);
    },
  );
}

/** Softmax over all keys of scale·q·k + bias, where hidden scores are −1e9. */
function attention(node: TypedNode<'attention'>, inputs: readonly Numbers[]): readonly Numbers[] {
  const roles: readonly string[] = node.roles ?? attentionRoles;
  const given = (role: string) => inputs[roles.indexOf(role)];
  const queryHeads = node.attributes.heads ?? inputs[0]!.shape[2]!;
  const keyHeads = node.attributes.kv_heads ?? node.attributes.heads ?? inputs[1]!.shape[2]!;
  const q = headsApart(given('q')!, queryHeads);
  const k = joined(given('past_key'), headsApart(given('k')!, keyHeads));
  const v = joined(given('past_value'), headsApart(given('v')!, keyHeads));
  const [batch, heads, queries, width] = q.shape as [number, number, number, number];
  const keys = k.shape[2]!;
  const past = given('past_key')?.shape[2] ?? 0;
  const scale = node.attributes.scale ?? 1 / Math.sqrt(width);
  const [mask, bias] = [given('mask'), given('bias')];
  const scores = build([batch, heads, queries, keys], ([n, h, i, j]) => {
    const group = Math.floor((h! * keyHeads) / heads);
    const index = [n!, h!, i!, j!];
    const visible =
      (mask === undefined || valueAt(mask, index) > 0) && (!node.attributes.causal || j! <= i! + past);
    if (!visible) return -1e9;
    const product = sum(width, (c) => valueAt(q, [n!, h!, i!, c]) * valueAt(k, [n!, group, j!, c]));
    return scale * product + (bias === undefined ? 0 : valueAt(bias, index));
  });
  const mixed = build([batch, queries, heads, v.shape[3]!], ([n, i, h, c]) => {
    const group = Math.floor((h! * keyHeads) / heads);
    const row = upTo(keys).map((j) => valueAt(scores, [n!, h!, i!, j]));
    const greatest = Math.max(...row);
    const shares = row.map((s) => Math.exp(s - greatest));
    const total = shares.reduce((a, b) => a + b, 0);
    return sum(keys, (j) => (shares[j]! / total) * valueAt(v, [n!, group, j, c!]));
  });
  const y =
    inputs[0]!.shape.length === 4 ? mixed : { ...mixed, shape: [batch, queries, heads * v.shape[3]!] };
  return [y, k, v];
}

/** [N, S, heads·width] or [N, S, heads, width] as [N, heads, S, width]. */
function headsApart({ shape, values }: Numbers, heads: number): Numbers {
  const [batch, length, ...rest] = shape as [number, number, ...number[]];
  const width = rest.length === 2 ? rest[1]! : rest[0]! / heads;
  const apart = { shape: [batch, length, heads, width], values };
  return build([batch, heads, length, width], ([n, h, i, c]) => valueAt(apart, [n!, i!, h!, c!]));
}

/** Joined along the sequence. */
function joined(past: Numbers | undefined, x: Numbers): Numbers {
  if (past === undefined) return x;
  const length = past.shape[2]!;
  return build(x.shape.with(2, length + x.shape[2]!), (index) =>
    index[2]! < length ? valueAt(past, index) : valueAt(x, index.with(2, index[2]! - length)),
  );
}

/** As _compute_llama3_parameters of Hugging Face has it, case by case. */
function scaledFrequency(
  frequency: number,
  j: number,
  scaling: TypedNode<'rotary_embedding'>['attributes']['scaling'],
): number {
  if (scaling === undefined) return frequency;
  if (!('factor' in scaling)) return frequency * scaling[j]!;
  const { factor, low_freq_factor, high_freq_factor, original_max_position_embeddings } = scaling;
  const wavelength = (2 * Math.PI) / frequency;
  if (wavelength < original_max_position_embeddings / high_freq_factor) return frequency;
  if (wavelength > original_max_position_embeddings / low_freq_factor) return frequency / factor;
  const smooth =
    (original_max_position_embeddings / wavelength - low_freq_factor) / (high_freq_factor - low_freq_factor);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}

function rotary(
  { attributes: { heads, theta, width, pairs, scaling } }: TypedNode<'rotary_embedding'>,
  x: Numbers,
  positions: Numbers,
): Numbers {
  const last = x.shape.at(-1)!;
  const size = x.shape.length === 4 ? last : last / heads;
  const turned = width ?? size;
  return build(x.shape, (index) => {
    const c = index.at(-1)! % size;
    const value = valueAt(x, index);
    if (c >= turned) return value;
    const first = pairs === 'halves' ? c < turned / 2 : c % 2 === 0;
    const j = pairs === 'halves' ? c % (turned / 2) : Math.floor(c / 2);
    const distance = pairs === 'halves' ? turned / 2 : 1;
    const partner = valueAt(x, index.with(-1, index.at(-1)! + (first ? distance : -distance)));
    const position = valueAt(positions, index.slice(0, 2));
    const frequency = theta ** ((-2 * j) / turned);
    const angle = position * scaledFrequency(frequency, j, scaling);
    const sine = first ? -Math.sin(angle) : Math.sin(angle);
    return value * Math.cos(angle) + partner * sine;
  });
}
