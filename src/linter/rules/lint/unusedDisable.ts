import { removalOf } from '../../edits.ts';
import { defineDirectiveRule } from './directiveRule.ts';

/** A comment that hides nothing. */
export const unusedDisable = defineDirectiveRule<{ readonly named: string }>({
  code: 'INC901',
  id: 'lint/unused-disable',
  level: 'warning',
  set: 'recommended',
  summary: 'A comment switches off a rule that finds nothing there.',
  why: 'What it hid is gone. Left in place, it would hide the next mistake without anyone having decided so.',
  sources: ['ESLint, `--report-unused-disable-directives`', 'Ruff, RUF100'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  # inception-disable-next-line norm/bias-before-batch-norm -- trained so by its authors
  - conv: { filters: 4, kernel: 3, padding: same }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 4, kernel: 3, padding: same }
    name: conv1
`,
  },
  message: ({ named }) => `\`${named}\` finds nothing here: the comment hides nothing`,
  help: () => 'remove it',
  finding: ({ directive, named }) => ({
    params: { named: named?.written ?? '' },
    span: named?.span ?? directive.span,
    ...(directive.rules.length === 1
      ? { fix: { safety: 'safe', title: 'remove the comment', edits: [removalOf(directive.span)] } }
      : {}),
  }),
});
