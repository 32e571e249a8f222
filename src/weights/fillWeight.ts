/** Fills `out` with values `first`, `first` + 1, … of a weight. */
export type FillWeight = (out: Float32Array, first: number) => void;

/** Values that are made all at once, when the first of them is asked for, and forgotten with the last one. */
export function madeWhole(make: () => Float32Array): FillWeight {
  let values: Float32Array | undefined;
  return (out, first) => {
    values ??= make();
    out.set(values.subarray(first, first + out.length));
    if (first + out.length >= values.length) values = undefined;
  };
}

/** A stretch of the values of a tensor. */
export interface Stretch {
  readonly fill: FillWeight;
  readonly start: number;
}

/** Stretches of `length` values, one after the other, as one tensor. */
export function joinedStretches(stretches: readonly Stretch[], length: number): FillWeight {
  return (out, first) => {
    for (let at = 0; at < out.length; ) {
      const inside = (first + at) % length;
      const piece = out.subarray(at, at + length - inside);
      const stretch = stretches[Math.floor((first + at) / length)];
      stretch?.fill(piece, stretch.start + inside);
      at += piece.length;
    }
  };
}

/** The sums of the values of several tensors. */
export function summed(fills: readonly FillWeight[]): FillWeight {
  return (out, first) => {
    const more = new Float32Array(out.length);
    out.fill(0);
    for (const fill of fills) {
      fill(more, first);
      for (let i = 0; i < out.length; i++) out[i] = out[i]! + more[i]!;
    }
  };
}
