import type { TypedGraph } from '../../../ir/graph.ts';
import { bytesBlob } from '../../../weights/blob.ts';
import type { WeightsOption } from '../../../weights/weightSource.ts';
import type { EmitResult, OutputFile } from '../../emitter.ts';
import { lower } from './lower.ts';
import { type Manifest, modelJson } from './modelJson.ts';
import { shardFiles } from '../shards.ts';
import type { Config } from './step.ts';

export interface TfjsOptions {
  readonly weights: WeightsOption;
  /** Size of a weights file; the last one may be smaller. */
  readonly shardBytes: number;
  /** Make every end point an output of the model, after the network's own. */
  readonly endPoints: boolean;
}

/** What tf.js' own converter cuts weights into: 4 MiB, which browsers cache. */
export const defaultShardBytes = 4 * 1024 * 1024;

/** A model of tf.js' layers format: `model.json`, and its weights in shards beside it. */
export function emitTfjs(graph: TypedGraph, options: TfjsOptions): EmitResult {
  const lowered = lower(graph, options);
  if (!lowered.ok) return lowered;
  const { topology } = lowered;
  if (options.weights.kind === 'none') {
    return { ok: true, files: [modelFile(modelJson(graph, topology, undefined))] };
  }
  const weights = topology.layers.flatMap((l) => l.weights);
  const shards = shardFiles(weights, options.weights, options.shardBytes);
  const manifest: Manifest = { paths: shards.map((s) => s.path), weights };
  return { ok: true, files: [modelFile(modelJson(graph, topology, manifest)), ...shards] };
}

function modelFile(json: Config): OutputFile {
  return { path: 'model.json', content: bytesBlob(new TextEncoder().encode(JSON.stringify(json))) };
}
