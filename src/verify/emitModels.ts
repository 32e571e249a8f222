import type { EmitResult, NodeProblem, OutputFile } from '../emitters/emitter.ts';
import { emitOnnx } from '../emitters/onnx/emit.ts';
import { onnxDefaults } from '../emitters/onnx/options.ts';
import { emitTfjsGraph } from '../emitters/tfjs/graph/emitTfjsGraph.ts';
import { wantedValues } from '../emitters/tfjs/graph/lower.ts';
import { emitTfjs } from '../emitters/tfjs/layers/emitTfjs.ts';
import { defaultShardBytes } from '../emitters/tfjs/options.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { optimize } from '../passes/optimize.ts';
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

export interface ModelsOptions {
  readonly seed: number;
  readonly format?: FormatChoice | undefined;
  /** Compare the models that are emitted optimised; of the end points those that they still compute. */
  readonly optimize?: boolean | undefined;
}

/** Emits a network to both targets, with weights of which none is left at zero or one. */
export function emitModels(written: TypedGraph, options: ModelsOptions): ModelsResult {
  const { seed } = options;
  const lively = asEmitted(withLivelyWeights(written), options);
  const weights = { kind: 'init', seed } as const;
  const onnx = emitOnnx(lively, { ...onnxDefaults, weights, layout: 'nhwc', endPoints: true });
  const tfjs = tfjsResults(lively, options);
  const problems = [onnx, ...tfjs.map(({ result }) => result)].flatMap((r) => (r.ok ? [] : r.problems));
  if (!onnx.ok || problems.length > 0) return { ok: false, problems };
  const models = tfjs.flatMap(({ result, ...made }) => (result.ok ? [{ ...made, files: result.files }] : []));
  const outputs = wantedValues(lively, { endPoints: true });
  return { ok: true, models: { onnx: onnx.files, tfjs: models, outputs } };
}

/** What `emit` would write of the network: its end points are no outputs there, and need not all be kept. */
function asEmitted(graph: TypedGraph, { optimize: asked }: ModelsOptions): TypedGraph {
  return asked === true ? optimize(graph, { endPoints: false, foldsWeights: true }).graph : graph;
}

interface TfjsResult {
  readonly format: TfjsFormat;
  readonly result: EmitResult;
}

function tfjsResults(
  graph: TypedGraph,
  { seed, format: choice, optimize: asked = false }: ModelsOptions,
): readonly TfjsResult[] {
  const options = {
    weights: { kind: 'init', seed } as const,
    shardBytes: defaultShardBytes,
    endPoints: true,
    fuseActivations: asked,
  };
  const emitters = { layers: emitTfjs, graph: emitTfjsGraph };
  const emitted = (format: TfjsFormat) => ({ format, result: emitters[format](graph, options) });
  if (choice === 'both') return tfjsFormats.map(emitted);
  if (choice !== undefined) return [emitted(choice)];
  const layers = emitted('layers');
  return [layers.result.ok ? layers : emitted('graph')];
}
