import { oneLine, placeText } from '../../diagnostics/format.ts';
import type { Paint } from '../../diagnostics/paint.ts';
import { tried } from './candidates.ts';
import type { ClaimCombination, ClaimRepairs, FailedClaim, RepairChange } from './claimRepairs.ts';

/** Combinations that are shown, those that differ in sizes only being one; a program can have all. */
const mostShown = 12;

/** For people: the combinations with which claims hold, and what no edit was found for. */
export function printRepairs(repairs: readonly ClaimRepairs[], paint: Paint): string {
  let first = 1;
  const texts = repairs.map((found) => {
    const text = printForm(found, first, paint);
    first += found.combinations.length;
    return text;
  });
  return texts.join('\n');
}

type Numbered = ClaimCombination & { readonly number: number };

function printForm(found: ClaimRepairs, first: number, paint: Paint): string {
  const { combinations, isCut } = found;
  const all = grouped(combinations.map((c, i) => ({ ...c, number: first + i })));
  const more = all.slice(mostShown).flat().length;
  const open = leftOpen(found);
  return [
    `${paint.bold(headline(found))}\n`,
    ...all.slice(0, mostShown).map((group) => `\n${printGroup(group, paint)}`),
    ...(more > 0 ? [`\n… and ${more} more, which --format json has\n`] : []),
    ...(open.length > 0 ? ['\n', ...open] : []),
    ...(isCut ? ['\nnot all combinations were tried: there may be others\n'] : []),
    ...(isCut || open.length > 0 ? [whatIsTried(found)] : []),
  ].join('');
}

/** Combinations in a row that differ in the sizes of inputs only. */
function grouped(combinations: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const groups: Numbered[][] = [];
  for (const combination of combinations) {
    const last = groups.at(-1);
    if (last?.[0]?.group === combination.group) last.push(combination);
    else groups.push([combination]);
  }
  return groups;
}

function headline({ file, variant, failed, combinations }: ClaimRepairs): string {
  const form = variant === undefined ? file : `${file}, variant ${variant}`;
  const count = combinations.length;
  const ofFile = `of ${form}`;
  if (count === 0) return `no edits were found that make a failing claim ${ofFile} true`;
  const repaired = failed.filter(({ isRepaired }) => isRepaired).length;
  if (repaired === 0)
    return `${count} ${count === 1 ? 'combination' : 'combinations'} of edits for what too many rows ${ofFile} agree on, compiled`;
  const all = failed.length === 1 ? 'the failing claim' : `all ${repaired} failing claims`;
  const which = repaired === failed.length ? all : `${repaired} of ${failed.length} failing claims`;
  return count === 1
    ? `1 combination of edits makes ${which} ${ofFile} true; it was compiled`
    : `each of ${count} combinations of edits makes ${which} ${ofFile} true; they were compiled`;
}

function printGroup([first, ...others]: readonly Numbered[], paint: Paint): string {
  if (first === undefined) return '';
  const last = others.at(-1);
  const [second] = others;
  if (second === undefined || last === undefined) return printCombination(first, paint);
  const numbers = second === last ? `${second.number}` : `${second.number}–${last.number}`;
  return `${printCombination(first, paint)}${numbers.padStart(5)}  the same with ${sizesOf(others)}\n`;
}

/** `image of 300 or 301`; where a combination has several sizes, each is named. */
function sizesOf(combinations: readonly ClaimCombination[]): string {
  const sizes = combinations.map(({ changes }) => changes.filter(({ attribute }) => attribute === 'size'));
  const texts = sizes.map((s) => s.map(({ of, to }) => `${of} ${to}`).join(' and '));
  const [one] = sizes.flat();
  const plain = one !== undefined && sizes.every((s) => s.length === 1 && s[0]?.of === one.of);
  const listed = plain
    ? sizes.flatMap((s) => s.map(({ to }) => to))
    : texts.map((t) => (t === '' ? 'as given' : t));
  const last = listed.at(-1) ?? '';
  const joined = listed.length === 1 ? last : `${listed.slice(0, -1).join(', ')} or ${last}`;
  return plain ? `${one.of} ${joined} instead of ${one.from}` : joined;
}

function printCombination({ changes, number }: Numbered, paint: Paint): string {
  const rows = changes.map((change) => [
    placeText(change.span),
    change.of,
    changeText(change),
    followsText(change),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const label = String(number).padStart(5);
  return rows
    .map((cells, i) => {
      const [place = '', of = '', change = '', follows = ''] = cells.map((cell, k) =>
        cell.padEnd(widths[k] ?? 0),
      );
      const head = i === 0 ? paint.bold(label) : ' '.repeat(label.length);
      return `${head}  ${paint.blue(place)}  ${of}  ${paint.green(change)}  ${follows}\n`;
    })
    .join('');
}

function changeText({ attribute, from, to }: RepairChange): string {
  return `${attribute}: ${from} → ${to}`;
}

function followsText({ of, claim, follows }: RepairChange): string {
  return oneLine(of === claim ? `it is ${follows}` : `${claim} is ${follows}`);
}

/** What no combination makes true, and why. */
function leftOpen({ failed, surplus }: ClaimRepairs): readonly string[] {
  return [
    ...failed
      .filter(({ isRepaired }) => !isRepaired)
      .map(
        (claim) =>
          `  ${placeText(claim.span)}  ${oneLine(whyOpen(claim))}\n      ${oneLine(whyNot(claim))}\n`,
      ),
    ...surplus.map(({ name, span, claimed, values }) => {
      const many = claimed - values;
      const rows = many === 1 ? '1 is too many' : `${many} are too many`;
      const has = `${values} ${values === 1 ? 'value' : 'values'}`;
      return `  ${placeText(span)}  ${oneLine(name)} has ${has}, and ${claimed} shapes are claimed of it\n      ${rows}, and no edit meets them\n`;
    }),
  ];
}

function whyOpen({ name, claimed, actual }: FailedClaim): string {
  return `${name} is to be ${claimed} and is ${actual}`;
}

function whyNot({ searchedFor, tried: steps }: FailedClaim): string {
  if (!searchedFor) return 'of a count of the whole any step could be the cause; nothing was tried';
  if (steps.length === 0)
    return 'no step that can be edited lies between it and the last claim that holds; it may be a row too many';
  const shown = steps.slice(0, 4).join(', ');
  const more = steps.length > 4 ? ` and ${steps.length - 4} more` : '';
  return `no combination was found among the steps since the last claim that holds: ${shown}${more}`;
}

function whatIsTried({ sizes }: ClaimRepairs): string {
  const inputs = sizes.map(({ given, greatest }) => `  input size  1 to ${greatest} in place of ${given}\n`);
  return [
    `\ntried for each claim, up to ${tried.attributes} at once:\n`,
    `  padding     ${tried.paddings.join(', ')}, a number below the kernel\n`,
    `  stride      1 to ${tried.greatestStride}\n`,
    `  kernel      1 to ${tried.greatestKernel}\n`,
    '  filters     as claimed\n',
    ...inputs,
  ].join('');
}
