import {
  describeValue,
  type ExpressionValue,
  equalValues,
  give,
  isList,
  type Outcome,
  refuse,
} from './expressionValue.ts';

type Operator = (left: ExpressionValue, right: ExpressionValue) => Outcome;

/** The operators that take both their sides; `and`, `or` and `if` do not, and are the evaluator's. */
export const binaryOperators = {
  '+': join,
  '-': onNumbers('-', (a, b) => give(a - b)),
  '*': onNumbers('*', (a, b) => give(a * b)),
  '/': onNumbers('/', (a, b) => (b === 0 ? refuse('division by zero') : give(a / b))),
  '//': onNumbers('//', (a, b) =>
    b === 0 ? refuse('division by zero') : give(divideFloored(a, b).quotient),
  ),
  '%': onNumbers('%', (a, b) => (b === 0 ? refuse('division by zero') : give(divideFloored(a, b).remainder))),
  '**': onNumbers('**', power),
  '==': (a, b) => give(equalValues(a, b)),
  '!=': (a, b) => give(!equalValues(a, b)),
  '<': ordered('<', (a, b) => a < b),
  '<=': ordered('<=', (a, b) => a <= b),
  '>': ordered('>', (a, b) => a > b),
  '>=': ordered('>=', (a, b) => a >= b),
} as const satisfies Record<string, Operator>;

export type BinaryOperator = keyof typeof binaryOperators;

/** Whether it is an operator between two values. */
export function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(binaryOperators, text);
}

/** `x[i]`: an element of a list or a character of a text, counted from 0 and never from the end. */
export function elementAt(target: ExpressionValue, index: ExpressionValue): Outcome {
  if (typeof target !== 'string' && !isList(target)) {
    return refuse(`an index reads a list or a text, not ${describeValue(target)}`);
  }
  if (typeof index !== 'number' || !Number.isInteger(index)) {
    return refuse(`an index is a whole number, not ${describeValue(index)}`);
  }
  if (index < 0) return refuse(`index ${index} is negative: elements are counted from 0, and only forward`);
  const items = isList(target) ? target : [...target];
  const element = items[index];
  if (element !== undefined) return give(element);
  const extent = items.length === 0 ? 'is empty' : `is counted from 0 to ${items.length - 1}`;
  return refuse(`index ${index} is out of range: ${describeValue(target)} ${extent}`);
}

/** Python's floor division: the quotient goes toward minus infinity, the remainder takes the divisor's sign. */
export function divideFloored(a: number, b: number): { quotient: number; remainder: number } {
  const truncated = a % b;
  const remainder = truncated !== 0 && truncated < 0 !== b < 0 ? truncated + b : truncated;
  // The difference is a multiple of b up to rounding, hence round and not floor (CPython's float_divmod does the same).
  return { quotient: Math.round((a - remainder) / b), remainder };
}

function power(base: number, exponent: number): Outcome {
  if (base === 0 && exponent < 0) return refuse('zero has no negative power');
  if (base < 0 && !Number.isInteger(exponent)) return refuse('a negative number has no fractional power');
  return give(base ** exponent);
}

function join(left: ExpressionValue, right: ExpressionValue): Outcome {
  if (typeof left === 'number' && typeof right === 'number') return give(left + right);
  if (typeof left === 'string' && typeof right === 'string') return give(left + right);
  if (isList(left) && isList(right)) return give([...left, ...right]);
  return refuse(`\`+\` takes two numbers, two texts or two lists, not ${bothOf(left, right)}`);
}

function onNumbers(operator: string, apply: (a: number, b: number) => Outcome): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return apply(left, right);
    return refuse(`\`${operator}\` takes two numbers, not ${bothOf(left, right)}`);
  };
}

function ordered(operator: string, holds: <T extends number | string>(a: T, b: T) => boolean): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return give(holds(left, right));
    if (typeof left === 'string' && typeof right === 'string') return give(holds(left, right));
    return refuse(`\`${operator}\` takes two numbers or two texts, not ${bothOf(left, right)}`);
  };
}

function bothOf(left: ExpressionValue, right: ExpressionValue): string {
  return `${describeValue(left)} and ${describeValue(right)}`;
}
