import type { TypedGraph } from '../../ir/graph.ts';
import { isMapRank } from '../../tensor/channels.ts';
import { dimData } from '../../tensor/printDim.ts';
import { version } from '../../version.ts';
import { bytesBlob } from '../../weights/blob.ts';
import type { Encoding } from '../../weights/encoding.ts';
import type { OutputFile } from '../emitter.ts';
import type { Json, JsonObject } from './json.ts';
import { shardFiles } from './shards.ts';
import type { StoredTensor } from './storedTensor.ts';

/** What is said of a model beside its weights, in one of tf.js' two formats. */
export interface ModelParts {
  readonly format: 'layers-model' | 'graph-model';
  readonly modelTopology: JsonObject;
  readonly signature?: JsonObject;
  readonly userDefinedMetadata: JsonObject;
}

/**
 * `model.json` (ModelJSON in tfjs-core/src/io/types.ts) and the weights in shards beside it, in the order of the
 * manifest. Without `tensors` the model says nothing of weights.
 */
export function modelFiles(
  parts: ModelParts,
  tensors: readonly StoredTensor[] | undefined,
  shardBytes: number,
): readonly OutputFile[] {
  const shards = tensors === undefined ? [] : shardFiles(tensors, shardBytes);
  const { format, userDefinedMetadata, ...description } = parts;
  const manifest = tensors === undefined ? {} : { weightsManifest: manifestOf(tensors, shards) };
  const json = {
    format,
    generatedBy: `inception-cli v${version}`,
    convertedBy: null,
    ...description,
    ...manifest,
    userDefinedMetadata,
  };
  const content = bytesBlob(new TextEncoder().encode(JSON.stringify(json)));
  return [{ path: 'model.json', content }, ...shards];
}

function manifestOf(tensors: readonly StoredTensor[], shards: readonly OutputFile[]): readonly Json[] {
  if (tensors.length === 0) return [];
  const weights = tensors.map(({ name, shape, dtype, encoding }) => ({
    name,
    shape,
    dtype,
    ...quantizationOf(encoding),
  }));
  return [{ paths: shards.map((s) => s.path), weights }];
}

/** As tf.js' own converter writes it (tfjs-converter/python/tensorflowjs/write_weights.py). */
function quantizationOf(encoding: Encoding = { dtype: 'float32' }): JsonObject {
  const { dtype } = encoding;
  if (dtype === 'float32') return {};
  const affine = 'scale' in encoding ? { min: encoding.min, scale: encoding.scale } : {};
  return { quantization: { dtype, ...affine, original_dtype: 'float32' } };
}

/**
 * The network's title, what its inputs and the entries of its outputs mean, and the tensors or layers behind its names.
 * A shape says the names of open sizes, which tf.js itself forgets; maps are channels last, however the spec writes them.
 */
export function metadataOf(
  graph: TypedGraph,
  { outputs, endPoints }: { readonly outputs: JsonObject; readonly endPoints: JsonObject },
): JsonObject {
  const labels = graph.outputs.flatMap((output) =>
    output.labels === undefined ? [] : [[output.name, output.labels.names] as const],
  );
  return {
    ...(graph.title === undefined ? {} : { title: graph.title }),
    inputs: graph.inputs.map(inputJson),
    outputs,
    ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels) }),
    endPoints,
  };
}

function inputJson({ value: { name, type }, meaning }: TypedGraph['inputs'][number]): JsonObject {
  const { shape } = type;
  const layout = isMapRank(shape.length) ? { layout: shape.length === 4 ? 'NHWC' : 'NDHWC' } : {};
  const dims = shape.map(dimData);
  return { name, shape: dims, ...layout, ...meaning };
}
