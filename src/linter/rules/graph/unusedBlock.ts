import { defineRule } from '../../rule.ts';
import { stepsOf } from '../../steps.ts';

/** A block that nobody calls. */
export const unusedBlock = defineRule<{ readonly name: string }>({
  code: 'INC603',
  id: 'graph/unused-block',
  level: 'warning',
  set: 'recommended',
  summary: 'A spec with a network defines a block that no step calls.',
  why: 'It is not compiled, so nothing in it is checked, and readers take it for a part of the network. A file without `network` is a library: its blocks are for others.',
  sources: ['Spectral, oas3-unused-component', 'Redocly, no-unused-components'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
blocks:
  unit:
    - conv: { filters: 8, kernel: 3, padding: same }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
blocks:
  unit:
    - conv: { filters: 8, kernel: 3, padding: same }
      name: conv
network:
  - unit:
    name: main
`,
  },
  message: ({ name }) => `no step calls the block \`${name}\``,
  help: () => 'remove it, or move it into a library',
  *checkSpec({ main }) {
    if (main.network === undefined) return;
    const called = new Set<string>();
    for (const step of stepsOf(main)) if (step.kind === 'block') called.add(step.block);
    for (const { name, span } of main.blocks.values())
      if (!called.has(name)) yield { params: { name }, span };
  },
});
