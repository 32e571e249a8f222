import { elementsOf } from '../../../ops/weight.ts';
import { readDocument } from '../../../parser/readDocument.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import type { LintedSpec } from '../../lintedSpec.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly trainable: number;
  readonly fixed: number;
}

/** A network whose size nobody wrote down. */
export const missingTotals = defineRule<Facts>({
  code: 'INC615',
  id: 'claims/missing-totals',
  level: 'info',
  set: 'strict',
  summary: 'The spec claims no number of parameters.',
  why: 'A 3x3 kernel in place of a 5x5 stayed in a released Inception for years: all shapes were right, and 380,928 parameters too few. A count that is taken from the paper or the reference shows it at once, and later changes as well.',
  sources: [
    'https://github.com/pytorch/vision/issues/906',
    'https://github.com/pytorch/vision/issues/1927',
    'https://github.com/tensorflow/models/issues/443',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 4
    name: scores
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 4
    name: scores
expect: { parameters: 84 }
`,
  },
  message: ({ trainable, fixed }) =>
    `nothing holds the number of parameters: ${trainable} that are trained${fixed > 0 ? `, and ${fixed} that are not` : ''}`,
  help: ({ trainable }) =>
    `write what the source of the network prints: \`expect: { parameters: ${trainable} }\``,
  *checkSpec({ main, graphs: [graph] }) {
    const root = readDocument(main.source);
    if (graph === undefined || root?.kind !== 'map' || claimsTotals(main)) return;
    const network = root.entries.find(({ key }) => key === 'network');
    const [trainable, fixed] = countsOf(graph);
    if (network === undefined || trainable + fixed === 0) return;
    yield { params: { trainable, fixed }, span: network.keySpan };
  },
});

/** Whether the spec, or one of its variants, says how many parameters there are. */
function claimsTotals({ expect, variants }: LintedSpec['main']): boolean {
  const claims = [expect, ...variants.map((variant) => variant.expect)];
  return claims.some((totals) =>
    totals?.counts.some(({ what }) => what === 'trainable' || what === 'non_trainable' || what === 'total'),
  );
}

function countsOf({ nodes }: LintedGraph): readonly [trainable: number, fixed: number] {
  const own = nodes.flatMap(({ sharedWeights, weights }) => (sharedWeights === undefined ? weights : []));
  const count = (trainable: boolean) =>
    own.filter((w) => w.trainable === trainable).reduce((sum, w) => sum + elementsOf(w), 0);
  return [count(true), count(false)];
}
