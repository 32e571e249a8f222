import type { Severity } from '../diagnostic.ts';

/** One thing that can be said to a user: its stable code, how bad it is, and its words. */
export interface Entry<P> {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one line, with the names and numbers of the case. */
  readonly message: (params: P) => string;
  /** The way out. */
  readonly help?: (params: P) => string | undefined;
}

/** Declares an entry; the type of `params` is what `problem()` then asks for. */
export function entry<P>(fields: Entry<P>): Entry<P> {
  return fields;
}

/** "did you mean …?" where something near is known. */
export function meant(nearest: string | undefined): string | undefined {
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}
