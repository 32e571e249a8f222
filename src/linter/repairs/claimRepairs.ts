import type { Edit } from '../../diagnostics/fix.ts';
import type { Span } from '../../diagnostics/source.ts';

/** One change of a combination, in words. */
export interface RepairChange {
  /** What is changed: a step, or an input. */
  readonly of: string;
  /** `padding`, `stride`, `kernel`, `filters`, `units`, or `size` of an input. */
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
  /** The value, or the step that is given one. */
  readonly span: Span;
  /** The first claim that it is for. */
  readonly claim: string;
  /** What that claim is about, once the change is made: a shape, or a count. */
  readonly follows: string;
}

/** Changes that together make claims true; compiled and found to. */
export interface ClaimCombination {
  readonly changes: readonly RepairChange[];
  readonly edits: readonly Edit[];
  /** The number of the first that makes the same changes, but for the sizes of inputs. */
  readonly group: number;
  /** The spec with the edits made. */
  readonly text: string;
}

/** A claim that fails. */
export interface FailedClaim {
  readonly name: string;
  readonly claimed: string;
  readonly actual: string;
  readonly span: Span;
  /** Whether every combination makes it true. */
  readonly isRepaired: boolean;
  /** False for counts of the whole network, for which any step could be the one. */
  readonly searchedFor: boolean;
  /** Of one that is not: the steps that were tried, those nearest to it first; none where no step lies before it. */
  readonly tried: readonly string[];
}

/** A list of claims that is longer than the list of values it is about. */
export interface SurplusClaims {
  readonly name: string;
  readonly span: Span;
  readonly claimed: number;
  readonly values: number;
}

/** What was found for one form of a network. */
export interface ClaimRepairs {
  readonly file: string;
  readonly variant?: string;
  readonly failed: readonly FailedClaim[];
  readonly surplus: readonly SurplusClaims[];
  readonly combinations: readonly ClaimCombination[];
  /** Combinations that give the shapes and were refused: they break another claim, or do not compile. */
  readonly refused: number;
  /** Whether there may be more combinations: the search was ended, or not all were compiled. */
  readonly isCut: boolean;
  /** The greatest sizes of inputs that were tried, by the size that is given. */
  readonly sizes: readonly { readonly given: number; readonly greatest: number }[];
}
