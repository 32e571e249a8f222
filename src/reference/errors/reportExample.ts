import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { placedProblems } from '../../targetProblems.ts';
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
  return emitted.ok ? diagnostics : [...diagnostics, ...placedProblems(emitted.problems)];
}

function readFrom(files: Readonly<Record<string, string>>, path: string) {
  const text = files[path];
  return text === undefined ? { reason: 'there is no such file' } : { text };
}
