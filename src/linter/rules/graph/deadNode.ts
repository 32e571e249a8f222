import type { TypedNode } from '../../../ir/graph.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { parametersOf } from '../../parameters.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly name: string;
  readonly parameters: number;
}

/** Work that no output depends on. */
export const deadNode = defineRule<Facts>({
  code: 'INC601',
  id: 'graph/dead-node',
  level: 'warning',
  set: 'recommended',
  summary: 'The result of a step reaches no output.',
  why: 'A framework computes and trains what nobody reads, or drops it without a word when the model is exported: the parameters of the two differ. Mostly a name is wrong, or an auxiliary head is missing from `outputs`.',
  sources: [
    'Spectral, oas3-unused-component',
    'torch.nn.parallel.DistributedDataParallel, `find_unused_parameters`',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - tap:
      - conv: { filters: 4, kernel: 1 }
        name: aux
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - tap:
      - conv: { filters: 4, kernel: 1 }
        name: aux
    name: head
  - conv: { filters: 8, kernel: 3, padding: same }
    name: main
outputs: [main, head]
`,
  },
  message: ({ name, parameters }) =>
    `nothing reads \`${name}\`, and it is no output${parameters > 0 ? `: ${parameters} parameters are of no use` : ''}`,
  help: () => 'list it under `outputs`, let a step read it, or remove it',
  *checkGraph(graph) {
    const ends = graph.nodes.filter((node) => isDeadEnd(node, graph));
    if (ends.length === 0) return;
    const alive = aliveOf(graph);
    for (const node of ends) {
      yield {
        params: { name: node.step, parameters: deadParameters(node, { graph, alive }) },
        span: node.span,
        node: node.name,
      };
    }
  },
});

/** Whether nothing that it gives is read, and nothing is an output. */
function isDeadEnd({ outputs }: TypedNode, graph: LintedGraph): boolean {
  return outputs.every((output) => !graph.isRead(output) && !graph.isOutput(output));
}

/** The nodes that an output depends on. */
function aliveOf(graph: LintedGraph): ReadonlySet<TypedNode> {
  const alive = new Set<TypedNode>();
  const open = graph.graph.outputs.flatMap(({ value }) => graph.producerOf(value) ?? []);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (alive.has(node)) continue;
    alive.add(node);
    open.push(...node.inputs.flatMap((input) => graph.producerOf(input) ?? []));
  }
  return alive;
}

/** The parameters of a dead end and of all that leads to it alone. */
function deadParameters(
  end: TypedNode,
  { graph, alive }: { readonly graph: LintedGraph; readonly alive: ReadonlySet<TypedNode> },
): number {
  const dead = new Set<TypedNode>();
  const open = [end];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (alive.has(node) || dead.has(node)) continue;
    dead.add(node);
    open.push(...node.inputs.flatMap((input) => graph.producerOf(input) ?? []));
  }
  const own = [...dead].filter(({ sharedWeights }) => sharedWeights === undefined);
  return own.reduce((sum, node) => sum + parametersOf(node), 0);
}
