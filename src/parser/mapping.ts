import type * as z from 'zod';
import { once } from '../common/once.ts';

type Makers = Readonly<Record<string, () => z.ZodType>>;

/** The keys that a mapping of a spec may have. */
export interface Mapping<M extends Makers = Makers> {
  /** What gives the schema of each key. It is made when the key is first read, as no spec has them all. */
  readonly shape: M;
  readonly required: readonly string[];
}

/** Says which keys there are, what makes the schema of each, and which must be there. */
export function mapping<M extends Makers>(
  makers: M,
  required: readonly (keyof M & string)[] = [],
): Mapping<M> {
  const shape = Object.fromEntries(Object.entries(makers).map(([key, make]) => [key, once(make)]));
  // Each key gives what it gave before; entries do not carry that in their types.
  return { shape: shape as M, required };
}
