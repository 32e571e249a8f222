import { isFunctionName } from './expressionFunctions.ts';

/** What `$name` can read. */
const wordPattern = /^[A-Za-z_]\w*$/;
/** Words that mean something in expressions, and `expect`, which stands beside params in a variant. */
const takenWords = new Set([
  'in_channels',
  'expect',
  'true',
  'false',
  'and',
  'or',
  'not',
  'if',
  'else',
  'in',
  'this',
]);

/** Whether a param or a name of a repeat can be called so. */
export function isParamName(name: string): boolean {
  return wordPattern.test(name) && !takenWords.has(name) && !isFunctionName(name);
}
