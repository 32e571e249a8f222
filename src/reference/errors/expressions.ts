import type { expressions } from '../../diagnostics/catalog/expressions.ts';
import { type ErrorNotes, network } from './errorNote.ts';

/** INC160–179: `$name` and `$(expression)`. */
export const expressionsNotes: ErrorNotes<typeof expressions> = {
  'expression-syntax': {
    means: 'What stands in `$( )` is not an expression.',
    remedy: 'Correct it. `$$` is a dollar sign that begins no expression.',
    example: {
      spec: network(`
  - conv: { filters: $(8 *), kernel: 3 }
`),
    },
  },
  'expression-unclosed': {
    means:
      'An expression has no closing bracket. Most often it has one, but YAML has cut the value: inside `{ }` and `[ ]` a comma or a bracket ends it.',
    remedy: 'Put the expression in quotes: `"$(max(1, c // 4))"`.',
    example: {
      spec: network(`
  - conv: { filters: $(max(1, 8)), kernel: 3 }
`),
    },
  },
  'expression-name': {
    means: 'An expression reads a name that is no param, no name of a repeat and no function.',
    remedy: 'Declare it under `params`. A block sees its own params only.',
    example: {
      spec: network(`
  - conv: { filters: $width, kernel: 3 }
`),
    },
  },
  'expression-value': {
    means:
      'An expression cannot be worked out: a division by zero, an index beyond the end of a list, a number where a list is wanted.',
    remedy: 'Check the values of the params that it reads.',
    example: {
      spec: network(`
  - conv: { filters: "$([8, 16][2])", kernel: 3 }
`),
    },
  },
};
