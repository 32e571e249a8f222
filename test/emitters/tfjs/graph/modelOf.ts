import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import { blobBytes } from '../../../../src/weights/blob.ts';

export const seeded: TfjsOptions = {
  weights: { kind: 'init', seed: 1 },
  shardBytes: 4 * 1024 * 1024,
  endPoints: false,
};

/** A node of the parsed `model.json`. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** The emitted files by name. */
export function filesOf(
  graph: TypedGraph,
  options: Partial<TfjsOptions> = {},
): ReadonlyMap<string, Uint8Array> {
  const emitted = emitTfjsGraph(graph, { ...seeded, ...options });
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  return new Map(emitted.files.map(({ path, content }) => [path, blobBytes(content)]));
}

/** The parsed `model.json`. */
export function modelOf(graph: TypedGraph, options: Partial<TfjsOptions> = {}) {
  return JSON.parse(new TextDecoder().decode(filesOf(graph, options).get('model.json')));
}

export function nodesOf(graph: TypedGraph, options: Partial<TfjsOptions> = {}): readonly NodeDef[] {
  return modelOf(graph, options).modelTopology.node;
}

/** Each node but the constants as `op name <- inputs`. */
export function wiringOf(graph: TypedGraph, options: Partial<TfjsOptions> = {}): readonly string[] {
  return nodesOf(graph, options)
    .filter((n) => n.op !== 'Const')
    .map(({ op, name, input = [] }) => [op, name, ...(input.length === 0 ? [] : ['<-', ...input])].join(' '));
}

/** All shards as one. */
export function weightBytes(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return Buffer.concat([...files].filter(([name]) => name.endsWith('.bin')).map(([, bytes]) => bytes));
}

/** The numbers of each tensor in the manifest. */
export function tensorsOf(graph: TypedGraph, options: Partial<TfjsOptions> = {}) {
  const bytes = weightBytes(filesOf(graph, options));
  const [group] = modelOf(graph, options).weightsManifest;
  let at = 0;
  const entries = group.weights.map(({ name, shape, dtype }: Manifested) => {
    const end = at + 4 * shape.reduce((n, d) => n * d, 1);
    const own = Uint8Array.from(bytes.subarray(at, end)).buffer;
    at = end;
    return [name, [...(dtype === 'int32' ? new Int32Array(own) : new Float32Array(own))]];
  });
  return Object.fromEntries(entries) as Readonly<Record<string, readonly number[]>>;
}

interface Manifested {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** Why the target refuses, node by node. */
export function refusalsOf(graph: TypedGraph): readonly string[] {
  const emitted = emitTfjsGraph(graph, seeded);
  return emitted.ok
    ? []
    : emitted.problems.map(({ problem: { params } }) => `${params.op}: ${params.reason}`);
}
