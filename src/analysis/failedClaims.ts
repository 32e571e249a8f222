import type { Diagnostic, Problem } from '../diagnostics/diagnostic.ts';
import { problem } from '../diagnostics/diagnostic.ts';
import type { Claim } from '../ir/graph.ts';

/** A claim that does not hold, with what it is about: the copies of one claim are reported once. */
export interface Failed {
  readonly claim: Claim;
  readonly name: string;
  readonly diagnostic: Diagnostic;
}

/** One diagnostic for a claim that fails in the same way in several copies of a step or calls of a block. */
export function folded(failed: readonly Failed[]): readonly Diagnostic[] {
  const groups = new Map<string, Failed[]>();
  for (const item of failed) {
    const { span } = item.claim;
    const { actual, claimed } = item.diagnostic.params;
    const about = item.claim.kind === 'total' ? item.claim.what : 'shape';
    const key = JSON.stringify([span.source.name, span.start, about, claimed, actual]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { diagnostic } = first;
    if (others.length === 0) return [diagnostic];
    const names = others.slice(0, 3).map((o) => o.name);
    const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return [{ ...diagnostic, notes: [...diagnostic.notes, `so also ${names.join(', ')}${more}`] }];
  });
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
