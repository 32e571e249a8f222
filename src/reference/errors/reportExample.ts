import { type Diagnostic, diagnose } from '../../diagnostics/diagnostic.ts';
import type { EmitResult } from '../../emitters/emitter.ts';
import { emitOnnx } from '../../emitters/onnx/emit.ts';
import { onnxDefaults } from '../../emitters/onnx/options.ts';
import { defaultShardBytes, emitTfjs } from '../../emitters/tfjs/emitTfjs.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import { callsOf } from '../../ir/infer.ts';
import type { Compile } from '../compile.ts';
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
  const emitted = emit(graph, target, opset);
  return emitted.ok ? diagnostics : [...diagnostics, ...emitted.problems.map(placed)];
}

function readFrom(files: Readonly<Record<string, string>>, path: string) {
  const text = files[path];
  return text === undefined ? { reason: 'there is no such file' } : { text };
}

function emit(graph: TypedGraph, target: 'tfjs' | 'onnx', opset = onnxDefaults.opset): EmitResult {
  const weights = { kind: 'init', seed: 0 } as const;
  if (target === 'onnx') return emitOnnx(graph, { ...onnxDefaults, weights, opset });
  return emitTfjs(graph, { weights, shardBytes: defaultShardBytes, endPoints: false });
}

function placed({ problem, node }: Extract<EmitResult, { ok: false }>['problems'][number]): Diagnostic {
  return diagnose(problem, node === undefined ? {} : { span: node.span, related: callsOf(node) });
}
