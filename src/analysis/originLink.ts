import type { Span } from '../diagnostics/source.ts';

/** How one value leads to the next. */
export type OriginLinkKind =
  /** The attribute: written at the step, in `defaults`, by a merge of branches, or not at all. */
  | 'written'
  | 'default'
  | 'merge'
  | 'op-default'
  /** What the op makes of it on the input that it reads: `3` is `[3, 3]`. */
  | 'written-out'
  /** A name that an expression reads. */
  | 'call'
  | 'variant'
  | 'set'
  | 'param-default'
  | 'index'
  | 'item'
  | 'channels'
  /** A size that the inputs of a block name. */
  | 'size';

/** One link of the chain from the value of an attribute back to what decided it. */
export interface OriginLink {
  readonly kind: OriginLinkKind;
  /** The attribute or name that it is about. */
  readonly name: string;
  /** What is said of the place, without the value. */
  readonly what: string;
  readonly value: unknown;
  /** Undefined where nothing is written: a default of the op, a value from outside. */
  readonly span?: Span;
  /** How many expressions lead there: 0 for the attribute itself. */
  readonly depth: number;
}
