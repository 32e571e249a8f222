import { type Diagnostic, diagnose } from './diagnostics/diagnostic.ts';
import { foldCopies, type Said } from './diagnostics/foldCopies.ts';
import type { EmitResult, NodeProblem } from './emitters/emitter.ts';
import { emitOnnx } from './emitters/onnx/emit.ts';
import { onnxDefaults } from './emitters/onnx/options.ts';
import { emitTfjsGraph } from './emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from './emitters/tfjs/layers/emitTfjs.ts';
import { defaultShardBytes } from './emitters/tfjs/options.ts';
import type { TypedGraph } from './ir/graph.ts';
import { callsOf } from './ir/placed.ts';

export type TargetChoice = 'tfjs' | 'onnx';

const weights = { kind: 'init', seed: 0 } as const;
const tfjsOptions = { weights, shardBytes: defaultShardBytes, endPoints: false };

/** What a target cannot say of a network; no weights are drawn. What only one form of tf.js cannot say is a remark. */
export function targetProblems(graph: TypedGraph, target: TargetChoice): readonly Diagnostic[] {
  if (target === 'onnx') return problemsOf(emitOnnx(graph, { ...onnxDefaults, weights }));
  const inGraph = problemsOf(emitTfjsGraph(graph, tfjsOptions));
  if (inGraph.length > 0) return inGraph;
  return problemsOf(emitTfjs(graph, tfjsOptions)).map((d) => ({ ...d, severity: 'info' }));
}

function problemsOf(result: EmitResult): readonly Diagnostic[] {
  return result.ok ? [] : placedProblems(result.problems);
}

/** Problems of lowering at their nodes; the same reason at the same step is said once, however often the step is made. */
export function placedProblems(problems: readonly NodeProblem[]): readonly Diagnostic[] {
  return foldCopies(problems.map(said));
}

function said({ problem, node }: NodeProblem): Said {
  const place = node === undefined ? {} : { span: node.span, related: callsOf(node) };
  const { op, reason } = problem.params;
  // What is about no step, such as an input, is said of each.
  const name = node?.step ?? String(problem.params.node);
  const about = JSON.stringify([problem.name, op, reason, node === undefined ? name : '']);
  return { about, name, diagnostic: diagnose(problem, place) };
}
