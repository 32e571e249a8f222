import type { EmitResult } from '../emitters/emitter.ts';
import { emitOnnx } from '../emitters/onnx/emit.ts';
import { onnxLowerings } from '../emitters/onnx/lower.ts';
import { onnxDefaults } from '../emitters/onnx/options.ts';
import { emitTfjsGraph } from '../emitters/tfjs/graph/emitTfjsGraph.ts';
import { graphLowerings } from '../emitters/tfjs/graph/lowerings.ts';
import { emitTfjs } from '../emitters/tfjs/layers/emitTfjs.ts';
import { lowerings as tfjsLowerings } from '../emitters/tfjs/layers/lowerings.ts';
import { defaultShardBytes } from '../emitters/tfjs/options.ts';
import type { TypedGraph } from '../ir/graph.ts';
import type { OpName } from '../ops/registry.ts';

/** A target as the manual knows it. */
export interface Target {
  readonly title: string;
  /** What chooses it on the command line, with an output. */
  readonly chosenBy: string;
  /** Of an op that can never be said, the lowering has the `reason`. */
  readonly lowerings: Readonly<Record<OpName, object>>;
  readonly emit: (graph: TypedGraph, options: { readonly opset?: number | undefined }) => EmitResult;
}

const weights = { kind: 'init', seed: 0 } as const;
const tfjsOptions = { weights, shardBytes: defaultShardBytes, endPoints: false };

/** The targets that translate networks, each in each of its forms. */
export const targets = {
  tfjs: {
    title: 'tf.js, layers',
    chosenBy: '--target tfjs -o example',
    lowerings: tfjsLowerings,
    emit: (graph) => emitTfjs(graph, tfjsOptions),
  },
  tfjs_graph: {
    title: 'tf.js, graph',
    chosenBy: '--target tfjs --tfjs-format graph -o example',
    lowerings: graphLowerings,
    emit: (graph) => emitTfjsGraph(graph, tfjsOptions),
  },
  onnx: {
    title: 'ONNX',
    chosenBy: '--target onnx -o example.onnx',
    lowerings: onnxLowerings,
    emit: (graph, { opset = onnxDefaults.opset }) => emitOnnx(graph, { ...onnxDefaults, weights, opset }),
  },
} satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

/** Why a target can say no step of this op, or undefined where it can say some. */
export function refusal(target: TargetName, op: OpName): string | undefined {
  const lowering: object = targets[target].lowerings[op];
  return 'reason' in lowering ? String(lowering.reason) : undefined;
}

export const targetNames = Object.keys(targets) as readonly TargetName[];
