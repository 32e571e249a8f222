import { defineRule } from '../../rule.ts';
import { stepsOf } from '../../steps.ts';

/** A file that is read for nothing. */
export const unusedImport = defineRule<{ readonly alias: string }>({
  code: 'INC609',
  id: 'graph/unused-import',
  level: 'warning',
  set: 'recommended',
  summary: 'A spec imports a file whose blocks no step calls.',
  why: 'Readers look there for a part of the network, and the spec cannot be read without the file.',
  sources: ['ESLint, no-unused-vars', 'Redocly, no-unused-components'],
  bad: {
    spec: `
inception: 1
name: example
imports: { lib: ./lib.yaml }
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
`,
    files: { 'lib.yaml': 'inception: 1\nname: lib\nblocks:\n  unit: [relu]\n' },
  },
  good: {
    spec: `
inception: 1
name: example
imports: { lib: ./lib.yaml }
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
  - lib.unit
`,
    files: { 'lib.yaml': 'inception: 1\nname: lib\nblocks:\n  unit: [relu]\n' },
  },
  message: ({ alias }) => `no step calls a block of \`${alias}\``,
  help: () => 'remove the import',
  *checkSpec({ main }) {
    const called = new Set<string>();
    for (const step of stepsOf(main)) if (step.kind === 'block') called.add(step.block.split('.')[0] ?? '');
    for (const { alias, span } of main.imports) if (!called.has(alias)) yield { params: { alias }, span };
  },
});
