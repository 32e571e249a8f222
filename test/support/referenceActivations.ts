import type { Definitions, Numbers } from './reference.ts';
import { erf, map } from './referenceElementwise.ts';

const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const softplus = (v: number) => Math.log1p(Math.exp(v));
const exactGelu = (v: number) => (v / 2) * (1 + erf(v / Math.SQRT2));
const between = (v: number) => Math.min(Math.max(v, 0), 1);

const gelus = {
  exact: exactGelu,
  tanh: (v: number) => (v / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
  quick: (v: number) => v * sigmoid(1.702 * v),
};

const gates = {
  sigmoid,
  relu: (v: number) => Math.max(v, 0),
  gelu: exactGelu,
  silu: (v: number) => v * sigmoid(v),
  none: (v: number) => v,
};

/** The definitions of activations. */
export const activations = {
  leaky_relu: ({ attributes: { slope } }, { inputs: [x] }) => map(x!, (v) => (v < 0 ? slope * v : v)),
  prelu: ({ attributes: { shared_axes } }, { inputs: [x], weight }) => {
    const alpha = weight('alpha')!;
    const shared = [shared_axes ?? []].flat();
    const sizes = x!.shape.map((d, axis) => (axis === 0 || shared.includes(axis) ? 1 : d));
    const slope = (i: number) => {
      let [rest, place, stride] = [i, 0, 1];
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        place += sizes[axis] === 1 ? 0 : (rest % x!.shape[axis]!) * stride;
        stride *= sizes[axis]!;
        rest = Math.floor(rest / x!.shape[axis]!);
      }
      return alpha[place]!;
    };
    return { shape: x!.shape, values: x!.values.map((v, i) => (v < 0 ? slope(i) * v : v)) };
  },
  elu: ({ attributes: { alpha } }, { inputs: [x] }) => map(x!, (v) => (v < 0 ? alpha * Math.expm1(v) : v)),
  // The numbers of arXiv 1706.02515, section 2 (equation 14).
  selu: (_, { inputs: [x] }) =>
    map(x!, (v) => 1.0507009873554805 * (v < 0 ? 1.6732632423543772 * Math.expm1(v) : v)),
  gelu: ({ attributes: { form } }, { inputs: [x] }) => map(x!, gelus[form]),
  silu: (_, { inputs: [x] }) => map(x!, gates.silu),
  mish: (_, { inputs: [x] }) => map(x!, (v) => v * Math.tanh(softplus(v))),
  hard_swish: (_, { inputs: [x] }) => map(x!, (v) => v * between(v / 6 + 0.5)),
  hard_sigmoid: ({ attributes: { form } }, { inputs: [x] }) =>
    map(x!, (v) => between(v / (form === 'sixth' ? 6 : 5) + 0.5)),
  softplus: (_, { inputs: [x] }) => map(x!, softplus),
  softsign: (_, { inputs: [x] }) => map(x!, (v) => v / (1 + Math.abs(v))),
  glu: ({ attributes: { activation, gate } }, { inputs: [x] }) => {
    const half = x!.shape.at(-1)! / 2;
    const rows = x!.values.length / (2 * half);
    const values = Float64Array.from({ length: rows * half }, (_, i) => {
      const first = Math.floor(i / half) * 2 * half + (i % half);
      const [a, b] = [x!.values[first]!, x!.values[first + half]!];
      return gate === 'second' ? a * gates[activation](b) : b * gates[activation](a);
    });
    return { shape: [...x!.shape.slice(0, -1), half], values } satisfies Numbers;
  },
} satisfies Partial<Definitions>;
