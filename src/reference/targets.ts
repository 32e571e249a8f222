import type { EmitResult, Lowerings } from '../emitters/emitter.ts';
import { emitOnnx } from '../emitters/onnx/emit.ts';
import { onnxLowerings } from '../emitters/onnx/lower.ts';
import { onnxDefaults } from '../emitters/onnx/options.ts';
import { defaultShardBytes, emitTfjs } from '../emitters/tfjs/layers/emitTfjs.ts';
import { lowerings as tfjsLowerings } from '../emitters/tfjs/layers/lowerings.ts';
import type { TypedGraph } from '../ir/graph.ts';

/** A target as the manual knows it. */
export interface Target {
  readonly title: string;
  /** Of each op only whether it can never be said, and why. */
  readonly lowerings: { readonly [K in keyof Lowerings<unknown, unknown>]: { readonly reason?: string } };
  readonly emit: (graph: TypedGraph, options: { readonly opset?: number | undefined }) => EmitResult;
}

const weights = { kind: 'init', seed: 0 } as const;

/** The targets that translate networks, by their names on the command line. */
export const targets = {
  tfjs: {
    title: 'tf.js',
    lowerings: tfjsLowerings,
    emit: (graph) => emitTfjs(graph, { weights, shardBytes: defaultShardBytes, endPoints: false }),
  },
  onnx: {
    title: 'ONNX',
    lowerings: onnxLowerings,
    emit: (graph, { opset = onnxDefaults.opset }) => emitOnnx(graph, { ...onnxDefaults, weights, opset }),
  },
} satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as readonly TargetName[];
