import { problem } from '../../../diagnostics/diagnostic.ts';
import type { TypedGraph } from '../../../ir/graph.ts';
import type { EmitResult } from '../../emitter.ts';
import { dtypeProblems } from '../../weightEncodings.ts';
import { modelFiles } from '../modelFiles.ts';
import { type TfjsOptions, tfjsStorage } from '../options.ts';
import { graphModel } from './graphModel.ts';
import { lowerGraph, wantedValues } from './lower.ts';

/**
 * A model of tf.js' graph format, made for inference: `model.json` with a GraphDef, and its weights in shards beside
 * it. A graph model holds its weights as constants, so there is none without them.
 */
export function emitTfjsGraph(graph: TypedGraph, options: TfjsOptions): EmitResult {
  if (options.weights.kind === 'none') return withoutWeights;
  const wrong = dtypeProblems(graph, options.dtypes, tfjsStorage);
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const lowered = lowerGraph(graph, options);
  if (!lowered.ok) return lowered;
  const { parts, tensors } = graphModel(graph, wantedValues(graph, options), lowered.state);
  return { ok: true, files: modelFiles(parts, tensors, options.shardBytes), rounding: lowered.rounding };
}

const withoutWeights: EmitResult = {
  ok: false,
  problems: [
    {
      problem: problem('target-option', {
        target: 'tfjs graph',
        option: '--weights',
        value: 'none',
        accepted:
          'init and zeros, as a graph model holds its weights as constants; the layers format can do without',
      }),
    },
  ],
};
