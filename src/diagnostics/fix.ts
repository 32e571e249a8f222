import type { Span } from './source.ts';

/** A stretch of text that is replaced; an empty stretch is a place where something is put in. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * A repair that can be made by a program. A safe one keeps every value of the network for every input; an unsafe one
 * changes the network, as its author probably wants.
 */
export interface Fix {
  readonly safety: 'safe' | 'unsafe';
  /** What it does, as `write padding: [[0, 1], [0, 1]]`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}
