import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { OpName } from '../ops/registry.ts';

/** What an unknown name was meant to be, or what to say of it. */
export interface Meant {
  readonly nearest?: string | undefined;
  readonly help?: string | undefined;
}

/** Names that Keras, PyTorch and ONNX have for ops of ours, where no slip of letters leads there. */
const ops: Readonly<Record<string, OpName>> = {
  maxpooling: 'max_pool',
  averagepool: 'avg_pool',
  averagepooling: 'avg_pool',
  globalaveragepool: 'global_avg_pool',
  globalaveragepooling: 'global_avg_pool',
  globalmaxpooling: 'global_max_pool',
  adaptiveavgpool: 'global_avg_pool',
  adaptivemaxpool: 'global_max_pool',
  batchnormalization: 'batch_norm',
  layernormalization: 'layer_norm',
  groupnormalization: 'group_norm',
  instancenormalization: 'instance_norm',
  linear: 'dense',
  gemm: 'dense',
  fullyconnected: 'dense',
  innerproduct: 'dense',
  fc: 'dense',
  deconv: 'conv_transpose',
  deconvolution: 'conv_transpose',
  convolution: 'conv',
  depthwise: 'depthwise_conv',
  upsampling: 'resize',
  upsample: 'resize',
  interpolate: 'resize',
  pixelshuffle: 'depth_to_space',
  subpixel: 'depth_to_space',
  pixelunshuffle: 'space_to_depth',
  zeropadding: 'pad',
  reflectionpad: 'pad',
  replicationpad: 'pad',
  cropping: 'crop',
  swish: 'silu',
  concatenate: 'concat',
  cat: 'concat',
  transpose: 'permute',
  view: 'reshape',
  rnn: 'simple_rnn',
  mul: 'multiply',
  sub: 'subtract',
  div: 'divide',
  pow: 'power',
  mean: 'reduce_mean',
};

/** Names of what is said in another way. */
const otherwise: Readonly<Record<string, string>> = {
  activation:
    'an activation is an op by its own name, such as `- relu`, or `activation: relu` inside a layer',
  bidirectional: '`lstm`, `gru` and `simple_rnn` have `bidirectional: true`',
  contiguous: 'leave it out: no step depends on how values lie in memory',
  input: 'inputs stand under `inputs`, with their shapes, and are read by their names',
  inputlayer: 'inputs stand under `inputs`, with their shapes, and are read by their names',
  multiheadattention:
    'write its layers out: `dense` for queries, keys and values, `attention: { heads: … }`, `dense`',
  repeatvector: 'write `unsqueeze` and `expand`',
  sequential: 'steps stand below one another under `network`; `steps` is a group of them',
  sum: '`add` joins values, `reduce_sum` adds up along axes',
  timedistributed:
    'leave it out: `dense`, norms and activations work on the last axis, at every position alike',
};

const code =
  'a spec holds no code of a framework: write out what it computes as steps, in a block where it comes several times';

/** Layers that stand for code. */
const holdsCode = ['lambda', 'keraslayer', 'hublayer', 'customlayer', 'tfoplambda'];

/** What is meant by a name that no op, block or structure has. */
export function meantOp(typed: string, known: readonly string[]): Meant {
  const name = folded(typed);
  const named = Object.hasOwn(ops, name) ? ops[name] : undefined;
  if (named !== undefined) return { nearest: named };
  if (Object.hasOwn(otherwise, name)) return { help: otherwise[name] };
  if (holdsCode.includes(name)) return { help: code };
  return { nearest: didYouMean(typed, known) };
}

/** `MaxPooling2D` and `max_pooling_2d` without their case, strokes and number of axes. */
function folded(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[-_ ]/g, '')
    .replace(/(?<=\D)[123]d/, '');
}

/** Names that Keras, PyTorch and ONNX have for attributes of ours; the first that the op has is meant. */
const attributes: Readonly<Record<string, readonly string[]>> = {
  kernelsize: ['kernel'],
  kernelshape: ['kernel'],
  poolsize: ['kernel'],
  pads: ['padding'],
  dilationrate: ['dilation'],
  group: ['groups'],
  numgroups: ['groups'],
  usebias: ['bias'],
  outchannels: ['filters'],
  channels: ['filters'],
  outfeatures: ['units'],
  hiddensize: ['units'],
  eps: ['epsilon'],
  depthmultiplier: ['multiplier'],
  numheads: ['heads'],
  ceilmode: ['ceil'],
  countincludepad: ['count_padding'],
  negativeslope: ['slope'],
  alpha: ['slope'],
  scalefactor: ['scale'],
  scales: ['scale'],
  outputsize: ['size'],
  mode: ['method'],
  interpolation: ['method'],
  numembeddings: ['rows'],
  vocab: ['rows'],
  embeddingdim: ['width'],
  blocksize: ['block'],
  upscalefactor: ['block'],
  perm: ['axes'],
  dim: ['axis', 'axes'],
  dims: ['axes'],
  keepdim: ['keepdims'],
  p: ['rate'],
};

const fromInput = 'leave it out: it is taken from what the step reads';

/** Attributes that are not said, or not here. */
const elsewhere: Readonly<Record<string, string>> = {
  inchannels: fromInput,
  infeatures: fromInput,
  inputshape: fromInput,
  inputdim: fromInput,
  inputsize: fromInput,
  dataformat: 'write `channels: first` at the top of the file where its shapes are [batch, channels, …]',
};

const normAxis =
  'leave it out: it works on the channels, also in a file that writes them first (`channels: first`)';

/** What is meant by an attribute that the op does not have. */
export function meantAttribute(op: OpName, typed: string, known: readonly string[]): Meant {
  const name = typed.toLowerCase().replaceAll(/[-_ ]/g, '');
  const named = (Object.hasOwn(attributes, name) ? attributes[name] : undefined)?.find((a) =>
    known.includes(a),
  );
  if (named !== undefined) return { nearest: named };
  const nearest = didYouMean(typed, known);
  if (nearest !== undefined) return { nearest };
  if (name === 'axis' && /_norm$/.test(op)) return { help: normAxis };
  return Object.hasOwn(elsewhere, name) ? { help: elsewhere[name] } : {};
}
