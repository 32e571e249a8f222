import type { InputMeaning, TypedGraph, TypedValue } from '../../ir/graph.ts';
import { version } from '../../version.ts';
import type { OnnxContext } from './context.ts';
import type { TensorNames } from './names.ts';
import type { NodeMessage } from './nodeMessage.ts';
import { irVersion } from './opsets.ts';
import { type OnnxOptions, publicLayout } from './options.ts';
import { outline } from './outline/outline.ts';
import { type ValueInfoMessage, valueInfo } from './valueInfo.ts';
import type { Message } from './wire/messages.ts';

/** All that a model is put together from, once every node is translated. */
interface Parts {
  readonly graph: TypedGraph;
  readonly options: OnnxOptions;
  readonly at: OnnxContext;
  readonly tensorNames: TensorNames;
}

/** The ModelProto around a lowered graph: the file format and the operator set, who made it, and what the inputs and end points mean. */
export function modelMessage(parts: Parts): Message<'Model'> {
  const outlined = modelNodes(parts);
  const { functions } = outlined;
  const ownDomain = functions.length === 0 ? [] : [{ domain: functionDomain(parts.graph), version: 1 }];
  return {
    ir_version: irVersion(parts.options.opset, parts.options),
    producer_name: 'inception-cli',
    producer_version: version,
    graph: graphMessage(parts, outlined),
    opset_import: [
      { domain: '', version: parts.options.opset },
      ...[...parts.at.domains].map(([domain, version]) => ({ domain, version })),
      ...ownDomain,
    ],
    metadata_props: metadata(parts, outlined),
    ...(functions.length === 0 ? {} : { functions }),
  };
}

/** The nodes of the graph itself, and the functions that they call. */
interface ModelNodes {
  readonly nodes: readonly NodeMessage[];
  readonly functions: readonly Message<'Function'>[];
  /** Whether the graph itself has a tensor of this name; others are in functions. */
  readonly isThere: (name: string) => boolean;
}

function modelNodes({ graph, options, at, tensorNames }: Parts): ModelNodes {
  if (!options.functions) return { nodes: at.nodes, functions: [], isThere: () => true };
  const { tensors, inputs, nodes: restoring } = at.initialisers;
  const restored = restoring.flatMap(({ output = [] }) => output);
  const outlined = outline({
    nodes: at.nodes,
    frames: at.frames,
    sizes: at.sizes.nodes,
    transposes: at.transposes,
    outputs: new Set(tensorNames.outputs.map(({ name }) => name)),
    initialisers: [...[...tensors, ...inputs].map(({ name = '' }) => name), ...restored],
    constants: at.initialisers.constants,
    domain: functionDomain(graph),
    opset: options.opset,
    domains: at.domains,
  });
  const there = new Set(
    [...restoring, ...outlined.nodes].flatMap((node) => [...(node.input ?? []), ...(node.output ?? [])]),
  );
  return { ...outlined, isThere: (name) => there.has(name) };
}

/** Functions of two networks that are joined into one model keep apart. */
function functionDomain({ name }: TypedGraph): string {
  return `inception-cli.${name}`;
}

function graphMessage(
  { graph, options, at, tensorNames }: Parts,
  { nodes, isThere }: ModelNodes,
): Message<'Graph'> {
  const layoutOf = ({ type }: TypedValue) => publicLayout(options, graph.channels, type.shape.length);
  const inputs = graph.inputs.map(({ value }) =>
    valueInfo(tensorNames.values.get(value.id) ?? value.name, value.type, layoutOf(value)),
  );
  const outputs = tensorNames.outputs.map(({ name, value }) => valueInfo(name, value.type, layoutOf(value)));
  const shown = new Set([...inputs, ...outputs].map((info) => info.name));
  return {
    node: [...at.initialisers.nodes, ...nodes],
    name: graph.name,
    initializer: at.initialisers.tensors.filter(({ name = '' }) => isThere(name)),
    ...(graph.title === undefined ? {} : { doc_string: graph.title }),
    input: [...inputs, ...at.initialisers.inputs],
    output: outputs,
    value_info: innerInfos(at).filter(({ name = '' }) => !shown.has(name) && isThere(name)),
  };
}

function innerInfos(at: OnnxContext): readonly ValueInfoMessage[] {
  return at.tensors.map(({ name, layout, value }) => valueInfo(name, value.type, layout));
}

/**
 * What ONNX has no field for, as JSON: `end_points` says which tensor holds each end point of the network, `inputs`
 * what the numbers of each input mean.
 */
function metadata(
  { graph, at, tensorNames }: Parts,
  { isThere }: ModelNodes,
): readonly Message<'StringStringEntry'>[] {
  const given = new Map(tensorNames.outputs.map((o) => [o.wanted, o.name]));
  const endPoints = graph.endPoints
    .map(({ name, value }) => [name, given.get(name) ?? at.read(value, 'any').name] as const)
    .filter(([, tensor]) => isThere(tensor));
  const meanings = graph.inputs.flatMap(({ value, meaning }) =>
    isEmpty(meaning) ? [] : [[tensorNames.values.get(value.id) ?? value.name, meaning] as const],
  );
  return [entry('end_points', endPoints), entry('inputs', meanings)].flat();
}

function entry(
  key: string,
  items: readonly (readonly [string, unknown])[],
): readonly Message<'StringStringEntry'>[] {
  return items.length === 0 ? [] : [{ key, value: JSON.stringify(Object.fromEntries(items)) }];
}

function isEmpty(meaning: InputMeaning): boolean {
  return Object.values(meaning).every((value) => value === undefined);
}
