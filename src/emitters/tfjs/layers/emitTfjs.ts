import type { TypedGraph } from '../../../ir/graph.ts';
import type { EmitResult } from '../../emitter.ts';
import { modelFiles } from '../modelFiles.ts';
import type { TfjsOptions } from '../options.ts';
import { type StoredTensor, weightFill } from '../storedTensor.ts';
import { lower } from './lower.ts';
import { modelParts } from './modelParts.ts';
import { callsByLayer, type Topology } from './topology.ts';

/** A model of tf.js' layers format: `model.json`, and its weights in shards beside it. */
export function emitTfjs(graph: TypedGraph, options: TfjsOptions): EmitResult {
  const lowered = lower(graph, options);
  if (!lowered.ok) return lowered;
  const tensors = options.weights.kind === 'none' ? undefined : storedWeights(lowered.topology, options);
  return { ok: true, files: modelFiles(modelParts(graph, lowered.topology), tensors, options.shardBytes) };
}

function storedWeights({ layers }: Topology, options: TfjsOptions): readonly StoredTensor[] {
  return [...callsByLayer(layers).values()]
    .flatMap(([first]) => first?.weights ?? [])
    .map(({ name, shape, weight }) => ({
      name,
      shape,
      dtype: 'float32',
      content: weightFill(weight, options.weights),
    }));
}
