import type { Weight } from '../../ir/graph.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import type { Initialiser } from '../../ops/weight.ts';
import type { Compile } from '../compile.ts';
import { code, table } from '../markdown.ts';
import { exampleCall, exampleInputs, exampleSpec, flow } from './exampleSpec.ts';

/** The weights of an op, each as the first example has it that has it at all. */
export function weightTable(op: OpName, compile: Compile): string {
  const shown = new Map<string, readonly string[]>();
  for (const example of opOf(op).examples) {
    const nodes = compile(exampleSpec(op, example), {}).graph?.nodes ?? [];
    for (const weight of nodes.flatMap((node) => node.weights)) {
      const given = `${code(exampleCall(op, example))} on ${code(exampleInputs(example))}`;
      if (!shown.has(weight.name)) shown.set(weight.name, [...row(weight), given]);
    }
  }
  return table(['Weight', 'Shape', 'Drawn as', 'Trained', 'For example in'], [...shown.values()]);
}

function row({ name, shape, initialiser, trainable }: Weight): readonly string[] {
  return [code(name), code(flow(shape)), drawnAs(initialiser), trainable ? 'yes' : 'no'];
}

function drawnAs(initialiser: Initialiser): string {
  switch (initialiser.kind) {
    case 'constant':
      return `constant ${initialiser.value}`;
    case 'uniform':
      return `uniform (−${initialiser.limit} to ${initialiser.limit})`;
    case 'truncated_normal':
      return `truncated_normal (mean ${initialiser.mean}, deviation ${initialiser.standardDeviation})`;
    case 'orthogonal':
      return `orthogonal (${initialiser.rows} rows, ${initialiser.columns} columns)`;
    case 'unit_forget':
      return 'ones for the forget gate, else zeros';
    case 'zeros':
    case 'ones':
      return initialiser.kind;
    case 'glorot_uniform':
    case 'glorot_normal':
      return `${initialiser.kind} (fan in ${initialiser.fanIn}, fan out ${initialiser.fanOut})`;
    case 'he_uniform':
    case 'he_normal':
    case 'lecun_uniform':
    case 'lecun_normal':
      return `${initialiser.kind} (fan in ${initialiser.fanIn})`;
    default:
      return initialiser satisfies never;
  }
}
