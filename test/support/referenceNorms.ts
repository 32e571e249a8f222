import type { TypedNode } from '../../src/ir/graph.ts';
import type { Given, Numbers } from './reference.ts';
import { filled, indices, valueAt } from './referenceSpatial.ts';

/** Plain loops for norms that work with the statistics of what they read. */
export const norms = {
  group_norm: ({ attributes }: TypedNode<'group_norm'>, given: Given) => {
    const perGroup = given.inputs[0]!.shape.at(-1)! / attributes.groups;
    return normalised(given, attributes.epsilon, (channel) => Math.floor(channel / perGroup));
  },
  instance_norm: ({ attributes }: TypedNode<'instance_norm'>, given: Given) =>
    normalised(given, attributes.epsilon, (channel) => channel),
  l2_normalize: ({ attributes }: TypedNode<'l2_normalize'>, { inputs: [x] }: Given) => {
    const { axis, epsilon } = attributes;
    const vectors = gathered(x!, (at) => `${at.with(axis, 0)}`);
    return filled(x!.shape, (at) => {
      const squares = vectors.get(`${at.with(axis, 0)}`)!.reduce((sum, v) => sum + v * v, 0);
      return valueAt(x!, at) / Math.sqrt(Math.max(squares, epsilon));
    });
  },
  lrn: ({ attributes }: TypedNode<'lrn'>, { inputs: [x] }: Given) => {
    const { size, alpha, beta, k, divide_by_size } = attributes;
    const reach = (size - 1) / 2;
    const channels = x!.shape.at(-1)!;
    return filled(x!.shape, (at) => {
      const c = at.at(-1)!;
      let squares = 0;
      for (let i = Math.max(c - reach, 0); i <= Math.min(c + reach, channels - 1); i++) {
        squares += valueAt(x!, at.with(-1, i)) ** 2;
      }
      return valueAt(x!, at) / (k + (divide_by_size ? alpha / size : alpha) * squares) ** beta;
    });
  },
};

/** The values by what they are told apart by. */
function gathered(x: Numbers, key: (index: readonly number[]) => string): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const at of indices(x.shape)) {
    const group = groups.get(key(at)) ?? [];
    group.push(valueAt(x, at));
    groups.set(key(at), group);
  }
  return groups;
}

/** gamma·(x − mean)/√(variance + epsilon) + beta, with the statistics of each item and group of channels. */
function normalised(
  { inputs: [x], weight }: Given,
  epsilon: number,
  groupOf: (channel: number) => number,
): Numbers {
  const key = (at: readonly number[]) => `${at[0]} ${groupOf(at.at(-1)!)}`;
  const statistics = new Map(
    [...gathered(x!, key)].map(([group, values]) => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      return [group, { mean, deviation: Math.sqrt(variance + epsilon) }] as const;
    }),
  );
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  return filled(x!.shape, (at) => {
    const { mean, deviation } = statistics.get(key(at))!;
    const c = at.at(-1)!;
    return ((valueAt(x!, at) - mean) / deviation) * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0);
  });
}
