import * as z from 'zod';
import type { Initialiser } from './weight.ts';

const byShape = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
] as const;

/** An initialiser as a spec writes it: a name of Keras', with its number where it has one. */
export type WrittenInitialiser =
  | 'zeros'
  | 'ones'
  | (typeof byShape)[number]
  | { readonly constant: number }
  | { readonly uniform: number }
  | { readonly truncated_normal: number };

/** How the first numbers of a weight are drawn. */
export function initialiser() {
  return z.union(
    [
      z.enum(['zeros', 'ones', ...byShape]),
      z.strictObject({ constant: z.number() }),
      z.strictObject({ uniform: z.number().positive() }),
      z.strictObject({ truncated_normal: z.number().positive() }),
    ],
    {
      error: `must be zeros, ones, ${byShape.join(', ')}, { constant: value }, { uniform: limit } or { truncated_normal: deviation }`,
    },
  );
}

/** What the description of an attribute says of initialisers. */
export const initialiserWords =
  '`zeros`, `ones`, `{ constant: value }`, `{ uniform: limit }` (−limit to limit), `{ truncated_normal: deviation }` (mean 0, cut at two deviations), or `glorot_`, `he_` or `lecun_` with `uniform` or `normal`.';

/** The initialiser of a weight of this shape; fan in and fan out as Keras' compute_fans takes them from a shape. */
export function initialiserOf(written: WrittenInitialiser, shape: readonly number[]): Initialiser {
  if (written === 'zeros' || written === 'ones') return { kind: written };
  if (typeof written === 'string') return { kind: written, ...fans(shape) };
  if ('constant' in written) return { kind: 'constant', value: written.constant };
  if ('uniform' in written) return { kind: 'uniform', limit: written.uniform };
  return { kind: 'truncated_normal', mean: 0, standardDeviation: written.truncated_normal };
}

/** keras/src/initializers/random_initializers.py, compute_fans: receptive field × the last two sizes. */
function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const field = shape.slice(0, -2).reduce((n, d) => n * d, 1);
  const [fanIn = 1, fanOut = fanIn] = shape.slice(-2);
  return { fanIn: field * fanIn, fanOut: field * fanOut };
}
