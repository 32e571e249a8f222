import type { TypedNode } from '../ir/graph.ts';
import { isOpName } from '../ops/registry.ts';
import { windowsOf } from '../ops/spatial.ts';
import { isMapRank } from '../tensor/channels.ts';

/** An attribute with a default here, whose default is another one elsewhere. */
export interface Differing {
  readonly attribute: string;
  /** What it is elsewhere. */
  readonly others: string;
  /** Whether it has an effect on this node; always where not given. */
  readonly matters?: (node: TypedNode, channelsFirst: boolean) => boolean;
  /** The default as a step would write it; the value as the node holds it where not given. */
  readonly written?: (node: TypedNode) => string;
}

/** By op: attributes whose default differs between Keras, TensorFlow, PyTorch, Caffe, TF-Slim and ONNX. */
export const differingDefaults: Readonly<Record<string, readonly Differing[]>> = {
  batch_norm: [epsilon("Keras' is 1e-3, that of PyTorch and ONNX 1e-5")],
  layer_norm: [
    epsilon("Keras' is 1e-3, that of PyTorch and ONNX 1e-5"),
    {
      attribute: 'axes',
      others:
        'Keras and ONNX take the last axis, TF-Slim all but the batch, and PyTorch the last ones that are named',
      matters: (node) => rankOf(node) > 3,
      written: () => 'channel',
    },
  ],
  group_norm: [epsilon("Keras' is 1e-3, that of PyTorch and ONNX 1e-5")],
  instance_norm: [epsilon("Keras' is 1e-3, that of PyTorch and ONNX 1e-5")],
  rms_norm: [epsilon("Keras' is 1e-6, Llama's 1e-5, and PyTorch's the machine epsilon")],
  l2_normalize: [epsilon("TensorFlow's 1e-12 bounds the sum of squares, PyTorch's the length: 1e-24 here")],
  lrn: [
    { attribute: 'alpha', others: 'that of PyTorch and ONNX is 1e-4, that of TensorFlow and Caffe 1' },
    { attribute: 'beta', others: "TensorFlow's is 0.5, that of Caffe, PyTorch and ONNX 0.75" },
    { attribute: 'k', others: "frameworks have 1, AlexNet's paper 2" },
  ],
  avg_pool: [
    {
      attribute: 'count_padding',
      others: 'PyTorch and Caffe count the padding, Keras, TensorFlow and ONNX do not',
      matters: isPadded,
    },
  ],
  softmax: [softmaxAxis()],
  log_softmax: [softmaxAxis()],
  prelu: [
    {
      attribute: 'shared_axes',
      others: "Keras has a slope for each place and channel, PyTorch's `PReLU()` one for all",
      matters: (node) => rankOf(node) > 2,
      written: (node) => positions[rankOf(node)] ?? '[1]',
    },
  ],
  hard_sigmoid: [
    { attribute: 'form', others: 'Keras 1 and 2 and ONNX have x/5 + 1/2, Keras 3 and PyTorch x/6 + 1/2' },
  ],
  gelu: [{ attribute: 'form', others: 'BERT and PyTorch have the exact form, GPT-2 the one with tanh' }],
  gru: [
    {
      attribute: 'reset_after',
      others: 'it is true in Keras 2 and PyTorch, false in Keras 1, the paper and ONNX',
    },
    recurrentActivation(),
  ],
  lstm: [recurrentActivation()],
  depth_to_space: [
    {
      attribute: 'order',
      others: "TensorFlow's is row_column_channel (DCR), PyTorch's pixel shuffle channel first (CRD)",
    },
  ],
  space_to_depth: [
    {
      attribute: 'order',
      others: "TensorFlow's is row_column_channel, PyTorch's pixel unshuffle channel first",
    },
  ],
  rotary_embedding: [
    {
      attribute: 'pairs',
      others: "GPT-NeoX and Hugging Face's Llama have halves, GPT-J and Meta's Llama interleaved",
    },
  ],
  position_embedding: [
    {
      attribute: 'order',
      others: 'the paper has sines and cosines in turn, tensor2tensor and Whisper all sines first',
      matters: isSinusoid,
    },
    {
      attribute: 'denominator',
      others: 'the paper divides by half the width, tensor2tensor and Whisper by one less',
      matters: isSinusoid,
    },
  ],
};

/** The ops that have any. */
export const opsThatDiffer = Object.keys(differingDefaults).filter(isOpName);

/** Also where that follows from a size that is open. */
function isPadded(node: TypedNode): boolean {
  const [x] = node.inputs;
  if (node.op !== 'avg_pool' || x === undefined) return false;
  const windows = windowsOf(x.type, node.attributes);
  return !windows.ok || windows.value.some(({ before, after }) => before !== 0 || after !== 0);
}

/** The axes between the batch and the channels, by rank, in words that mean the same in every order of axes. */
const positions: Readonly<Record<number, string>> = { 4: '[height, width]', 5: '[depth, height, width]' };

function epsilon(others: string): Differing {
  return { attribute: 'epsilon', others };
}

/** With channels first the axes of a map have no numbers: there softmax is over the channels, and nothing can be written. */
function softmaxAxis(): Differing {
  return {
    attribute: 'axis',
    others: 'Keras, TensorFlow and ONNX from opset 13 on take the last axis, Caffe and older ONNX axis 1',
    matters: (node, channelsFirst) => rankOf(node) > 2 && !(channelsFirst && isMapRank(rankOf(node))),
    written: () => '-1',
  };
}

function recurrentActivation(): Differing {
  return {
    attribute: 'recurrent_activation',
    others: 'Keras from 2.3 on, PyTorch and ONNX have sigmoid, older Keras and tf.js hard_sigmoid',
  };
}

function isSinusoid(node: TypedNode): boolean {
  return node.op === 'position_embedding' && node.attributes.kind === 'sinusoid';
}

function rankOf({ inputs: [x] }: TypedNode): number {
  return x?.type.shape.length ?? 0;
}
