import type { DTypeRule } from '../../weights/dtypeRules.ts';
import type { WeightsOption } from '../../weights/weightSource.ts';
import type { Storage } from '../weightEncodings.ts';

export interface TfjsOptions {
  readonly weights: WeightsOption;
  /** How weights are stored; float32 where no rule fits. The last rule that fits counts. */
  readonly dtypes?: readonly DTypeRule[] | undefined;
  /** Size of a weights file; the last one may be smaller. */
  readonly shardBytes: number;
  /** Make every end point an output of the model, after the network's own. */
  readonly endPoints: boolean;
  /** Layers format: say an activation in the layer before it. The graph format has fused ops in any case. */
  readonly fuseActivations?: boolean;
}

/** What tf.js' own converter cuts weights into: 4 MiB, which browsers cache. */
export const defaultShardBytes = 4 * 1024 * 1024;

/** Types of weights that the manifest has words for (`quantization` in tfjs-core/src/io/types.ts). */
export const tfjsStorage: Storage = {
  target: 'tfjs',
  stores: ['float32', 'float16', 'uint8', 'uint16'],
  why: ', as tf.js reads no others',
};
