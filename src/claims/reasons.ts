import type { TypedGraph } from '../ir/graph.ts';
import { showShape } from '../tensor/shape.ts';
import type { Candidate, InnerCandidate } from './candidates.ts';
import type { KnownRow } from './claimTable.ts';
import type { PrintedSize } from './printedSize.ts';
import type { PaperRow } from './readTable.ts';
import { layerScore } from './score.ts';

/** `3x3 conv / s2 149 x 149 x 32` */
export function describeRow({ labels, size }: PaperRow): string {
  return [...labels, ...(size === undefined ? [] : [size.join(' x ')])].join(' ');
}

/** Why the row of an input is no claim. */
export function inputReason(size: PrintedSize, { inputs }: TypedGraph): string {
  const same = inputs.find(({ type }) => type.shape.slice(1).join() === size.join());
  const given = inputs.map(({ value, type }) => `\`${value.name}\` is ${showShape(type.shape)}`).join(', ');
  return same === undefined
    ? `it is the input, which is otherwise here: ${given}`
    : `it is the input: ${given}`;
}

/** Where a table gives what layers read, the last row leaves open what it gives. */
export const lastReason = 'the table ends before it says what this layer gives';

/** Why a row has no step. */
export function noStepReason(
  { row, evidence }: KnownRow,
  of: {
    readonly candidates: readonly Candidate[];
    readonly scores: readonly (number | undefined)[];
    readonly taken: ReadonlyMap<number, number>;
  },
): string {
  const best = of.scores.reduce<number>((most, s) => Math.max(most, s ?? 0), 0);
  const fitting = of.candidates.flatMap((c, j) =>
    of.scores[j] === best ? [{ name: c.name, line: of.taken.get(j) }] : [],
  );
  const taken = fitting.flatMap(({ name, line }) =>
    line === undefined ? [] : [`\`${name}\` (line ${line})`],
  );
  if (taken.length > 0 && taken.length === fitting.length)
    return `no step is left for it: other rows are about ${shortList(taken)}`;
  if (fitting.length > 0)
    return `in the order of the table there is no step for it; out of order ${shortList(fitting.map(({ name }) => `\`${name}\``))}`;
  const alike = of.candidates.filter((c) => layerScore(evidence, c) !== undefined);
  if (alike.length > 0) {
    const others = [...new Set(alike.map((c) => showShape(c.shape)))];
    return `no such layer gives ${row.size?.at(-1)} channels; those like it give ${shortList(others)}`;
  }
  return evidence.ops.length === 0 && evidence.text.trim() !== ''
    ? 'it names no op, no block and no step of the network'
    : 'the network has no such step';
}

/** Why a row that fits several steps, or shares one with rows that claim something else, is left. */
export function ambiguousReason(possible: readonly Candidate[], claims: ReadonlySet<string>): string {
  const names = possible.map(({ name }) => `\`${name}\``);
  if (claims.size > 1)
    return `rows that claim ${[...claims].join(' and ')} fit ${shortList(names)} equally well`;
  return `it may be about ${shortList(names, 'or')}, and nothing in the table says which`;
}

/** Why a step that is built several times gets no claim. */
export function copiesReason({ name, step }: Candidate, claims: readonly string[]): string {
  const missing = claims.filter((c) => c === '').length;
  if (missing > 0)
    return `\`${name}\` is one of ${claims.length} copies of a step, of which the table has ${claims.length - missing}`;
  const what = step.kind === 'block' ? 'call' : 'step';
  return `\`${name}\` is one of ${claims.length} copies of a ${what}, whose sizes differ: a claim on it must be an expression`;
}

/** Why a step inside a block gets no claim. */
export function differingReason({ name, shapes }: InnerCandidate): string {
  return `\`${name}\` is inside a block, whose calls give ${shortList(shapes)} there: a claim in the block would be one on each`;
}

const mostNamed = 4;

function shortList(items: readonly string[], word = 'and'): string {
  const shown =
    items.length > mostNamed
      ? [...items.slice(0, mostNamed - 1), `${items.length - mostNamed + 1} more`]
      : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`;
}
