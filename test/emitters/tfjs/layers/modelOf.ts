import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { lower } from '../../../../src/emitters/tfjs/layers/lower.ts';
import type { Topology } from '../../../../src/emitters/tfjs/layers/topology.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import { blobBytes } from '../../../../src/weights/blob.ts';

export const seeded: TfjsOptions = {
  weights: { kind: 'init', seed: 1 },
  shardBytes: 4 * 1024 * 1024,
  endPoints: false,
};

/** The emitted files by name. */
export function filesOf(
  graph: TypedGraph,
  options: Partial<TfjsOptions> = {},
): ReadonlyMap<string, Uint8Array> {
  const emitted = emitTfjs(graph, { ...seeded, ...options });
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  return new Map(emitted.files.map(({ path, content }) => [path, blobBytes(content)]));
}

/** The parsed `model.json`. */
export function modelOf(graph: TypedGraph, options: Partial<TfjsOptions> = {}) {
  return JSON.parse(new TextDecoder().decode(filesOf(graph, options).get('model.json')));
}

export function topologyOf(graph: TypedGraph, options = { endPoints: false }): Topology {
  const lowered = lower(graph, options);
  if (!lowered.ok) throw new Error(JSON.stringify(lowered.problems.map((p) => p.problem)));
  return lowered.topology;
}

/** Each layer as `class name <- inbound`, config and weights left out. */
export function wiringOf(graph: TypedGraph, options = { endPoints: false }): readonly string[] {
  return topologyOf(graph, options).layers.map(({ className, name, inbound }) =>
    [className, name, ...(inbound.length === 0 ? [] : ['<-', ...inbound])].join(' '),
  );
}

/** Why the target refuses, node by node. */
export function refusalsOf(graph: TypedGraph): readonly string[] {
  const lowered = lower(graph, { endPoints: false });
  return lowered.ok
    ? []
    : lowered.problems.map(({ problem: { params } }) => `${params.op}: ${params.reason}`);
}
