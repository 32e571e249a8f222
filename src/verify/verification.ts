import type { Channels } from '../tensor/channels.ts';
import type { Sizes } from '../tensor/evaluateDim.ts';
import type { EndPointComparison } from './compareEndPoints.ts';
import type { TargetRuns } from './modelRun.ts';

/** The tolerance where none is said: what float32 loses in deep networks is a tenth of it (README). */
export const defaultTolerance = 1e-4;

/** A runtime as it ran: `backend` is tf.js' own. */
export interface RuntimeUsed {
  readonly name: string;
  readonly version: string;
  readonly backend?: string;
}

/** A model that a runtime could not load or run. */
export interface RunFailure {
  /** `onnxruntime`, `tf.js layers` or `tf.js graph`. */
  readonly model: string;
  readonly error: string;
}

/** All that is known after both targets ran. */
export interface Verification {
  readonly network: string;
  readonly channels?: Channels;
  readonly seed: number;
  readonly samples: number;
  readonly tolerance: number;
  /** Of the open symbols of the inputs. */
  readonly sizes: Sizes;
  readonly runtimes: readonly RuntimeUsed[];
  readonly failures: readonly RunFailure[];
  readonly endPoints: readonly EndPointComparison[];
}

/** Whether every model ran and no end point differs. */
export function isVerified({ failures, endPoints }: Verification): boolean {
  return failures.length === 0 && endPoints.every(({ agrees }) => agrees);
}

/** The models that did not run, by what messages call them. */
export function failuresOf({ onnx, tfjs }: TargetRuns): readonly RunFailure[] {
  const runs = [
    { model: 'onnxruntime', run: onnx },
    ...tfjs.map(({ format, run }) => ({ model: `tf.js ${format}`, run })),
  ];
  return runs.flatMap(({ model, run }) => (run.ok ? [] : [{ model, error: run.error }]));
}
