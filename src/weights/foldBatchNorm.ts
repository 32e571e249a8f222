import type { NormWeights, Weight } from '../ir/graph.ts';
import type { FillWeight } from './initialise.ts';

/** A batch norm as a factor and an offset for each channel. */
export interface Normalisation {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
}

/** gamma·(x − mean)/√(variance + epsilon) + beta as factor·x + offset; `numbers` gives all of a weight's. */
export function normalisation(
  { gamma, beta, mean, variance, epsilon }: NormWeights,
  numbers: (weight: Weight) => Float32Array,
): Normalisation {
  const [scales, shifts] = [gamma && numbers(gamma), beta && numbers(beta)];
  const means = numbers(mean);
  const factor = Float64Array.from(numbers(variance), (v, c) => (scales?.[c] ?? 1) / Math.sqrt(v + epsilon));
  return { factor, offset: factor.map((f, c) => (shifts?.[c] ?? 0) - means[c]! * f) };
}

/** The bias of a layer that does the work of the norm behind it. */
export function foldedBias({ factor, offset }: Normalisation, bias: Float32Array | undefined): Float64Array {
  return offset.map((o, c) => o + (bias?.[c] ?? 0) * factor[c]!);
}

/** Numbers multiplied by a factor for each channel, of which `run` numbers stand in a row. */
export function scaled(numbers: FillWeight, factors: () => Float64Array, run: number): FillWeight {
  return (out, first) => {
    numbers(out, first);
    const factor = factors();
    let channel = Math.floor(first / run) % factor.length;
    let left = run - (first % run);
    for (let i = 0; i < out.length; i++) {
      out[i] = out[i]! * factor[channel]!;
      left -= 1;
      if (left > 0) continue;
      left = run;
      channel = channel + 1 === factor.length ? 0 : channel + 1;
    }
  };
}

/** Numbers by index, from all of them, which are made when the first is asked for. */
export function filledFrom(values: () => Float64Array): FillWeight {
  return (out, first) => out.set(values().subarray(first, first + out.length));
}
