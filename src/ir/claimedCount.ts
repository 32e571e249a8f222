import type { Dim } from '../tensor/dim.ts';
import { parseDim } from '../tensor/parseDim.ts';

/** What a spec says of a number of parameters, multiply-adds or layers. */
export type ClaimedCount =
  /** `42648232`, `864*H*W` */
  | { readonly kind: 'exact'; readonly dim: Dim }
  /** `<= 5M` */
  | { readonly kind: 'at-most'; readonly dim: Dim; readonly text: string }
  /** `42.65M`: within half of the last digit, `step`, on either side of `middle`, both ends included. */
  | { readonly kind: 'rounded'; readonly middle: number; readonly step: number; readonly text: string };

export type ReadCount =
  | { readonly ok: true; readonly value: ClaimedCount }
  | { readonly ok: false; readonly reason: string };

/** As papers and libraries print counts: thousands, millions, 10^9 (giga or billion), 10^12. */
const powers: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, G: 9, B: 9, T: 12 };

/** Reads a claimed count: a whole number, one at its printed precision, a formula over symbols, or a bound. */
export function readCount(value: unknown, symbols: ReadonlyMap<string, Dim>): ReadCount {
  if (typeof value === 'string') return readText(value.trim(), symbols);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    return refused(`must be a whole number, not ${JSON.stringify(value)}`);
  }
  return Number.isSafeInteger(value) ? { ok: true, value: { kind: 'exact', dim: value } } : beyond();
}

function readText(text: string, symbols: ReadonlyMap<string, Dim>): ReadCount {
  const bound = /^<=(.*)$/s.exec(text)?.[1]?.trim();
  const printed = printedNumber(bound ?? text);
  if (printed !== undefined) {
    const { middle, step } = printed;
    if (!Number.isSafeInteger(middle) || middle > Number.MAX_SAFE_INTEGER / 4) return beyond();
    if (step < 1) return refused(`has more digits than \`${bound ?? text}\` can count`);
    const value: ClaimedCount =
      bound === undefined ? { kind: 'rounded', middle, step, text } : { kind: 'at-most', dim: middle, text };
    return { ok: true, value };
  }
  const parsed = parseDim(bound ?? text, symbols);
  if (!parsed.ok) {
    const forms =
      'a whole number, a rounded one such as 42.7M, a formula such as 864*H*W, or a bound such as <= 5M';
    return refused(`must be ${forms}, not ${JSON.stringify(text)}: ${parsed.reason}`);
  }
  if (typeof parsed.value === 'number' && parsed.value < 0) return refused('must not be negative');
  const dim = parsed.value;
  return { ok: true, value: bound === undefined ? { kind: 'exact', dim } : { kind: 'at-most', dim, text } };
}

/** `42.65M`: 42,650,000, of which the last printed digit counts 10,000. Whole numbers throughout, so nothing is rounded. */
function printedNumber(text: string): { readonly middle: number; readonly step: number } | undefined {
  const [, whole, decimals = '', suffix] = /^(\d+)(?:\.(\d+))?\s?([kKMGBT])$/.exec(text) ?? [];
  const power = suffix === undefined ? undefined : powers[suffix];
  if (whole === undefined || power === undefined) return undefined;
  const left = power - decimals.length;
  const step = left < 0 ? 0 : 10 ** left;
  return { middle: Number(whole + decimals) * step, step };
}

function refused(reason: string): ReadCount {
  return { ok: false, reason };
}

function beyond(): ReadCount {
  return refused('is beyond 2^53, where whole numbers are no longer exact');
}
