import { floatsBlob } from '../../weights/blob.ts';
import type { Encoding } from '../../weights/encoding.ts';
import { int, type NodeMessage, nodeMessage } from './nodeMessage.ts';
import { dataTypes, type Message } from './wire/messages.ts';

/** ONNX' element types by how a weight is stored. */
export const storedTypes: Readonly<Record<Encoding['dtype'], number>> = {
  float32: dataTypes.FLOAT,
  float16: dataTypes.FLOAT16,
  bfloat16: dataTypes.BFLOAT16,
  uint8: dataTypes.UINT8,
  uint16: dataTypes.UINT16,
};

/** What makes float32 of a stored weight: nodes, and the tensors that they read beside it. */
export interface Restored {
  readonly tensors: readonly Message<'Tensor'>[];
  readonly nodes: readonly NodeMessage[];
  /** The name of the float32 tensor. */
  readonly output: string;
}

/**
 * A weight of this name as float32. Runtimes work that out once, when they load a model, as tf.js does: all of it hangs
 * on constants. DequantizeLinear would say the same of whole numbers, but onnxruntime leaves it to every run, and makes
 * of it and a MatMul a MatMulNBits, which rounds what is multiplied to 8 bits, too.
 */
export function restored(name: string, encoding: Encoding, claim: (suffix: string) => string): Restored {
  if (encoding.dtype === 'float32') return { tensors: [], nodes: [], output: name };
  if ('scale' in encoding) return rescaled(name, encoding, claim);
  const output = claim('float32');
  return { tensors: [], nodes: [cast(name, output)], output };
}

type Quantised = Extract<Encoding, { readonly scale: number }>;

/**
 * (q − zero point)·scale, so that 0 is exact; q·scale + min where 0 lies outside the range of the weight and no whole
 * number stands for it.
 */
function rescaled(name: string, encoding: Quantised, claim: (suffix: string) => string): Restored {
  const { scale, min, zeroPoint } = encoding;
  const whole = claim('whole');
  const between = claim(zeroPoint === undefined ? 'scaled' : 'from_zero');
  const output = claim('float32');
  const factor = scalar(claim('scale'), scale);
  const term = zeroPoint === undefined ? scalar(claim('min'), min) : scalar(claim('zero_point'), zeroPoint);
  const [first, second] =
    zeroPoint === undefined
      ? [apply('Mul', [whole, factor.name], between), apply('Add', [between, term.name], output)]
      : [apply('Sub', [whole, term.name], between), apply('Mul', [between, factor.name], output)];
  return { tensors: [factor, term], nodes: [cast(name, whole), first, second], output };
}

function cast(x: string, output: string): NodeMessage {
  const attributes = { to: int(dataTypes.FLOAT) };
  return nodeMessage('Cast', { name: output, inputs: [x], outputs: [output], attributes });
}

function apply(type: string, inputs: readonly string[], output: string): NodeMessage {
  return nodeMessage(type, { name: output, inputs, outputs: [output] });
}

/** A float32 of rank 0. */
function scalar(name: string, value: number) {
  return { dims: [], data_type: dataTypes.FLOAT, name, raw_data: floatsBlob(Float32Array.of(value)) };
}
