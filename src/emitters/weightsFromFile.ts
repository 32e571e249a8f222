import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { besideOnly, type FileBytes, type OpenBeside } from '../weights/fileBytes.ts';
import { fileSource } from '../weights/fileSource.ts';
import type { FileTensors } from '../weights/fileTensor.ts';
import { type Fit, fitWeights } from '../weights/fit.ts';
import { type NameMap, renamed } from '../weights/nameMap.ts';
import { schemes } from '../weights/nameSchemes.ts';
import { readSafetensors } from '../weights/readSafetensors.ts';
import { readSafetensorsIndex } from '../weights/readSafetensorsIndex.ts';
import type { WeightSource } from '../weights/weightSource.ts';
import { readOnnxWeights } from './onnx/readWeights.ts';
import { asNetworkWeights, readTfjsWeights } from './tfjs/readWeights.ts';

/** A file that may hold weights, and how its names are to be understood. */
export interface GivenFile {
  /** What messages call it; its ending tells the format. */
  readonly name: string;
  readonly bytes: FileBytes;
  readonly open: OpenBeside;
  readonly names: NameMap;
  readonly allowMissing: boolean;
  readonly allowUnexpected: boolean;
}

/** Numbers of a file that fit a network. */
export interface FittedFile extends Pick<Fit, 'missing' | 'unexpected'> {
  readonly source: WeightSource;
  readonly matched: number;
}

/**
 * The weights of a network from a file: safetensors, an index of several, a tf.js model or an ONNX model. Names, shapes
 * and types are compared before any number is read; numbers are read while they are written. What the file does not
 * hold is drawn from `otherwise`.
 */
export function weightsFromFile(
  graph: TypedGraph,
  given: GivenFile,
  otherwise: WeightSource,
): Result<FittedFile> {
  const { name, bytes, names } = given;
  const format = formatOf(name, bytes);
  if (typeof format === 'string') return fail(problem('unreadable-weights', { file: name, reason: format }));
  const read = format.read(bytes, besideOnly(given.open));
  if (!read.ok) return fail(problem('unreadable-weights', { file: name, reason: read.reason }));
  const isOurs = names.scheme.namesOf === schemes.ours.namesOf;
  const own = isOurs && format === tfjs ? asNetworkWeights(read.tensors, graph) : read.tensors;
  const fit = fitWeights(
    graph,
    { name, tensors: renamed(own, names), layout: format.layout },
    {
      scheme: names.scheme,
      allowMissing: given.allowMissing,
      allowUnexpected: given.allowUnexpected,
    },
  );
  if (fit.problems.length > 0) return fail(...fit.problems);
  const { weights, missing, unexpected } = fit;
  return ok({ source: fileSource(weights, otherwise), matched: weights.size, missing, unexpected });
}

interface Format {
  readonly layout: 'keras' | 'onnx';
  readonly read: (bytes: FileBytes, open: OpenBeside) => FileTensors;
}

const safetensors: Format = { layout: 'keras', read: readSafetensors };
const index: Format = { layout: 'keras', read: readSafetensorsIndex };
const tfjs: Format = { layout: 'keras', read: readTfjsWeights };
const onnx: Format = { layout: 'onnx', read: readOnnxWeights };

const formats: readonly (readonly [RegExp, Format])[] = [
  [/\.safetensors$/i, safetensors],
  [/\.safetensors\.index\.json$/i, index],
  [/\.json$/i, tfjs],
  [/\.onnx$/i, onnx],
];

/** What files begin with that are often taken for one of ours. */
const foreign: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a zip archive, as PyTorch and Keras save them'],
  ['\x89HDF', 'HDF5, as Keras saves it'],
  ['\x80\x02', 'a Python pickle, as older versions of PyTorch save it'],
];

/** The format that the ending names. A string says why it is none. */
function formatOf(name: string, bytes: FileBytes): Format | string {
  const found = formats.find(([ending]) => ending.test(name))?.[1];
  if (found !== undefined) return found;
  const start = String.fromCharCode(...bytes.read(0, Math.min(4, bytes.byteLength)));
  const known = foreign.find(([beginning]) => start.startsWith(beginning))?.[1];
  return `${known === undefined ? 'its ending names no format' : `it is ${known}`}; weights are read from .safetensors, .safetensors.index.json, model.json of tf.js and .onnx`;
}
