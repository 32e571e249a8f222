import type { linting } from '../../diagnostics/catalog/linting.ts';
import type { ErrorNotes } from './errorNote.ts';

/** What the manual says of how the linter is set. */
export const lintingNotes: ErrorNotes<typeof linting> = {
  'unknown-rule': {
    means:
      'A configuration, an option, `lint` in a spec or a comment names a rule that the linter does not have. It would be taken for set when it is not. Bad: `lint: { norm/bias-before-batchnorm: off }`. Good: `lint: { norm/bias-before-batch-norm: off }`, or its code, `INC720`.',
    remedy: 'Write the id or the code of a rule as `inception-cli rules` lists them.',
    params: {
      rule: 'norm/bias-before-batchnorm',
      where: '`lint`',
      nearest: 'norm/bias-before-batch-norm',
    },
  },
  'wrong-rule-option': {
    means:
      'A rule is set to a level that does not exist, or has an option that it does not know or that has a wrong value. Bad: `lint: { norm/bias-before-batch-norm: [warn, { strict: true }] }`. Good: `lint: { norm/bias-before-batch-norm: warn }`.',
    remedy: 'Levels are `off`, `info`, `warn` and `error`; the page of the rule shows its options.',
    params: {
      rule: 'norm/bias-before-batch-norm',
      where: '`lint`',
      reason: 'it has no option `strict`',
    },
  },
};
