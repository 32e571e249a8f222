import { bytesInMemory, type FileBytes, type OpenBeside, sectionOf } from '../../weights/fileBytes.ts';
import {
  elementsOf,
  type FileTensor,
  type FileTensors,
  type FloatKind,
  floatBytes,
} from '../../weights/fileTensor.ts';
import { largestFile } from './emit.ts';
import { decodeFile, type Extent } from './wire/decode.ts';
import { dataLocations, dataTypes, type Message } from './wire/messages.ts';

type TensorMessage = Message<'Tensor', Extent>;

const floats: Readonly<Record<number, FloatKind>> = {
  [dataTypes.FLOAT]: 'float32',
  [dataTypes.FLOAT16]: 'float16',
  [dataTypes.DOUBLE]: 'float64',
  [dataTypes.BFLOAT16]: 'bfloat16',
};

const typeNames = new Map<number, string>(Object.entries(dataTypes).map(([name, number]) => [number, name]));

/** The initialisers of an ONNX model. Its structure is read to find them; numbers in `raw_data` are stepped over. */
export function readOnnxWeights(file: FileBytes, open: OpenBeside): FileTensors {
  if (file.byteLength > largestFile)
    return { ok: false, reason: `it has ${file.byteLength} bytes; ONNX ends at ${largestFile}` };
  const decoded = decodeFile('Model', file);
  if (!decoded.ok)
    return { ok: false, reason: `it is no ONNX model (${decoded.fault} at byte ${decoded.offset})` };
  const { graph } = decoded.message;
  if (graph === undefined) return { ok: false, reason: 'it is no ONNX model: it has no graph' };
  const tensors: FileTensor[] = [];
  for (const tensor of graph.initializer ?? []) {
    const read = readTensor(tensor, file, open);
    if (typeof read === 'string')
      return { ok: false, reason: `the initializer ${JSON.stringify(tensor.name ?? '')} ${read}` };
    tensors.push(read);
  }
  return { ok: true, tensors };
}

/** A string says what is wrong. */
function readTensor(tensor: TensorMessage, file: FileBytes, open: OpenBeside): FileTensor | string {
  const { name = '', dims = [], data_type = 0 } = tensor;
  const shape = dims.map(Number);
  const type = Number(data_type);
  const float = floats[type];
  const described = { name, shape, dtype: typeNames.get(type) ?? `data type ${type}`, float };
  if (float === undefined) return { ...described, content: bytesInMemory(new Uint8Array(0)) };
  const content = contentOf(tensor, file, open);
  if (typeof content === 'string') return content;
  const bytes = floatBytes[float] * elementsOf(shape);
  return content.byteLength === bytes
    ? { ...described, content }
    : `has ${content.byteLength} bytes; ${described.dtype} [${shape.join(', ')}] takes ${bytes}`;
}

function contentOf(tensor: TensorMessage, file: FileBytes, open: OpenBeside): FileBytes | string {
  const { raw_data, float_data, data_location, external_data = [] } = tensor;
  if (Number(data_location ?? 0) === dataLocations.EXTERNAL) return external(external_data, open);
  if (raw_data !== undefined) return sectionOf(file, raw_data.start, raw_data.byteLength);
  if (float_data !== undefined) {
    return bytesInMemory(new Uint8Array(Float32Array.from(float_data).buffer));
  }
  const empty = (tensor.dims ?? []).some((size) => Number(size) === 0);
  return empty ? bytesInMemory(new Uint8Array(0)) : 'keeps its numbers neither in raw_data nor in float_data';
}

/** The keys of external data: location, offset and length (docs/ExternalData.md of ONNX). */
function external(entries: readonly Message<'StringStringEntry'>[], open: OpenBeside): FileBytes | string {
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  const location = values.get('location') ?? '';
  const opened = open(location);
  if (typeof opened === 'string') return `lies in ${location}: ${opened}`;
  const start = Number(values.get('offset') ?? 0);
  const byteLength = Number(values.get('length') ?? opened.byteLength - start);
  const fits = [start, byteLength].every((n) => Number.isSafeInteger(n) && n >= 0);
  return fits && start + byteLength <= opened.byteLength
    ? sectionOf(opened, start, byteLength)
    : `lies beyond the end of ${location}`;
}
