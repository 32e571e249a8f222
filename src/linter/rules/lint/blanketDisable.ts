import { defineDirectiveRule } from './directiveRule.ts';

/** A comment that switches everything off. */
export const blanketDisable = defineDirectiveRule<object>({
  code: 'INC902',
  id: 'lint/blanket-disable',
  level: 'warning',
  set: 'recommended',
  summary: 'A comment that switches rules off names none.',
  why: 'It would hide whatever comes later, too. So it hides nothing: the rules are to be named.',
  sources: ['https://github.com/zizmorcore/zizmor/issues/189'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  # inception-disable-next-line
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
  # inception-disable-next-line norm/bias-before-batch-norm -- trained so by its authors
  - conv: { filters: 4, kernel: 3, padding: same, norm: batch_norm, bias: true }
    name: conv1
`,
  },
  message: () => 'the comment names no rule, and so switches none off',
  help: () =>
    'name the rules and the reason: `# inception-disable-next-line INC720 -- why it does not hold here`',
  finding: ({ directive }) => ({ params: {}, span: directive.span }),
});
