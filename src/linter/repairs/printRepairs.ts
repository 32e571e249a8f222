import { oneLine, placeText } from '../../diagnostics/format.ts';
import type { Paint } from '../../diagnostics/paint.ts';
import { tried } from './candidates.ts';
import type { ClaimCombination, ClaimRepairs, FailedClaim, RepairChange } from './claimRepairs.ts';

/** Combinations that are shown; a program can have all. */
const mostShown = 24;

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

function printForm(found: ClaimRepairs, first: number, paint: Paint): string {
  const { combinations, isCut } = found;
  const shown = combinations.slice(0, mostShown);
  const more = combinations.length - shown.length;
  const open = leftOpen(found);
  return [
    `${paint.bold(headline(found))}\n`,
    ...shown.map((combination, i) => {
      const before = shown[i - 1];
      const same = before !== undefined && before.group === combination.group;
      return same
        ? printAgain(combination, first + i)
        : `\n${printCombination(combination, first + i, paint)}`;
    }),
    ...(more > 0 ? [`\n… and ${more} more, which --format json has\n`] : []),
    ...(open.length > 0 ? ['\n', ...open] : []),
    ...(isCut ? ['\nnot all combinations were tried: there may be others\n'] : []),
    ...(isCut || open.length > 0 ? [whatIsTried(found)] : []),
  ].join('');
}

function headline({ file, variant, failed, combinations }: ClaimRepairs): string {
  const form = variant === undefined ? file : `${file}, variant ${variant}`;
  const repaired = failed.filter(({ isRepaired }) => isRepaired).length;
  const [one] = combinations;
  if (one === undefined) return `${form}: no edits were found that make a failing claim true`;
  const of = repaired === failed.length ? 'all' : `${repaired} of`;
  const which = `${of} ${failed.length} failing ${failed.length === 1 ? 'claim' : 'claims'}`;
  const how =
    combinations.length === 1
      ? 'one combination of edits'
      : `each of ${combinations.length} combinations of edits`;
  return `${form}: ${which} true with ${how}, compiled`;
}

function printCombination({ changes }: ClaimCombination, number: number, paint: Paint): string {
  const rows = changes.map((change) => [
    placeText(change.span),
    change.of,
    changeText(change),
    followsText(change),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const label = String(number).padStart(3);
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

/** The one before it with another size of the inputs. */
function printAgain({ changes }: ClaimCombination, number: number): string {
  const sizes = changes.filter(({ attribute }) => attribute === 'size');
  const other = sizes.map(({ of, from, to }) => `${of} ${from} → ${to}`).join(', ');
  const how = sizes.length === 0 ? 'with the sizes that are given' : `with ${other}`;
  return `${String(number).padStart(3)}  the same ${how}\n`;
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
      .map((claim) => `  ${placeText(claim.span)}  ${whyOpen(claim)}\n`),
    ...surplus.map(({ name, span, claimed, values }) => {
      const many = claimed - values;
      const rows = many === 1 ? '1 is too many' : `${many} are too many`;
      const has = `${values} ${values === 1 ? 'value' : 'values'}`;
      return `  ${placeText(span)}  ${name} has ${has}, and ${claimed} shapes are claimed of it: ${rows}, and no edit meets them\n`;
    }),
  ];
}

function whyOpen({ name, claimed, actual, searchedFor, tried: steps }: FailedClaim): string {
  const what = `${name} is to be ${claimed} and is ${actual}`;
  if (!searchedFor)
    return oneLine(`${what}: of a count of the whole any step could be the cause; nothing was tried`);
  if (steps.length === 0)
    return oneLine(
      `${what}: no step that could be edited lies between it and the last claim that holds; it may be a row too many`,
    );
  const shown = steps.slice(0, 4).join(', ');
  const more = steps.length > 4 ? ` and ${steps.length - 4} more` : '';
  return oneLine(
    `${what}: no combination was found among the steps since the last claim that holds: ${shown}${more}`,
  );
}

function whatIsTried({ sizes }: ClaimRepairs): string {
  const inputs = sizes.map(({ given, greatest }) => `, 1 to ${greatest} in place of the input's ${given}`);
  return `\ntried, up to ${tried.attributes} attributes for each claim: padding ${tried.paddings.join(', ')} or a number below the kernel, stride 1 to ${tried.greatestStride}, kernel 1 to ${tried.greatestKernel}, filters as claimed${inputs.join('')}\n`;
}
