import type { Difference, Judge } from '../ops/op.ts';
import { atLeast, compare } from '../tensor/compare.ts';
import { type Dim, floorDiv, keyOf, mul, sub, symbolsOf } from '../tensor/dim.ts';
import { type Facts, factOf } from '../tensor/facts.ts';
import { withinLimits } from '../tensor/integers.ts';
import { printCondition } from '../tensor/printSizes.ts';
import { smallest } from '../tensor/sizeSet.ts';
import { solveSizes } from '../tensor/solveSizes.ts';

/** Two dimensions that a node needs to be equal, and the sizes at which they are, if those could be worked out. */
export interface Equality {
  readonly dim: Dim;
  readonly other: Dim;
  readonly differsAt: string;
  readonly where?: string;
  /** The way out, where the op knows one. */
  readonly help?: string;
}

/** Judges equality with what is known of the symbols. */
export function judgeWith(facts: Facts, roles?: readonly string[]): Judge {
  return new FactsJudge(facts, roles);
}

/** Classes, as every node of a network has a judge of its own: closures would be made anew for each. */
class FactsJudge implements Judge {
  protected readonly facts: Facts;
  readonly roles: readonly string[];

  constructor(facts: Facts, roles: readonly string[] = []) {
    this.facts = facts;
    this.roles = roles;
  }

  differ(a: Dim, b: Dim): Difference | undefined {
    return differenceOf(a, b, this.facts)?.difference;
  }

  exceedsOne(d: Dim): boolean {
    return atLeast(d, 2, this.facts).kind === 'holds';
  }
}

/**
 * The judge of a node of a network. An equality that the node needs, and that holds at some sizes of symbols of which
 * `dims` says nothing, is added to `equalities` and granted: the network is right at those sizes.
 */
export class GrantingJudge extends FactsJudge {
  readonly equalities: Equality[] = [];
  private readonly declared: ReadonlySet<string>;

  constructor(
    facts: Facts,
    { roles, declared }: { roles: readonly string[] | undefined; declared: ReadonlySet<string> },
  ) {
    super(facts, roles);
    this.declared = declared;
  }

  grant(dim: Dim, other: Dim, help?: string): boolean {
    const found = differenceOf(dim, other, this.facts);
    if (found?.difference.kind !== 'sometimes' || found.symbols.some((s) => this.declared.has(s)))
      return false;
    const { differsAt, where } = found.difference;
    const known = { ...(where === undefined ? {} : { where }), ...(help === undefined ? {} : { help }) };
    this.equalities.push({ dim, other, differsAt, ...known });
    return true;
  }
}

/** The judge of a node of a network of which it is asked at which sizes it fits: all that a node needs is granted. */
export class AskingJudge extends FactsJudge {
  readonly equalities: Equality[] = [];

  grant(dim: Dim, other: Dim): boolean {
    return this.equalities.push({ dim, other, differsAt: '' }) > 0;
  }

  divide(size: Dim, by: number): Dim | undefined {
    if (typeof size === 'number') return undefined;
    const quotient = floorDiv(size, by);
    this.grant(size, mul(quotient, by));
    return quotient;
  }
}

/** Why two dimensions cannot be taken for equal, and the symbols that decide it. */
export function differenceOf(
  a: Dim,
  b: Dim,
  facts: Facts,
): { readonly difference: Difference; readonly symbols: readonly string[] } | undefined {
  if (a === b || (typeof a !== 'number' && typeof b !== 'number' && keyOf(a) === keyOf(b))) return undefined;
  const verdict = compare(a, b, facts);
  if (verdict.kind === 'equal') return undefined;
  if (verdict.kind !== 'sometimes') return { difference: { kind: verdict.kind }, symbols: [] };
  const { differsAt, equalAt } = verdict;
  const where = whereEqual(a, b, facts);
  const difference: Difference = {
    kind: 'sometimes',
    differsAt: printSizes(differsAt),
    ...(equalAt === undefined ? {} : { equalAt: printSizes(equalAt) }),
    ...(where === undefined ? {} : { where }),
  };
  return { difference, symbols: Object.keys(differsAt) };
}

/** A longer period would take too long for a message. */
const longestPeriod = 4096;

/** The sizes at which two dimensions are equal, as a condition; undefined where several symbols decide it. */
export function whereEqual(a: Dim, b: Dim, facts: Facts): string | undefined {
  const [name, ...others] = symbolsOf(withinLimits(() => sub(a, b)) ?? 0);
  if (name === undefined || others.length > 0) return undefined;
  const fact = factOf(facts, name);
  const set = solveSizes([{ kind: 'equal', dim: a, other: b }], name, fact, longestPeriod);
  return set === undefined || smallest(set) === undefined ? undefined : printCondition(name, set, fact);
}

/** `H = 17, W = 16` */
export function printSizes(sizes: Readonly<Record<string, number>>): string {
  return Object.entries(sizes)
    .map(([name, size]) => `${name} = ${size}`)
    .join(', ');
}
