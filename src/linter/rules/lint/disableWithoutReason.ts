import { defineDirectiveRule } from './directiveRule.ts';

/** A comment that does not say why. */
export const disableWithoutReason = defineDirectiveRule<object>({
  code: 'INC903',
  id: 'lint/disable-without-reason',
  level: 'warning',
  set: 'recommended',
  summary: 'A comment switches a rule off and does not say why.',
  why: 'The next reader cannot tell a decision from an excuse, and does not know when the comment may go.',
  sources: ['Biome, `biome-ignore` needs an explanation'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  # inception-disable-next-line norm/bias-before-batch-norm
  - conv: { filters: 4, kernel: 3, padding: same, norm: batch_norm, bias: true }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  # inception-disable-next-line norm/bias-before-batch-norm -- trained so by its authors
  - conv: { filters: 4, kernel: 3, padding: same, norm: batch_norm, bias: true }
    name: conv1
`,
  },
  message: () => 'the comment does not say why the rule is switched off',
  help: () => 'write the reason after ` -- `',
  finding: ({ directive }) => ({ params: {}, span: directive.span }),
});
