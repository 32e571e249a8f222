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
  'lock-drift': {
    means:
      'With `--locked`, a network is no longer what the lock file says of it: a shape of an input, an output, an end point or a weight, the order of the inputs or outputs, the range of an input or the labels of an output, the number of parameters or of multiply-adds. Bad: `filters: 64` where the lock file was written with `filters: 32`, and not written since. Good: the same change together with the `inception.lock.json` that `inception-cli lock` writes.',
    remedy: 'Undo the change, or write the lock file anew and have both reviewed together.',
    params: {
      what: 'weight',
      name: 'conv_1/kernel',
      form: '(default)',
      locked: '[3, 3, 3, 32]',
      present: '[3, 3, 3, 64]',
    },
  },
  'computation-drift': {
    means:
      'With `--locked`, everything has the shapes and weights that the lock file says, so a checkpoint still loads, but what comes out is not the same. Bad: `- relu` became `- gelu`, or an `epsilon` is another, and the lock file was not written since. Good: the same change together with the `inception.lock.json` that `inception-cli lock` writes.',
    remedy:
      'Compare with the revision of the lock file (`inception-cli diff net.yaml --against REVISION`), then undo the change or write the lock file anew.',
    params: { form: '(default)' },
  },
  'not-locked': {
    means:
      'With `--locked`, a spec is checked, or a variant of it, that the lock file does not know. Bad: a new `net.yaml` beside an `inception.lock.json` without it. Good: both, after `inception-cli lock net.yaml`.',
    remedy: 'Write the lock file with this spec.',
    params: { spec: 'net.yaml', form: '(default)' },
  },
  'stale-lock': {
    means:
      'With `--locked`, the lock file speaks of a spec or a variant that is gone. Bad: `old.yaml` is removed, and `inception.lock.json` still has it. Good: both are without it, after `inception-cli lock` with the specs that are left.',
    remedy: 'Write the lock file anew; entries of specs that are gone are left out.',
    params: { spec: 'old.yaml' },
  },
};
