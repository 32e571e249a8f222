import type { TypedNode } from '../../../ir/graph.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';
import { madeBefore, makerOf } from '../../valueBefore.ts';

interface Facts {
  readonly op: string;
  readonly maker: string;
  readonly before: string;
  readonly range: string;
}

/** An activation on numbers that it leaves as they are, because of another one before it. */
export const withoutEffect = defineRule<Facts>({
  code: 'INC729',
  id: 'activation/without-effect',
  level: 'warning',
  set: 'strict',
  summary: 'An activation only gets numbers that it does not change.',
  why: 'Behind a ReLU or a sigmoid no number is below 0, and a leaky ReLU, an ELU or a PReLU does nothing, its slopes included: one of the two activations is not what was meant.',
  sources: ['https://github.com/ubclaunchpad/minutes/issues/133', 'the definitions of the functions'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, activation: relu }
    name: conv1
  - leaky_relu: 0.1
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
  - leaky_relu: 0.1
`,
  },
  message: ({ op, maker, before, range }) =>
    `this ${op} changes nothing: the ${maker} of \`${before}\` gives no number ${range}`,
  help: () => 'remove one of the two',
  *checkGraph(graph) {
    for (const node of graph.nodes) {
      const range = unchanging[node.op];
      if (range === undefined) continue;
      const before = boundedBefore(node, graph);
      // One and the same activation twice is another rule's.
      if (before === undefined || before.op === node.op || !range.after.has(before.op)) continue;
      const params = { op: node.op, maker: before.op, before: before.step, range: range.says };
      yield { params, span: node.span, node: node.name };
    }
  },
});

const between0And1 = ['sigmoid', 'softmax', 'hard_sigmoid'];
const notNegative = new Set([...between0And1, 'relu', 'relu6', 'softplus', 'exp', 'abs', 'square']);
const identityAboveZero = { after: notNegative, says: 'below 0' };

/** By activation, behind which others it leaves every number as it is. */
const unchanging: Readonly<Record<string, { readonly after: ReadonlySet<string>; readonly says: string }>> = {
  relu: identityAboveZero,
  leaky_relu: identityAboveZero,
  prelu: identityAboveZero,
  elu: identityAboveZero,
  abs: identityAboveZero,
  relu6: { after: new Set(between0And1), says: 'below 0 or above 6' },
};

/** Ops that give none but numbers between those that they read. */
const choosing: ReadonlySet<string> = new Set(['max_pool', 'global_max_pool', 'avg_pool', 'global_avg_pool']);

function boundedBefore(node: TypedNode, graph: LintedGraph): TypedNode | undefined {
  const before = madeBefore(node, graph);
  if (before === undefined || !choosing.has(before.op)) return before;
  const [input] = before.inputs;
  const producer = input === undefined ? undefined : graph.producerOf(input);
  return producer === undefined ? undefined : makerOf(producer, graph);
}
