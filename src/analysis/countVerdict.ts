import type { ClaimedCount } from '../ir/claimedCount.ts';
import { differenceOf, printSizes } from '../ir/judge.ts';
import { atLeast } from '../tensor/compare.ts';
import { type Dim, sub, symbolsOf } from '../tensor/dim.ts';
import { valueOrNaN } from '../tensor/evaluateDim.ts';
import type { Facts } from '../tensor/facts.ts';
import { sampleBindings } from '../tensor/sampleBindings.ts';

/** Whether a count is as claimed: at every size, at none, or otherwise with what was found out. */
export type CountVerdict =
  | { readonly kind: 'holds' | 'never' }
  | {
      readonly kind: 'undecided';
      readonly where?: string | undefined;
      readonly differsAt?: string | undefined;
      /** The symbols that decide it. */
      readonly symbols: readonly string[];
    };

/** Judges a count against what is claimed of it, at all sizes that the facts admit. */
export function countVerdict(actual: Dim, claimed: ClaimedCount, facts: Facts): CountVerdict {
  switch (claimed.kind) {
    case 'exact':
      return equality(actual, claimed.dim, facts);
    case 'at-most':
      return notNegative([sub(claimed.dim, actual)], facts);
    case 'rounded':
      // Twice each side, as half a digit need not be whole.
      return notNegative(
        [1, -1].map((sign) => sub(claimed.step, twice(sub(actual, claimed.middle), sign))),
        facts,
      );
    default:
      return claimed satisfies never;
  }
}

function twice(d: Dim, sign: number): Dim {
  return sign > 0 ? sub(d, sub(0, d)) : sub(sub(0, d), d);
}

function equality(actual: Dim, claimed: Dim, facts: Facts): CountVerdict {
  const found = differenceOf(actual, claimed, facts);
  if (found === undefined) return { kind: 'holds' };
  const { difference, symbols } = found;
  if (difference.kind === 'never') return { kind: 'never' };
  if (difference.kind === 'unproved') return { kind: 'undecided', symbols };
  return { kind: 'undecided', where: difference.where, differsAt: difference.differsAt, symbols };
}

/** Whether all of these are 0 or more. */
function notNegative(margins: readonly Dim[], facts: Facts): CountVerdict {
  const verdicts = margins.map((margin) => atLeast(margin, 0, facts));
  if (verdicts.every(({ kind }) => kind === 'holds')) return { kind: 'holds' };
  if (verdicts.some(({ kind }) => kind === 'never')) return { kind: 'never' };
  const symbols = [...new Set(margins.flatMap(symbolsOf))];
  const { bindings } = sampleBindings(symbols, facts);
  for (const sizes of bindings) {
    if (margins.some((margin) => valueOrNaN(margin, sizes) < 0)) {
      const bounds = verdicts.flatMap((v) => (v.kind === 'from' ? [`${v.name} >= ${v.min}`] : []));
      const exact = verdicts.every(({ kind }) => kind === 'from' || kind === 'holds');
      return {
        kind: 'undecided',
        where: exact ? bounds.join(' and ') : undefined,
        differsAt: printSizes(sizes),
        symbols,
      };
    }
  }
  return { kind: 'undecided', symbols };
}
