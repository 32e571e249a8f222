import { problem } from '../../diagnostics/diagnostic.ts';
import type { Findings } from '../../parser/findings.ts';
import type { DimSpec } from '../../parser/spec.ts';
import { type Fact, progressionOf } from '../../tensor/facts.ts';
import { type Environment, evaluateLocated } from './environment.ts';

/** What `dims` declares of each symbol, worked out; a declaration that is wrong is reported and left out. */
export function dimFacts(
  dims: readonly DimSpec[],
  env: Environment,
  findings: Findings,
): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const dim of dims) {
    const fact = factOf(dim, env, findings);
    if (fact !== undefined) facts.set(dim.name, fact);
  }
  return facts;
}

function factOf({ name, values, span }: DimSpec, env: Environment, findings: Findings): Fact | undefined {
  const read = Object.entries(values).map(([key, located]) => {
    const evaluated = evaluateLocated(located, env, findings);
    if (evaluated === undefined) return undefined;
    const { value } = evaluated;
    const least = key === 'remainder' ? 0 : 1;
    if (Number.isSafeInteger(value) && Number(value) >= least) return [key, Number(value)] as const;
    const reason = `must be a whole number of at least ${least}, not ${JSON.stringify(value)}`;
    findings.add(problem('wrong-value', { what: `\`dims\` of \`${name}\``, reason }), located.span);
    return undefined;
  });
  if (read.includes(undefined)) return undefined;
  const fact: Fact = Object.fromEntries(read.flatMap((pair) => (pair === undefined ? [] : [pair])));
  const reason = contradictionIn(fact);
  if (reason === undefined) return fact;
  findings.add(problem('wrong-value', { what: `\`dims\` of \`${name}\``, reason }), span);
  return undefined;
}

function contradictionIn(fact: Fact): string | undefined {
  const { multipleOf, remainder = 0 } = fact;
  if (remainder > 0 && multipleOf === undefined) return 'has a `remainder` without `multiple_of`';
  if (multipleOf !== undefined && remainder >= multipleOf)
    return `has the \`remainder\` ${remainder}, which is not below its \`multiple_of\` ${multipleOf}`;
  const { first, last } = progressionOf(fact);
  return first > last ? 'admits no size' : undefined;
}

/** The nearest sizes that a symbol can have, on either side of one that it cannot. */
function admittedAround(size: number, fact: Fact): readonly number[] {
  const { first, step, last } = progressionOf(fact);
  const below = first + Math.floor((Math.min(size, last) - first) / step) * step;
  return [below, below + step]
    .map((n) => Math.max(n, first))
    .filter((n, i, all) => n <= last && all.indexOf(n) === i);
}

/** Why a symbol cannot have this size; undefined if it can. */
export function notAdmitted(name: string, size: number, fact: Fact): string | undefined {
  const { first, step, last } = progressionOf(fact);
  if (size >= first && size <= last && (size - first) % step === 0) return undefined;
  const { min, max, multipleOf, remainder = 0 } = fact;
  const says = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
  ].join(', ');
  const nearest = multipleOf === undefined ? '' : `: ${admittedAround(size, fact).join(' or ')}`;
  return `\`dims\` says that ${name} is ${says}${remainder > 0 ? ` plus ${remainder}` : ''}${nearest}`;
}
