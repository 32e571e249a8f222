import { type Diagnostic, diagnose } from '../../diagnostics/diagnostic.ts';
import type { NodeProblem } from '../../emitters/emitter.ts';
import { callsOf } from '../../ir/placed.ts';
import type { Compile } from '../compile.ts';
import { targets } from '../targets.ts';
import type { ErrorExample } from './errorNote.ts';

/** What the user is told of an example. */
export function reportExample(example: ErrorExample, compile: Compile): readonly Diagnostic[] {
  const { spec, files = {}, target, opset, ...options } = example;
  const { graph, diagnostics } = compile(spec, {
    ...options,
    name: 'example.yaml',
    readFile: (path) => readFrom({ ...files, 'example.yaml': spec }, path),
  });
  if (graph === undefined || target === undefined) return diagnostics;
  const emitted = targets[target].emit(graph, { opset });
  return emitted.ok ? diagnostics : [...diagnostics, ...emitted.problems.map(placed)];
}

function readFrom(files: Readonly<Record<string, string>>, path: string) {
  const text = files[path];
  return text === undefined ? { reason: 'there is no such file' } : { text };
}

function placed({ problem, node }: NodeProblem): Diagnostic {
  return diagnose(problem, node === undefined ? {} : { span: node.span, related: callsOf(node) });
}
