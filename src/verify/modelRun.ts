import type { TfjsFormat } from './emitModels.ts';

/** Numbers of one tensor: floats, whole numbers, or 0 and 1. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** A tensor that a runtime gave; its numbers are read when they are asked for. */
export interface RunTensor {
  readonly shape: readonly number[];
  readonly values: () => Values;
}

/** What a model gave for each sample of inputs, in the order of its outputs; or why it could not be run. */
export type ModelRun =
  | { readonly ok: true; readonly samples: readonly (readonly RunTensor[])[] }
  | { readonly ok: false; readonly error: string };

/** What both targets gave for the same inputs. */
export interface TargetRuns {
  readonly onnx: ModelRun;
  readonly tfjs: readonly { readonly format: TfjsFormat; readonly run: ModelRun }[];
}
