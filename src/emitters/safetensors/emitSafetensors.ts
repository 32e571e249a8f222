import { problem } from '../../diagnostics/diagnostic.ts';
import type { TypedGraph, Weight } from '../../ir/graph.ts';
import { version } from '../../version.ts';
import type { DTypeRule } from '../../weights/dtypeRules.ts';
import { type Encoding, encodedBlob } from '../../weights/encoding.ts';
import { type WeightsOption, weightSource } from '../../weights/weightSource.ts';
import { safetensorsBlob, type WrittenTensor } from '../../weights/writeSafetensors.ts';
import type { EmitResult } from '../emitter.ts';
import { dtypeProblems, type Storage, WeightEncodings } from '../weightEncodings.ts';

export interface SafetensorsOptions {
  readonly weights: WeightsOption;
  /** How weights are stored; float32 where no rule fits. The last rule that fits counts. */
  readonly dtypes?: readonly DTypeRule[] | undefined;
  readonly fileName: string;
}

const storage: Storage = {
  target: 'safetensors',
  stores: ['float32', 'float16', 'bfloat16'],
  why: ', as it has no place for the scale of whole numbers',
};

const dtypeNames: Readonly<Partial<Record<Encoding['dtype'], WrittenTensor['dtype']>>> = {
  float16: 'F16',
  bfloat16: 'BF16',
};

/** The weights alone, under their full names and in Keras' layout; each is made when it is written. */
export function emitSafetensors(
  graph: TypedGraph,
  { weights, dtypes, fileName }: SafetensorsOptions,
): EmitResult {
  const source = weightSource(weights);
  if (source === undefined) return nothingToWrite();
  const wrong = dtypeProblems(graph, dtypes, storage);
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const encodings = new WeightEncodings(dtypes);
  const tensors = weightsOf(graph).map((weight): WrittenTensor => {
    const { fullName, shape } = weight;
    const floats = source.blob(weight);
    const encoding = encodings.of(weight, { count: floats.byteLength / 4, fill: source.fill(weight) });
    const dtype = dtypeNames[encoding.dtype] ?? 'F32';
    return { name: fullName, shape, dtype, content: encodedBlob(floats, encoding) };
  });
  if (encodings.problems.length > 0) return { ok: false, problems: encodings.problems };
  const metadata = { producer: `inception-cli v${version}`, network: graph.name };
  return { ok: true, files: [{ path: fileName, content: safetensorsBlob(tensors, metadata) }] };
}

/** Nodes can share a weight. */
function weightsOf({ nodes }: TypedGraph): readonly Weight[] {
  return [...new Map(nodes.flatMap((n) => n.weights).map((w) => [w.fullName, w])).values()];
}

function nothingToWrite(): EmitResult {
  const accepted = 'init, zeros or a file';
  const found = problem('target-option', {
    target: 'safetensors',
    option: '--weights',
    value: 'none',
    accepted,
  });
  return { ok: false, problems: [{ problem: found }] };
}
