import type { TypedNode } from '../../../ir/graph.ts';
import type { LintedGraph } from '../../lintedGraph.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly name: string;
  readonly reason: string;
}

/** A name that is another one elsewhere. */
export const portableName = defineRule<Facts>({
  code: 'INC612',
  id: 'graph/portable-name',
  level: 'warning',
  set: 'strict',
  summary: 'A name differs from another one in case only, or has letters that not every runtime takes.',
  why: 'TensorFlow counts `Conv` and `conv` as one name and renames the second, and so do file systems where weights are unpacked. It takes letters without accents, digits and `. _ - /`, with a letter, digit or dot first, and refuses a graph with any other; the layers of tf.js do, too.',
  sources: [
    'TensorFlow, `Graph.unique_name`: names are compared without case',
    'TensorFlow, node_def_util.cc: [A-Za-z0-9.][A-Za-z0-9_.\\-/]*',
    'ONNX IR, Names Within a Graph',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: Conv1
  - conv: { filters: 8, kernel: 3 }
    name: conv1
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
  - conv: { filters: 8, kernel: 3 }
    name: conv2
`,
  },
  message: ({ name, reason }) => `the name \`${name}\` ${reason}`,
  help: () => 'give it another name; the weights are then called otherwise, too',
  *checkGraph(graph) {
    const seen = new Map<string, string>();
    for (const node of graph.nodes) {
      const reason = reasonOf(node, seen);
      // What an op adds to a step, as its norm, has the name of the step in front.
      if (reason === undefined || !isOwn(node, graph)) continue;
      yield { params: { name: node.step, reason }, span: node.span, node: node.name };
    }
  },
});

function reasonOf({ step }: TypedNode, seen: Map<string, string>): string | undefined {
  const plain = step.toLowerCase();
  const earlier = seen.get(plain);
  if (earlier === undefined) seen.set(plain, step);
  else if (earlier !== step) return `differs from \`${earlier}\` in case only`;
  const strange = /[^A-Za-z0-9_./-]/u.exec(step)?.[0];
  if (strange !== undefined) return `has \`${strange}\`, which TensorFlow refuses in a name`;
  const first = /^[_-]/.exec(step)?.[0];
  return first === undefined ? undefined : `begins with \`${first}\`, which TensorFlow refuses`;
}

function isOwn(node: TypedNode, graph: LintedGraph): boolean {
  const step = graph.stepOf(node);
  return step === undefined || step.kind !== 'op' || step.op === node.op;
}
