import { findRuntimes } from '../../src/cli/verify/runtimes.ts';
import { runVerification } from '../../src/cli/verify/runVerification.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Sizes } from '../../src/tensor/evaluateDim.ts';
import type { EndPointComparison } from '../../src/verify/compareEndPoints.ts';
import { emitModels, type TfjsFormat, tfjsFormats } from '../../src/verify/emitModels.ts';
import { defaultTolerance } from '../../src/verify/verification.ts';

interface Settings {
  readonly formats?: readonly TfjsFormat[];
  readonly seed?: number;
  /** Of the symbols of its inputs; one item of the batch where left out. */
  readonly sizes?: Sizes;
}

/** Runs a network in all targets, on the wasm backend, as `verify` does; a model that does not run is thrown. */
export async function compareTargets(
  graph: TypedGraph,
  { formats = tfjsFormats, seed = 1, sizes = { N: 1 } }: Settings = {},
): Promise<readonly EndPointComparison[]> {
  const found = findRuntimes();
  if ('missing' in found) throw new Error(`not installed: ${found.missing.join(', ')}`);
  const emitted = emitModels(graph, { seed, format: formats.length === 2 ? 'both' : formats[0] });
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  const settings = { ...found, seed, sizes, samples: 1, tolerance: defaultTolerance, limitMs: 150_000 };
  const verification = await runVerification(graph, emitted.models, { ...settings, backend: 'wasm' });
  if ('unstarted' in verification) throw new Error(verification.error);
  const [failure] = verification.failures;
  if (failure !== undefined) throw new Error(`${failure.model}: ${failure.error}`);
  return verification.endPoints;
}
