/** What an expression can be. There is no null, and no mapping. */
export type ExpressionValue = number | string | boolean | readonly ExpressionValue[];

/** A value, or why there is none; the evaluator adds the text of the expression to the reason. */
export type Outcome =
  | { readonly ok: true; readonly value: ExpressionValue }
  | { readonly ok: false; readonly reason: string };

/** The most characters or elements that an expression may build: more is a slip, or an attack. */
export const longestResult = 10_000;

/** No value, for this reason. */
export function refuse(reason: string): Outcome {
  return { ok: false, reason };
}

/** Whether a value is a list. */
export function isList(value: ExpressionValue): value is readonly ExpressionValue[] {
  return Array.isArray(value);
}

/** A computed value within its bounds: numbers finite and without a negative zero, texts and lists not too long. */
export function give(value: ExpressionValue): Outcome {
  if (typeof value === 'number') return giveNumber(value);
  if (sizeOf(value) <= longestResult) return { ok: true, value };
  return refuse(`the result is longer than ${longestResult.toLocaleString('en')}`);
}

function giveNumber(value: number): Outcome {
  if (!Number.isFinite(value)) return refuse('the result is not a finite number');
  return { ok: true, value: value === 0 ? 0 : value };
}

/** Elements are counted through nested lists, for `[a, a]` of `[a, a]` doubles with each step; stops once too large. */
function sizeOf(value: ExpressionValue): number {
  if (typeof value === 'string') return value.length;
  if (!isList(value)) return 1;
  let size = 0;
  for (const item of value) {
    size += isList(item) ? 1 + sizeOf(item) : 1;
    if (size > longestResult) break;
  }
  return size;
}

/** Equality by value, also of lists; values of different kinds are never equal (`1 == true` is false, unlike Python's). */
export function equalValues(left: ExpressionValue, right: ExpressionValue): boolean {
  if (!isList(left) || !isList(right)) return left === right;
  if (left === right) return true;
  return left.length === right.length && left.every((item, i) => equalValues(item, right[i]!));
}

/** The value as messages speak of it: `the number 3`, `a list of 2`. */
export function describeValue(value: ExpressionValue): string {
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === 'number') return `the number ${printNumber(value)}`;
  return isList(value) ? `a list of ${value.length}` : String(value);
}

/** Whole numbers print without a point and without an exponent. */
export function printNumber(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
