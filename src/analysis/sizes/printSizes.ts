import type { Run } from '../../tensor/equalSizes.ts';
import type { AcceptedSizes } from './sizeSet.ts';

/** A list of more runs than this is cut. */
const mostRuns = 12;

/** `H >= 75`, `H = 16k`, `H = 16k + 12, H >= 188`, `H = 210k + 0..5 or 176..209`, `H = 224..255`, `no H` */
export function printSizes(name: string, { listed, from, last, ...rest }: AcceptedSizes): string {
  const above = from === undefined ? [] : [printFrom(name, from, rest)];
  const below = listed.length === 0 ? [] : [`${name} = ${printRuns(listed)}`];
  const parts = [...below, ...above];
  if (parts.length === 0) return `no ${name}`;
  if (last === undefined) return parts.join(' or ');
  const upTo = `${name} <= ${last}`;
  return parts[0] === `any ${name}` ? upTo : `${parts.join(' or ')}, ${upTo}`;
}

function printFrom(
  name: string,
  from: number,
  { modulus, remainders }: Omit<AcceptedSizes, 'listed'>,
): string {
  if (modulus === 1) return from <= 1 ? `any ${name}` : `${name} >= ${from}`;
  const [only, ...more] = remainders;
  const single = more.length === 0 && only !== undefined && only[0] === only[1] ? only[0] : undefined;
  const shift = single === 0 ? '' : ` + ${printRuns(remainders)}`;
  const usual = firstFrom(1, { modulus, remainders });
  return `${name} = ${modulus}k${shift}${from === usual ? '' : `, ${name} >= ${from}`}`;
}

/** The first size from `start` on with one of the remainders. */
function firstFrom(
  start: number,
  { modulus, remainders }: Pick<AcceptedSizes, 'modulus' | 'remainders'>,
): number {
  let size = start;
  while (!remainders.some(([first, end]) => size % modulus >= first && size % modulus <= end)) size++;
  return size;
}

function printRuns(runs: readonly Run[]): string {
  const shown = runs
    .slice(0, mostRuns)
    .map(([first, end]) => (first === end ? `${first}` : `${first}..${end}`));
  const more = runs.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' or ');
}
