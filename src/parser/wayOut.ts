import type * as z from 'zod';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { type Located, type LocatedScalar, plain } from './located.ts';
import { meantOp } from './otherNames.ts';

/** What is probably meant by a value that a schema refuses, where a slip is likely. */
export function wayOut(key: string, issue: z.core.$ZodIssue, found: Located): string | undefined {
  const types = typesIn(issue);
  if (found.kind === 'scalar') return ofScalar(key, { issue, types }, found);
  if (found.kind === 'map') {
    const isSteps = types.includes('array') && stepLists.includes(key);
    return isSteps ? 'begin every step with `- `' : undefined;
  }
  return types.includes('record') ? ofList(key, found) : undefined;
}

const stepLists = ['network', 'steps', 'tap'];

interface Asked {
  readonly issue: z.core.$ZodIssue;
  readonly types: readonly string[];
}

function ofScalar(key: string, { issue, types }: Asked, found: LocatedScalar): string | undefined {
  const { value } = found;
  if (typeof value !== 'string')
    return value !== null && issue.code === 'invalid_type' && types.includes('string')
      ? `in quotes it is text: \`"${value}"\``
      : undefined;
  const choice = nearestChoice(value, choicesIn(issue));
  if (choice !== undefined) return `did you mean \`${choice}\`?`;
  if (types.includes('boolean')) return ofBoolean(value);
  if (key === 'name' && issue.code === 'invalid_union') return 'a name is letters, digits, `_`, `-` and `.`';
  const number = types.includes('number') || types.includes('int') ? ofNumber(value, found) : undefined;
  return number ?? (types.includes('array') ? ofListText(value) : undefined);
}

/** A slip, a word of another framework, or the beginning of one: `float` for `float32`. */
function nearestChoice(typed: string, choices: readonly string[]): string | undefined {
  if (choices.length === 0) return undefined;
  const { nearest } = meantOp(typed, choices);
  if (nearest !== undefined && choices.includes(nearest)) return nearest;
  const begun = typed.length < 3 ? undefined : choices.find((c) => c.startsWith(typed.toLowerCase()));
  return didYouMean(typed, choices) ?? begun;
}

/** YAML 1.1 had more words for the two. */
function ofBoolean(text: string): string | undefined {
  const word = text.toLowerCase();
  if (['yes', 'y', 'on', 'true'].includes(word)) return 'write `true`';
  return ['no', 'n', 'off', 'false', 'none'].includes(word) ? 'write `false`' : undefined;
}

function ofNumber(text: string, { span: { source, start } }: LocatedScalar): string | undefined {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (share !== undefined) return `a share is written \`${Number((Number(share) / 100).toPrecision(12))}\``;
  const isQuoted = /["']/.test(source.text.charAt(start));
  return isQuoted && /^[+-]?\d+(\.\d+)?$/.test(text)
    ? `without quotes it is a number: \`${text}\``
    : undefined;
}

/** A list that lacks its brackets, or the blank behind its dash. */
function ofListText(text: string): string | undefined {
  const item = /^-(?=[^\s-])/.test(text) && !/\s/.test(text) ? text.slice(1) : undefined;
  if (item !== undefined) return `a blank stands behind the dash: \`- ${item}\``;
  return /^[^,[\](){}]+(,[^,[\](){}]+)+$/.test(text) ? `a list stands in brackets: \`[${text}]\`` : undefined;
}

const named: Readonly<Record<string, (list: string) => string>> = {
  inputs: (list) => `give it a name: \`inputs: { x: ${list} }\``,
  imports: () => 'each has an alias: `imports: { blocks: ./blocks.yaml }`',
};

function ofList(key: string, found: Located): string | undefined {
  const values = plain(found);
  const items = Array.isArray(values) ? values : [];
  const isShort = items.length <= 6 && items.every((i) => typeof i !== 'object');
  return (Object.hasOwn(named, key) ? named[key] : undefined)?.(isShort ? `[${items.join(', ')}]` : '[…]');
}

/** The types that would do, of every alternative. */
function typesIn(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_type') return [issue.expected];
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(typesIn) : [];
}

/** The words that would do, of every alternative. */
function choicesIn(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.filter((v) => typeof v === 'string');
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(choicesIn) : [];
}
