import type { Diagnostic, Problem } from '../diagnostics/diagnostic.ts';
import { problem } from '../diagnostics/diagnostic.ts';
import { foldCopies } from '../diagnostics/foldCopies.ts';
import type { Claim } from '../ir/graph.ts';

/** A claim that does not hold, with what it is about: the copies of one claim are reported once. */
export interface Failed {
  readonly claim: Claim;
  readonly name: string;
  readonly diagnostic: Diagnostic;
}

/** One diagnostic for a claim that fails in the same way in several copies of a step or calls of a block. */
export function folded(failed: readonly Failed[]): readonly Diagnostic[] {
  return foldCopies(
    failed.map(({ claim, name, diagnostic }) => {
      const { actual, claimed } = diagnostic.params;
      const what = claim.kind === 'total' ? claim.what : 'shape';
      return { about: JSON.stringify([what, claimed, actual]), name, diagnostic };
    }),
  );
}

/** A claim that is neither so nor never so. */
export interface Undecided {
  readonly name: string;
  readonly claimed: string;
  readonly actual: string;
  /** Exactly where it holds, as `H % 16 == 0`; one condition for each thing claimed. */
  readonly where: readonly string[] | undefined;
  /** Sizes at which it does not hold; undefined where none were found. */
  readonly differsAt: string | undefined;
  /** Whether `dims` declares a symbol that decides it: then the author has said which sizes are meant. */
  readonly declared: boolean;
}

/** An error where the sizes that are meant were declared and some of them refute the claim, else a warning. */
export function undecided({ where, declared, differsAt, ...shown }: Undecided): Problem {
  const params = {
    ...shown,
    where: where === undefined ? undefined : [...new Set(where)].join(' and '),
    differsAt,
  };
  return problem(declared && differsAt !== undefined ? 'claim-not-always' : 'claim-not-decided', params);
}
