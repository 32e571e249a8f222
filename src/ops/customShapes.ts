import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { parseDim } from '../tensor/parseDim.ts';
import { printDim } from '../tensor/printDim.ts';
import { type Shape, showShape, type TensorType } from '../tensor/shape.ts';
import type { DeclaredDim } from './customAttributes.ts';
import type { Judge } from './op.ts';
import { requireEqualDims } from './requireEqualDims.ts';

/** The shape formulas of `custom`: names that inputs bind, and expressions over them. */

const op = 'custom';

export type DeclaredShape = readonly DeclaredDim[];

/** Sizes by the names that stand for them. */
export type Bindings = ReadonlyMap<string, Dim>;

/** The size that each name stands for where it is first found alone in a pattern. */
export function bindingsOf(inputs: readonly TensorType[], patterns: readonly DeclaredShape[]): Bindings {
  const found = new Map<string, Dim>();
  for (const [i, pattern] of patterns.entries()) {
    for (const [axis, written] of pattern.entries()) {
      const size = inputs[i]?.shape[axis];
      if (typeof written === 'number' || !/^[A-Za-z_]\w*$/.test(written)) continue;
      if (size !== undefined && !found.has(written)) found.set(written, size);
    }
  }
  return found;
}

/** Whether values have the shapes that are declared for them. */
export function patternProblems(
  inputs: readonly TensorType[],
  patterns: readonly DeclaredShape[],
  judge: Judge,
): readonly Problem[] {
  if (inputs.length !== patterns.length) {
    const expected =
      patterns.length === 1 ? 'the one value of `inputs`' : `the ${patterns.length} values of \`inputs\``;
    return [problem('input-count', { owner: op, expected, found: inputs.length })];
  }
  const ranks = inputs.flatMap(({ shape }, i) => {
    const pattern = patterns[i] ?? [];
    if (pattern.length === shape.length) return [];
    const expected = `rank ${pattern.length} for [${pattern.join(', ')}]`;
    return [problem('rank-mismatch', { op, expected, shape: showShape(shape) })];
  });
  if (ranks.length > 0) return ranks;
  const bindings = bindingsOf(inputs, patterns);
  return inputs.flatMap(({ shape }, i) => {
    const wanted = evaluateShape('inputs', patterns[i] ?? [], bindings);
    if (!wanted.ok) return wanted.problems;
    const expected = `shape ${showShape(wanted.value)}`;
    const mismatch = () => problem('rank-mismatch', { op, expected, shape: showShape(shape) });
    return wanted.value.flatMap((d, axis) =>
      requireEqualDims(op, [d, shape[axis] ?? 0], { judge, mismatch }),
    );
  });
}

/** A declared shape with sizes in place of names. */
export function evaluateShape(key: string, shape: DeclaredShape, bindings: Bindings): Result<Shape> {
  const dims = shape.map((written) => evaluateDim(key, written, bindings));
  const problems = dims.flatMap((d) => (d.ok ? [] : d.problems));
  if (problems.length > 0) return fail(...problems);
  const sizes = dims.flatMap((d) => (d.ok ? [d.value] : []));
  const below = sizes.filter((d) => typeof d === 'number' && d < 1);
  if (below.length === 0) return ok(sizes);
  const reason = `\`${key}\` of \`${op}\` makes it less than 1`;
  return fail(...below.map((d) => problem('bad-dimension', { dimension: printDim(d), reason })));
}

/** A declared number with sizes in place of names. */
export function evaluateDim(key: string, written: DeclaredDim, bindings: Bindings): Result<Dim> {
  if (typeof written === 'number') return ok(written);
  const parsed = parseDim(written, bindings);
  if (parsed.ok) return ok(parsed.value);
  const reason = `"${written}": ${parsed.reason}`;
  return fail(problem('wrong-attribute', { op, key, reason }));
}
