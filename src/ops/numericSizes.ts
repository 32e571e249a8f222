import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';

/** Sizes that decide how many weights there are, which must be numbers; `what` is what a message calls them. */
export function numericSizes(what: string, dims: readonly Dim[]): Result<readonly number[]> {
  const problems: Problem[] = dims.flatMap((d) =>
    typeof d === 'number' ? [] : [problem('symbolic-size', { what, dimension: printDim(d) })],
  );
  return problems.length > 0 ? fail(...problems) : ok(dims.map(Number));
}
