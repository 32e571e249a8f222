import type { DefaultsSpec } from '../../../parser/spec.ts';
import type { LintedSpec } from '../../lintedSpec.ts';
import { defineRule } from '../../rule.ts';
import { stepsOf } from '../../steps.ts';

interface Facts {
  readonly op: string;
  readonly attribute: string;
}

/** A default that decides nothing. */
export const unused = defineRule<Facts>({
  code: 'INC605',
  id: 'defaults/unused',
  level: 'warning',
  set: 'recommended',
  summary: 'No step takes its value from a line of `defaults`.',
  why: 'The author believes that it holds somewhere. Either every step states the attribute itself, or the line is for an op that the network does not have.',
  sources: ["TF-Slim's arg_scope gives no word for a scope that no layer uses"],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
defaults: { max_pool: { stride: 2 } }
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
defaults: { max_pool: { stride: 2 } }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
  - max_pool: { kernel: 2 }
    name: pool
`,
  },
  message: ({ op, attribute }) => `no \`${op}\` takes \`${attribute}\` from this line`,
  help: () => 'remove it, or remove the attribute from the steps that should take it from here',
  *checkSpec(spec) {
    if (!spec.everyForm) return;
    const used = usedLines(spec);
    for (const defaults of defaultsIn(spec)) {
      for (const [op, entries] of defaults) {
        for (const { key, keySpan, value } of entries) {
          if (used.has(keySpan.start) || used.has(value.span.start)) continue;
          yield { params: { op, attribute: key }, span: keySpan };
        }
      }
    }
  },
});

/** The `defaults` of the file itself: of the network and blocks, and of single steps. Those of a library are for others, too. */
function* defaultsIn({ main }: LintedSpec): Iterable<DefaultsSpec> {
  yield main.defaults;
  for (const { defaults } of main.blocks.values()) yield defaults;
  for (const { defaults } of stepsOf(main)) if (defaults !== undefined) yield defaults;
}

/** Where in the main file the defaults stand that some node uses. */
function usedLines({ graphs, main }: LintedSpec): ReadonlySet<number> {
  const { name } = main.source;
  const used = new Set<number>();
  for (const { nodes } of graphs) {
    for (const { origins } of nodes) {
      for (const origin of Object.values(origins))
        if (origin.kind === 'default' && origin.span.source.name === name) used.add(origin.span.start);
    }
  }
  return used;
}
