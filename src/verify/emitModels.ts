import type { EmitResult, NodeProblem, OutputFile } from '../emitters/emitter.ts';
import { emitOnnx } from '../emitters/onnx/emit.ts';
import { onnxDefaults } from '../emitters/onnx/options.ts';
import { emitTfjsGraph } from '../emitters/tfjs/graph/emitTfjsGraph.ts';
import { wantedValues } from '../emitters/tfjs/graph/lower.ts';
import { emitTfjs } from '../emitters/tfjs/layers/emitTfjs.ts';
import { defaultShardBytes } from '../emitters/tfjs/options.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { withLivelyWeights } from './livelyWeights.ts';

/** The two forms of a tf.js model. */
export const tfjsFormats = ['layers', 'graph'] as const;

export type TfjsFormat = (typeof tfjsFormats)[number];

/** Which forms of a tf.js model are compared; where not said, layers where they can say the network, else graph. */
export const formatChoices = [...tfjsFormats, 'both'] as const;

export type FormatChoice = (typeof formatChoices)[number];

/** A network in both targets with the same weights; every model gives its outputs, then its end points, in one order. */
export interface EmittedModels {
  readonly onnx: readonly OutputFile[];
  readonly tfjs: readonly TfjsModel[];
  /** The end point behind each output of the models. */
  readonly outputs: ReturnType<typeof wantedValues>;
}

export interface TfjsModel {
  readonly format: TfjsFormat;
  readonly files: readonly OutputFile[];
}

export type ModelsResult =
  | { readonly ok: true; readonly models: EmittedModels }
  | { readonly ok: false; readonly problems: readonly NodeProblem[] };

/** Emits a network to both targets, with weights of which none is left at zero or one. */
export function emitModels(
  graph: TypedGraph,
  { seed, format }: { readonly seed: number; readonly format?: FormatChoice | undefined },
): ModelsResult {
  const lively = withLivelyWeights(graph);
  const weights = { kind: 'init', seed } as const;
  const onnx = emitOnnx(lively, { ...onnxDefaults, weights, layout: 'nhwc', endPoints: true });
  const tfjs = tfjsResults(lively, seed, format);
  const problems = [onnx, ...tfjs.map(({ result }) => result)].flatMap((r) => (r.ok ? [] : r.problems));
  if (!onnx.ok || problems.length > 0) return { ok: false, problems };
  const models = tfjs.flatMap(({ result, ...made }) => (result.ok ? [{ ...made, files: result.files }] : []));
  const outputs = wantedValues(graph, { endPoints: true });
  return { ok: true, models: { onnx: onnx.files, tfjs: models, outputs } };
}

interface TfjsResult {
  readonly format: TfjsFormat;
  readonly result: EmitResult;
}

function tfjsResults(
  graph: TypedGraph,
  seed: number,
  choice: FormatChoice | undefined,
): readonly TfjsResult[] {
  const options = {
    weights: { kind: 'init', seed } as const,
    shardBytes: defaultShardBytes,
    endPoints: true,
  };
  const emitters = { layers: emitTfjs, graph: emitTfjsGraph };
  const emitted = (format: TfjsFormat) => ({ format, result: emitters[format](graph, options) });
  if (choice === 'both') return tfjsFormats.map(emitted);
  if (choice !== undefined) return [emitted(choice)];
  const layers = emitted('layers');
  return [layers.result.ok ? layers : emitted('graph')];
}
