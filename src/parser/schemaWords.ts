import type * as z from 'zod';

/** What a person calls the types of a schema. */
const typeWords: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'text',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What a schema asks for, as the end of a sentence that begins with the name of the value: `must be a number`. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeWords[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${amount(issue.origin)} ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `must ${amount(issue.origin)} ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return `is wrong: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
  }
}

function amount(origin: string): string {
  return origin === 'array' ? 'have a length of' : 'be';
}
