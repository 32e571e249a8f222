import { divideFloored } from './expressionOperators.ts';
import {
  describeValue,
  type ExpressionValue,
  give,
  isList,
  type Outcome,
  refuse,
} from './expressionValue.ts';

type Values = readonly ExpressionValue[];
type ExpressionFunction = (values: Values) => Outcome;

/** Everything that an expression can call. */
export const expressionFunctions = {
  min: extreme('min', (numbers) => numbers.reduce((a, b) => Math.min(a, b))),
  max: extreme('max', (numbers) => numbers.reduce((a, b) => Math.max(a, b))),
  floor: ofNumber('floor', Math.floor),
  ceil: ofNumber('ceil', Math.ceil),
  round: ofNumber('round', roundHalfToEven),
  abs: ofNumber('abs', Math.abs),
  len: lengthOf,
  make_divisible: makeDivisible,
} as const satisfies Record<string, ExpressionFunction>;

export type FunctionName = keyof typeof expressionFunctions;

/** Whether expressions can call it. */
export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(expressionFunctions, name);
}

/** Python's `round`: 0.5 and 2.5 go to the even neighbour. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const fraction = value - below;
  if (fraction !== 0.5) return fraction < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** MobileNet's `_make_divisible`: the nearest multiple, at least one divisor and at least 90 % of the value. */
function makeDivisible(values: Values): Outcome {
  const [value, divisor] = values;
  if (values.length !== 2 || typeof value !== 'number' || typeof divisor !== 'number') {
    return refuse(`\`make_divisible\` takes a number and its divisor, not ${describeAll(values)}`);
  }
  if (divisor <= 0) return refuse(`\`make_divisible\` takes a positive divisor, not ${divisor}`);
  const steps = divideFloored(Math.floor(value + divisor / 2), divisor).quotient;
  const nearest = Math.max(divisor, steps * divisor);
  return give(nearest < 0.9 * value ? nearest + divisor : nearest);
}

function lengthOf(values: Values): Outcome {
  const [value] = values;
  if (values.length === 1 && typeof value === 'string') return give([...value].length);
  if (values.length === 1 && value !== undefined && isList(value)) return give(value.length);
  return refuse(`\`len\` takes one list or text, not ${describeAll(values)}`);
}

function ofNumber(name: string, apply: (value: number) => number): ExpressionFunction {
  return (values) => {
    const [value] = values;
    if (values.length === 1 && typeof value === 'number') return give(apply(value));
    return refuse(`\`${name}\` takes one number, not ${describeAll(values)}`);
  };
}

/** As in Python: of two or more numbers, or of the numbers of one list. */
function extreme(name: string, pick: (numbers: readonly number[]) => number): ExpressionFunction {
  return (values) => {
    const [first] = values;
    const all = values.length === 1 && first !== undefined ? (isList(first) ? first : []) : values;
    const numbers = all.filter((value) => typeof value === 'number');
    if (numbers.length > 0 && numbers.length === all.length) return give(pick(numbers));
    return refuse(
      `\`${name}\` takes two or more numbers, or one list of numbers, not ${describeAll(values)}`,
    );
  };
}

function describeAll(values: Values): string {
  return values.length === 0 ? 'nothing' : values.map(describeValue).join(' and ');
}
