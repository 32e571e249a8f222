import { entry, meant } from './entry.ts';

/** INC160–179: `$name` and `$(expression)`. */
export const expressions = {
  'expression-syntax': entry<{ expression: string; reason: string; help?: string }>({
    code: 'INC160',
    severity: 'error',
    message: ({ expression, reason }) => `\`${expression}\` is not an expression: ${reason}`,
    help: ({ help }) => help,
  }),
  'expression-unclosed': entry<{ text: string }>({
    code: 'INC161',
    severity: 'error',
    message: ({ text }) => `\`${text}\` opens \`$(\` and does not close it`,
    help: () =>
      'inside { } and [ ] a comma or bracket ends the value: put the expression in quotes, "$(max(1, c // 4))"',
  }),
  'expression-name': entry<{
    name: string;
    known: readonly string[];
    nearest?: string | undefined;
    help?: string | undefined;
  }>({
    code: 'INC162',
    severity: 'error',
    message: ({ name }) => `\`${name}\` is not known in this expression`,
    help: ({ nearest, known, help }) =>
      meant(nearest) ??
      help ??
      (known.length > 0 ? `known here: ${known.join(', ')}` : 'no names are known here'),
  }),
  'expression-value': entry<{ expression: string; reason: string }>({
    code: 'INC163',
    severity: 'error',
    message: ({ expression, reason }) => `\`${expression}\`: ${reason}`,
  }),
};
