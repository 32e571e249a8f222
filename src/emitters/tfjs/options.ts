import type { WeightsOption } from '../../weights/weightSource.ts';

export interface TfjsOptions {
  readonly weights: WeightsOption;
  /** Size of a weights file; the last one may be smaller. */
  readonly shardBytes: number;
  /** Make every end point an output of the model, after the network's own. */
  readonly endPoints: boolean;
}

/** What tf.js' own converter cuts weights into: 4 MiB, which browsers cache. */
export const defaultShardBytes = 4 * 1024 * 1024;
