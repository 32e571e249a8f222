import type { TypedGraph } from '../../ir/graph.ts';
import { type FileBytes, joinedFiles, type OpenBeside, sectionOf } from '../../weights/fileBytes.ts';
import { elementsOf, type FileTensor, type FileTensors, type FloatKind } from '../../weights/fileTensor.ts';
import { lower } from './layers/lower.ts';

const valueBytes: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  complex64: 8,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** The tensors of a tf.js model by its manifest (`weightsManifest` of ModelJSON in tfjs-core/src/io/types.ts). */
export function readTfjsWeights(modelJson: FileBytes, open: OpenBeside): FileTensors {
  const groups = groupsOf(modelJson);
  if (typeof groups === 'string') return { ok: false, reason: groups };
  const tensors: FileTensor[] = [];
  for (const group of groups) {
    const read = readGroup(group, open);
    if (typeof read === 'string') return { ok: false, reason: read };
    tensors.push(...read);
  }
  return { ok: true, tensors };
}

function groupsOf(modelJson: FileBytes): readonly unknown[] | string {
  const model = parsed(new TextDecoder().decode(modelJson.read(0, modelJson.byteLength)));
  if (model === undefined) return 'it is not JSON';
  const { weightsManifest } = model;
  return Array.isArray(weightsManifest)
    ? weightsManifest
    : 'it has no `weightsManifest`: it is no tf.js model with weights';
}

function parsed(text: string): Partial<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return recordOf(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function recordOf(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The tensors of a group stand one after the other in its files. A string says what is wrong. */
function readGroup(group: unknown, open: OpenBeside): readonly FileTensor[] | string {
  const { paths, weights } = recordOf(group);
  if (!isTexts(paths) || !Array.isArray(weights))
    return 'a group of its `weightsManifest` has no `paths` and `weights`';
  const files: FileBytes[] = [];
  for (const path of paths) {
    const file = open(path);
    if (typeof file === 'string') return `${path}: ${file}`;
    files.push(file);
  }
  return placed(weights, joinedFiles(files));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function placed(weights: readonly unknown[], content: FileBytes): readonly FileTensor[] | string {
  const tensors: FileTensor[] = [];
  let start = 0;
  for (const weight of weights) {
    const described = describe(weight);
    if (typeof described === 'string') return described;
    const { bytes, ...tensor } = described;
    tensors.push({ ...tensor, content: sectionOf(content, start, bytes) });
    start += bytes;
  }
  return start === content.byteLength
    ? tensors
    : `its weights take ${start} bytes, but its files have ${content.byteLength}`;
}

/** What the manifest says of a weight. A string says what is wrong. */
function describe(weight: unknown): (Omit<FileTensor, 'content'> & { readonly bytes: number }) | string {
  const { name, shape, dtype, quantization } = recordOf(weight);
  if (typeof name !== 'string') return 'a weight has no name';
  const stored = quantization === undefined ? dtype : recordOf(quantization).dtype;
  if (!isCounts(shape)) return `the weight ${JSON.stringify(name)} has no shape of whole numbers`;
  const size =
    typeof stored === 'string' && Object.hasOwn(valueBytes, stored) ? valueBytes[stored] : undefined;
  if (typeof stored !== 'string' || size === undefined) {
    return `the weight ${JSON.stringify(name)} has the dtype ${JSON.stringify(stored)}, which is not read`;
  }
  const said = quantization === undefined ? stored : `${stored} (quantised ${String(dtype)})`;
  const float =
    quantization === undefined
      ? floats[stored]
      : dtype === 'float32'
        ? quantised(stored, recordOf(quantization))
        : undefined;
  return { name, shape, dtype: said, float, bytes: size * elementsOf(shape) };
}

const floats: Readonly<Record<string, FloatKind>> = { float32: 'float32', float16: 'float16' };

/** float16 is half of each number; integers stand for numbers by a scale and a least value. */
function quantised(stored: string, { scale, min }: Partial<Record<string, unknown>>): FileTensor['float'] {
  if (stored === 'float16') return 'float16';
  const known = typeof scale === 'number' && typeof min === 'number';
  return known && (stored === 'uint8' || stored === 'uint16') ? { steps: stored, scale, min } : undefined;
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/**
 * The tensors with the names and shapes of the network's weights where a layer keeps one in a form of its own: a
 * convolution of groups of one channel is a DepthwiseConv2D with a `depthwise_kernel`. The numbers stand in the same order.
 */
export function asNetworkWeights(tensors: readonly FileTensor[], graph: TypedGraph): readonly FileTensor[] {
  const lowered = lower(graph, { endPoints: false });
  if (!lowered.ok) return tensors;
  const kept = new Map(lowered.topology.layers.flatMap((l) => l.weights).map((w) => [w.name, w]));
  return tensors.map((tensor) => {
    const layer = kept.get(tensor.name);
    return layer === undefined || String(layer.shape) !== String(tensor.shape)
      ? tensor
      : { ...tensor, name: layer.weight.fullName, shape: layer.weight.shape };
  });
}
