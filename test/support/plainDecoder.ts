/*
 * What decoders are made of, from the formulas of the papers, on one text: loops over numbers in double precision that
 * share nothing with the ops.
 */

/** A vector for each token. */
export type Rows = readonly (readonly number[])[];

export const rowsOf = (table: ArrayLike<number>, width: number, ids: readonly number[]): Rows =>
  ids.map((id) => Array.from({ length: width }, (_, c) => table[id * width + c]!));

export const plus = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((x, c) => x + b[i]![c]!));

export const times = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((x, c) => x * b[i]![c]!));

export const mapped = (x: Rows, f: (value: number) => number): Rows => x.map((row) => row.map(f));

/** x·kernel + bias, with the kernel [in, out]. */
export function dense(x: Rows, kernel: ArrayLike<number>, bias?: ArrayLike<number>): Rows {
  return x.map((row) => {
    const units = kernel.length / row.length;
    return Array.from({ length: units }, (_, u) =>
      row.reduce((sum, value, c) => sum + value * kernel[c * units + u]!, bias?.[u] ?? 0),
    );
  });
}

/** Scores of each row of a table [rows, width], such as an embedding that serves as the output layer. */
export function scores(x: Rows, table: ArrayLike<number>): Rows {
  return x.map((row) =>
    Array.from({ length: table.length / row.length }, (_, id) =>
      row.reduce((sum, value, c) => sum + value * table[id * row.length + c]!, 0),
    ),
  );
}

const mean = (row: readonly number[]) => row.reduce((sum, x) => sum + x, 0) / row.length;

/** arXiv 1607.06450, equation 3. */
export function layerNorm(x: Rows, gamma: ArrayLike<number>, beta: ArrayLike<number>): Rows {
  return x.map((row) => {
    const centre = mean(row);
    const variance = mean(row.map((v) => (v - centre) ** 2));
    return row.map((v, c) => (gamma[c]! * (v - centre)) / Math.sqrt(variance + 1e-5) + beta[c]!);
  });
}

/** arXiv 1910.07467, equation 4. */
export function rmsNorm(x: Rows, gamma: ArrayLike<number>): Rows {
  return x.map((row) => {
    const root = Math.sqrt(mean(row.map((v) => v * v)) + 1e-5);
    return row.map((v, c) => (gamma[c]! * v) / root);
  });
}

/** arXiv 1606.08415, section 2. */
export const gelu = (x: number) =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

export const silu = (x: number) => x / (1 + Math.exp(-x));

/**
 * arXiv 2104.09864, equation 15, in each head: number j and number j + width/2 are a pair, which turns by the position
 * times its angle.
 */
export function turned(
  x: Rows,
  positions: readonly number[],
  { heads, angles }: { readonly heads: number; readonly angles: readonly number[] },
): Rows {
  return x.map((row, s) => {
    const out = [...row];
    for (let head = 0; head < heads; head++) {
      for (const [j, angle] of angles.entries()) {
        const first = head * 2 * angles.length + j;
        const second = first + angles.length;
        const [cosine, sine] = [Math.cos(positions[s]! * angle), Math.sin(positions[s]! * angle)];
        out[first] = row[first]! * cosine - row[second]! * sine;
        out[second] = row[first]! * sine + row[second]! * cosine;
      }
    }
    return out;
  });
}

/**
 * arXiv 1706.03762, equation 1, head by head; a query sees the keys of its own token and of those before. With fewer
 * heads of keys than of queries (arXiv 2305.13245), neighbouring heads of queries share one.
 */
export function attended(
  { q, k, v }: { readonly q: Rows; readonly k: Rows; readonly v: Rows },
  { heads, keyHeads }: { readonly heads: number; readonly keyHeads: number },
): Rows {
  const width = q[0]!.length / heads;
  return q.map((query, i) =>
    Array.from({ length: heads }, (_, head) => {
      const shared = Math.floor(head / (heads / keyHeads));
      const seen = k.slice(0, i + 1);
      const match = seen.map((key) => {
        let sum = 0;
        for (let c = 0; c < width; c++) sum += query[head * width + c]! * key[shared * width + c]!;
        return Math.exp(sum / Math.sqrt(width));
      });
      const all = match.reduce((sum, m) => sum + m, 0);
      return Array.from({ length: width }, (__, c) =>
        match.reduce((sum, m, j) => sum + (m / all) * v[j]![shared * width + c]!, 0),
      );
    }).flat(),
  );
}
