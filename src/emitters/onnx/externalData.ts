import { type Blob, bytesBlob, concatBlobs } from '../../weights/blob.ts';
import { dataLocations, type Message } from './wire/messages.ts';

type TensorMessage = Message<'Tensor'>;

/** Tensors of fewer bytes stay in the model, as by the `size_threshold` of ONNX' own converter. */
const threshold = 1024;

/** Every tensor begins at a multiple of this, the usual size of a page of memory, so that it can be mapped. */
const alignment = 4096;

/** A model whose large tensors are in another file, and the bytes of that file. */
export interface SplitModel {
  readonly model: Message<'Model'>;
  /** Undefined where no tensor is large. */
  readonly data: Blob | undefined;
}

/**
 * Takes the bytes of large tensors out of a model; they name their place in the file `location` instead. No tensor is
 * made for it: sizes are known before.
 */
export function splitModel(model: Message<'Model'>, location: string): SplitModel {
  const blobs: Blob[] = [];
  let length = 0;
  const outside = (tensor: TensorMessage): TensorMessage => {
    const { raw_data, ...head } = tensor;
    if (raw_data === undefined || raw_data.byteLength < threshold) return tensor;
    const gap = (alignment - (length % alignment)) % alignment;
    const offset = length + gap;
    length = offset + raw_data.byteLength;
    blobs.push(bytesBlob(new Uint8Array(gap)), raw_data);
    return { ...head, ...placed({ location, offset, length: raw_data.byteLength }) };
  };
  const graph = { ...model.graph, initializer: (model.graph?.initializer ?? []).map(outside) };
  return { model: { ...model, graph }, data: blobs.length === 0 ? undefined : concatBlobs(blobs) };
}

/** The fields of a tensor whose bytes are elsewhere: all values are text. */
function placed(place: Readonly<Record<string, string | number>>): TensorMessage {
  return {
    external_data: Object.entries(place).map(([key, value]) => ({ key, value: String(value) })),
    data_location: dataLocations.EXTERNAL,
  };
}
