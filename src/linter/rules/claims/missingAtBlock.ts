import { defineRule } from '../../rule.ts';

/** A block call whose shape nobody wrote down. */
export const missingAtBlock = defineRule<{ readonly name: string }>({
  code: 'INC607',
  id: 'claims/missing-at-block',
  level: 'info',
  set: 'strict',
  summary: 'A named call of a block in the network has no `expect`.',
  why: 'Papers print the sizes between blocks. Written as claims they are checked at every change, and tell a reader where he is.',
  sources: ['the listing of the Inception-v4 stem whose docstring nobody checked'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
blocks:
  unit:
    - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
      name: conv
network:
  - unit:
    name: stage1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
blocks:
  unit:
    - conv: { filters: 8, kernel: 3, stride: 2, padding: same }
      name: conv
network:
  - unit:
    name: stage1
    expect: [N, 4, 4, 8]
`,
  },
  message: ({ name }) => `the shape that \`${name}\` gives is not written down`,
  help: () => 'write it under `expect`; `inception-cli infer-shapes` prints it',
  *checkSpec({ main, files }) {
    const claimedIn = new Set(
      files.flatMap(({ blocks }) => [...blocks.values()].filter((b) => b.expect).map((b) => b.name)),
    );
    for (const step of main.network ?? []) {
      if (step.kind !== 'block' || step.name === undefined || step.expect !== undefined) continue;
      if (claimedIn.has(step.block.split('.').at(-1) ?? '')) continue;
      yield { params: { name: String(step.name.value) }, span: step.callSpan };
    }
  },
});
