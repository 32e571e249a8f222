import type { Spec } from '../parser/spec.ts';
import type { LintedGraph } from './lintedGraph.ts';

/** A spec as rules look at it that are about its text: with what it imports, and the networks that were built from it. */
export interface LintedSpec {
  readonly main: Spec;
  /** The main file, then what it imports, directly or not; each once. */
  readonly files: readonly Spec[];
  /** The network in its default form, then in each of its variants. */
  readonly graphs: readonly LintedGraph[];
  /** Whether these are all of its forms: only then is something unused that none of them uses. */
  readonly everyForm: boolean;
}
