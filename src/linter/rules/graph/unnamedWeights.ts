import type { Edit } from '../../../diagnostics/fix.ts';
import type { TypedNode } from '../../../ir/graph.ts';
import { isJson } from '../../../parser/read.ts';
import type { StepSpec } from '../../../parser/spec.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly op: string;
  readonly name: string;
}

/** A layer whose weights have a name that a new layer before it would take away. */
export const unnamedWeights = defineRule<Facts>({
  code: 'INC606',
  id: 'graph/unnamed-weights',
  level: 'warning',
  set: 'recommended',
  summary: 'A step with weights has no name of its own.',
  why: 'It is named after its op and counted. A layer that is put in before it takes its name, and a checkpoint no longer loads, or loads into the wrong layer.',
  sources: [
    'https://github.com/keras-team/keras/issues/5540',
    'https://github.com/keras-team/keras-applications/issues/119',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: conv1
`,
  },
  message: ({ op, name }) =>
    `the weights of this ${op} are called \`${name}\` only as long as no step is put in before it`,
  help: ({ name }) => `write the name that it has: \`name: ${name.split('/').at(-1)}\``,
  *checkGraph(graph) {
    for (const node of graph.nodes) {
      if (node.weights.length === 0 || node.sharedWeights !== undefined) continue;
      const step = graph.stepOf(node);
      if (step?.kind !== 'op' || step.op !== node.op) continue;
      if (step.name !== undefined || step.names !== undefined) continue;
      const edit = nameEdit(step, node);
      const fix = { safety: 'safe', title: 'write the name that it has' } as const;
      yield {
        params: { op: node.op, name: node.step },
        span: node.span,
        node: node.name,
        ...(edit === undefined ? {} : { fix: { ...fix, edits: [edit] } }),
      };
    }
  },
});

/** Behind the op on a line of its own; undefined where the step stands in braces, or its name would differ from call to call. */
function nameEdit({ span, callSpan, repeat }: StepSpec, node: TypedNode): Edit | undefined {
  const { source, end } = span;
  const local = node.step.split('/').at(-1) ?? '';
  const line = source.text.lastIndexOf('\n', callSpan.start - 1) + 1;
  const inBlockStyle = /^[\s-]*$/.test(source.text.slice(line, callSpan.start));
  if (!inBlockStyle || isJson(source) || repeat !== undefined) return undefined;
  return { span: { source, start: end, end }, text: `\n${' '.repeat(callSpan.start - line)}name: ${local}` };
}
