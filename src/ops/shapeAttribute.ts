import * as z from 'zod';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import type { Shape } from '../tensor/shape.ts';
import { dimension } from './dimensionAttribute.ts';

/** A dimension of a shape in an attribute: `_` keeps the one that the input has there. */
export type WrittenDim = Dim | '_';

/** A shape in an attribute: numbers, symbols and expressions over them, and `_`. */
export function writtenShape() {
  return z.array(z.union([z.literal('_'), dimension()], { error: notADimension }), {
    error: 'must be a list of dimensions, such as [_, 8, 64]',
  });
}

const notADimension = 'must be a whole number, a symbol, an expression over symbols, or `_`';

/**
 * A written shape with the dimensions of the input in place of `_`. Numbers must be at least `least`; −1 passes where
 * the op gives it a meaning.
 */
export function readShape(
  { op, key, inferable }: { readonly op: string; readonly key: string; readonly inferable: boolean },
  shape: readonly WrittenDim[],
  keptAt: (place: number) => Dim | undefined,
): Result<Shape> {
  const problems: Problem[] = [];
  const dims = shape.map((written, place) => {
    const dim = written === '_' ? keptAt(place) : written;
    if (dim === undefined) problems.push(nothingToKeep(op, key, place));
    else if (typeof dim === 'number' && dim < 1 && !(inferable && dim === -1)) {
      problems.push(problem('bad-dimension', { dimension: String(dim), reason: 'it is below 1' }));
    }
    return dim ?? 1;
  });
  return problems.length > 0 ? fail(...problems) : ok(dims);
}

function nothingToKeep(op: string, key: string, place: number): Problem {
  const reason = `entry ${place} is \`_\`, and the input has no dimension there to keep`;
  return problem('wrong-attribute', { op, key, reason });
}
