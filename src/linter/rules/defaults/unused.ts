import type { Entry } from '../../../parser/located.ts';
import type { DefaultsSpec, Spec } from '../../../parser/spec.ts';
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
    const lines = spec.everyForm ? [...linesIn(spec.main)] : [];
    const used = placesUsed(spec, lines);
    for (const { op, entry } of lines)
      if (!isUsed(entry, used)) yield { params: { op, attribute: entry.key }, span: entry.keySpan };
  },
});

/** An entry of a `defaults`, and the op it is for. */
interface Line {
  readonly op: string;
  readonly entry: Entry;
}

/** Where in the main file defaults stand that some node uses, until all lines are known to be used: mostly after a few nodes. */
function placesUsed({ main, graphs }: LintedSpec, lines: readonly Line[]): ReadonlySet<number> {
  const used = new Set<number>();
  if (lines.length === 0) return used;
  for (const { nodes } of graphs) {
    for (const { origins } of nodes) {
      for (const origin of Object.values(origins)) {
        if (origin.kind !== 'default' || used.has(origin.span.start)) continue;
        if (origin.span.source.name !== main.source.name) continue;
        used.add(origin.span.start);
        if (lines.every(({ entry }) => isUsed(entry, used))) return used;
      }
    }
  }
  return used;
}

function isUsed({ keySpan, value }: Entry, used: ReadonlySet<number>): boolean {
  return used.has(keySpan.start) || used.has(value.span.start);
}

function* linesIn(main: Spec): Iterable<Line> {
  for (const defaults of defaultsIn(main))
    for (const [op, entries] of defaults) for (const entry of entries) yield { op, entry };
}

/** The `defaults` of the file itself: of the network and blocks, and of single steps. Those of a library are for others, too. */
function* defaultsIn(main: Spec): Iterable<DefaultsSpec> {
  yield main.defaults;
  for (const { defaults } of main.blocks.values()) yield defaults;
  for (const { defaults } of stepsOf(main)) if (defaults !== undefined) yield defaults;
}
