import type { TypedGraph } from '../../../ir/graph.ts';
import type { EmitResult } from '../../emitter.ts';
import { dtypeProblems, WeightEncodings } from '../../weightEncodings.ts';
import { modelFiles } from '../modelFiles.ts';
import { type TfjsOptions, tfjsStorage } from '../options.ts';
import { countOf, type StoredTensor, weightFill } from '../storedTensor.ts';
import { lower } from './lower.ts';
import { modelParts } from './modelParts.ts';
import { callsByLayer, type Topology } from './topology.ts';

/** A model of tf.js' layers format: `model.json`, and its weights in shards beside it. */
export function emitTfjs(graph: TypedGraph, options: TfjsOptions): EmitResult {
  const wrong = dtypeProblems(graph, options.dtypes, tfjsStorage);
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const lowered = lower(graph, options);
  if (!lowered.ok) return lowered;
  const encodings = new WeightEncodings(options.dtypes);
  const tensors =
    options.weights.kind === 'none' ? undefined : storedWeights(lowered.topology, options, encodings);
  const { problems, rounding } = encodings;
  if (problems.length > 0) return { ok: false, problems };
  const files = modelFiles(modelParts(graph, lowered.topology), tensors, options.shardBytes);
  const nodes = lowered.fused.map(({ name }) => name);
  const passes = [{ pass: 'activations fused', nodes } as const];
  return { ok: true, files, rounding, ...(nodes.length === 0 ? {} : { passes }) };
}

function storedWeights(
  { layers }: Topology,
  options: TfjsOptions,
  encodings: WeightEncodings,
): readonly StoredTensor[] {
  return [...callsByLayer(layers).values()]
    .flatMap(([first]) => first?.weights ?? [])
    .map(({ name, shape, weight }) => {
      const made = () => weightFill(weight, options.weights);
      // What a filler keeps goes with it: one for the look at the numbers, and one for when they are written.
      const encoding = encodings.of(weight, { count: countOf(shape), fill: made() });
      return { name, shape, dtype: 'float32', content: made(), encoding };
    });
}
