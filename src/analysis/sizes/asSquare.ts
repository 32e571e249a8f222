import { type Dim, symbol } from '../../tensor/dim.ts';
import { substitute } from '../../tensor/evaluateDim.ts';
import { withinLimits } from '../../tensor/integers.ts';
import type { SizeCondition } from './condition.ts';
import type { Conditions } from './conditions.ts';
import type { OpenInputs } from './openAxes.ts';

/**
 * What a network asks of square inputs, from what it asks of heights and widths apart. undefined where a symbol of the
 * one would be several of the other.
 */
export function asSquare(
  conditions: Conditions,
  apart: OpenInputs,
  square: OpenInputs,
): Conditions | undefined {
  const names = namesInstead(apart, square);
  if (names === undefined) return undefined;
  const dims = Object.fromEntries([...names].map(([name, other]) => [name, symbol(other)]));
  return withinLimits(() => {
    const [accepted, lossless] = [conditions.accepted, conditions.lossless].map((all) =>
      all.map((condition): SizeCondition => {
        const instead = (d: Dim) => substitute(d, dims);
        return { ...condition, dim: instead(condition.dim), other: instead(condition.other) };
      }),
    );
    return { accepted: accepted ?? [], lossless: lossless ?? [] };
  });
}

/** Those symbols of the one that are others in the other. */
function namesInstead(apart: OpenInputs, square: OpenInputs): ReadonlyMap<string, string> | undefined {
  const names = new Map<string, string>();
  for (const [input, shape] of Object.entries(apart.shapes)) {
    for (const [axis, dim] of shape.entries()) {
      const other = square.shapes[input]?.[axis];
      if (typeof dim !== 'string' || typeof other !== 'string') continue;
      if ((names.get(dim) ?? other) !== other) return undefined;
      names.set(dim, other);
    }
  }
  const others = [...names].filter(([dim, other]) => dim !== other);
  const isPlain = others.every(([, other]) => square.written.has(other));
  return isPlain ? new Map(others) : undefined;
}
