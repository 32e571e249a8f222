import { InvalidArgumentError } from 'commander';
import {
  type ColumnName,
  columnNames,
  type DTypeRule,
  isColumnName,
  type WeightDType,
  weightDTypes,
} from '../index.ts';

type Dimensions = readonly (number | string)[];

/** `image=1,299,299,3`, added to what was given before; a dimension that is no number is a symbol. */
export function inputShape(
  text: string,
  before: Readonly<Record<string, Dimensions>> = {},
): Readonly<Record<string, Dimensions>> {
  const [name, value] = halves(text, 'an input is given as name=1,299,299,3');
  const dimensions = value.split(',').map((d) => d.trim());
  if (dimensions.includes('')) throw new InvalidArgumentError('a dimension is missing between the commas.');
  return { ...before, [name]: dimensions.map((d) => (/^\d+$/.test(d) ? Number(d) : d)) };
}

/** `classes=10`, added to what was given before: a number, boolean or list as JSON writes it, else a string. */
export function parameter(
  text: string,
  before: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const [name, value] = halves(text, 'a parameter is given as name=value');
  return { ...before, [name]: plainValue(value) };
}

/** `float16`, or `stem/*=float16` for the weights that a pattern fits, added to what was given before. */
export function dtypeRule(text: string, before: readonly DTypeRule[] = []): readonly DTypeRule[] {
  const at = text.lastIndexOf('=');
  const pattern = at < 0 ? undefined : text.slice(0, at);
  const wanted = text.slice(at + 1).trim();
  const dtype = weightDTypes.find((d): d is WeightDType => d === wanted);
  if (dtype === undefined || pattern === '') {
    throw new InvalidArgumentError(`it must be one of ${weightDTypes.join(', ')}, or pattern=type.`);
  }
  return [...before, { pattern, dtype }];
}

/** A name, added to those given before. */
export function anotherName(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A whole number of at least 0. */
export function wholeNumber(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('it must be a whole number.');
  return value;
}

/** A whole number of at least 1. */
export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('it must be at least 1.');
  return value;
}

/** A number of at least 0, as `1e-4`. */
export function tolerance(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InvalidArgumentError('it must be a number of at least 0, as 1e-4.');
  return value;
}

/** `name,output,macs` */
export function columnList(text: string): readonly ColumnName[] {
  return text.split(',').map((name) => {
    if (isColumnName(name.trim())) return name.trim() as ColumnName;
    throw new InvalidArgumentError(`there is no column '${name}'; there are ${columnNames.join(', ')}.`);
  });
}

function halves(text: string, wanted: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(`${wanted}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function plainValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}
