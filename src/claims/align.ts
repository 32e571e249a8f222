/** Rows and steps side by side, both in their order. */
export interface Alignment {
  /** Of each row, the step that one of the best alignments gives it: the one in which rows are taken as early as can be. */
  readonly stepOf: readonly (number | undefined)[];
  /** Of each step, the rows that some best alignment gives it. */
  readonly rowsOf: readonly (readonly number[])[];
  /** Of each step, whether all best alignments give it a row. */
  readonly always: readonly boolean[];
}

/**
 * The best ways to lay rows beside steps in order, each row at most at one step and each step at most at one row.
 * `scores[row][step]` is undefined where they do not fit.
 */
export function align(scores: readonly (readonly (number | undefined)[])[], steps: number): Alignment {
  const rows = scores.length;
  const score = (i: number, j: number) => scores[i]?.[j] ?? Number.NEGATIVE_INFINITY;
  const grid = () => Array.from({ length: rows + 1 }, () => new Float64Array(steps + 1));
  const [before, after] = [grid(), grid()];
  const at = (of: readonly Float64Array[], i: number, j: number) => of[i]?.[j] ?? 0;
  const put = (of: readonly Float64Array[], i: number, j: number, value: number) => of[i]?.set([value], j);
  for (let i = 0; i <= rows; i += 1) {
    for (let j = 0; j <= steps; j += 1) {
      if (i === 0 || j === 0) continue;
      const paired = at(before, i - 1, j - 1) + score(i - 1, j - 1);
      put(before, i, j, Math.max(at(before, i - 1, j), at(before, i, j - 1), paired));
    }
  }
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = steps - 1; j >= 0; j -= 1) {
      const paired = at(after, i + 1, j + 1) + score(i, j);
      put(after, i, j, Math.max(at(after, i + 1, j), at(after, i, j + 1), paired));
    }
  }
  const best = at(after, 0, 0);
  const columns = Array.from({ length: steps }, (_, j) => j);
  const lines = Array.from({ length: rows + 1 }, (_, i) => i);
  const rowsOf = columns.map((j) =>
    lines.filter((i) => i < rows && at(before, i, j) + score(i, j) + at(after, i + 1, j + 1) === best),
  );
  const always = columns.map((j) => lines.every((i) => at(before, i, j) + at(after, i, j + 1) < best));
  return { stepOf: earliest(scores, after), rowsOf, always };
}

/** Walks one best alignment from the front, pairing as soon as that loses nothing. */
function earliest(
  scores: readonly (readonly (number | undefined)[])[],
  after: readonly Float64Array[],
): readonly (number | undefined)[] {
  const rest = (i: number, j: number) => after[i]?.[j] ?? 0;
  const steps = (after[0]?.length ?? 1) - 1;
  let j = 0;
  return scores.map((row, i) => {
    for (let k = j; k < steps && rest(i, k) === rest(i, j); k += 1) {
      const score = row[k];
      if (score === undefined || score + rest(i + 1, k + 1) !== rest(i, j)) continue;
      j = k + 1;
      return k;
    }
    return undefined;
  });
}
