import { type Problem, problem } from '../../diagnostics/diagnostic.ts';
import { type Channels, isMapRank } from '../../tensor/channels.ts';
import type { DTypeRule } from '../../weights/dtypeRules.ts';
import type { WeightsOption } from '../../weights/weightSource.ts';
import type { Storage } from '../weightEncodings.ts';
import type { Layout } from './layout.ts';
import { isOpset, opsets } from './opsets.ts';

export interface OnnxOptions {
  readonly weights: WeightsOption;
  /** How weights are stored; float32 where no rule fits. The last rule that fits counts. Models compute in float32. */
  readonly dtypes?: readonly DTypeRule[] | undefined;
  /** Version of the operator set. */
  readonly opset: number;
  /** Of the model's inputs and outputs of rank 3 and more; `spec` is as the network writes them. */
  readonly layout: 'spec' | 'nhwc' | 'nchw';
  /** Gives every end point as an output of the model. */
  readonly endPoints: boolean;
  /** Puts large tensors into `<fileName>.data` beside the model also where one file could hold all. */
  readonly externalData: boolean;
  /** Keeps each block that is called as a function of the model. */
  readonly functions: boolean;
  readonly fileName: string;
}

/** The options where nothing else is said. */
export const onnxDefaults: OnnxOptions = {
  weights: { kind: 'init', seed: 0 },
  opset: opsets.usual,
  layout: 'spec',
  endPoints: false,
  externalData: false,
  functions: false,
  fileName: 'model.onnx',
};

/** Refuses an operator set that the lowerings were not written for. */
export function optionProblems({ opset }: OnnxOptions): readonly Problem[] {
  if (isOpset(opset)) return [];
  const accepted = `${opsets.first} to ${opsets.last}`;
  return [problem('target-option', { target: 'ONNX', option: 'opset', value: String(opset), accepted })];
}

/** Types of weights of which a Cast makes float32; all of them since opset 13. */
export const onnxStorage: Storage = {
  target: 'ONNX',
  stores: ['float32', 'float16', 'bfloat16', 'uint8', 'uint16'],
  why: '',
};

/** The layout in which the model's caller sees values of a rank; `spec` is that in which the network's file writes them. */
export function publicLayout({ layout }: OnnxOptions, channels: Channels = 'last', rank = 4): Layout {
  if (layout === 'spec') return channels === 'first' && isMapRank(rank) ? 'first' : 'last';
  return layout === 'nchw' ? 'first' : 'last';
}
