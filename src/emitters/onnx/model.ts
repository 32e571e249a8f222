import type { TypedGraph, TypedValue } from '../../ir/graph.ts';
import { version } from '../../version.ts';
import type { OnnxContext } from './context.ts';
import { denoted, isImage } from './images.ts';
import type { Layout } from './layout.ts';
import { type Described, documentation, metadata } from './metadata.ts';
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
  const doc_string = documentation(parts.graph);
  const ownDomain = functions.length === 0 ? [] : [{ domain: functionDomain(parts.graph), version: 1 }];
  return {
    ir_version: irVersion(parts.options.opset, parts.options),
    producer_name: 'inception-cli',
    producer_version: version,
    ...(doc_string === undefined ? {} : { doc_string }),
    graph: graphMessage(parts, outlined),
    opset_import: [
      { domain: '', version: parts.options.opset },
      ...[...parts.at.domains].map(([domain, version]) => ({ domain, version })),
      ...ownDomain,
    ],
    metadata_props: metadata(described(parts, outlined)),
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

function graphMessage(parts: Parts, { nodes, isThere }: ModelNodes): Message<'Graph'> {
  const { graph, at, tensorNames } = parts;
  const { inputNameOf, layoutOf } = namesAndLayouts(parts);
  const inputs = graph.inputs.map((input) =>
    inputInfo(input, inputNameOf(input.value), layoutOf(input.value)),
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

function inputInfo(input: TypedGraph['inputs'][number], name: string, layout: Layout): ValueInfoMessage {
  const info = valueInfo(name, input.value.type, layout);
  const { description } = input.meaning;
  const described = description === undefined ? info : { ...info, doc_string: description };
  return isImage(input) ? denoted(described, layout) : described;
}

/** How the caller of the model sees inputs and outputs. */
function namesAndLayouts({ graph, options, tensorNames }: Parts) {
  return {
    inputNameOf: (value: TypedValue) => tensorNames.values.get(value.id) ?? value.name,
    layoutOf: ({ type }: TypedValue) => publicLayout(options, graph.channels, type.shape.length),
  };
}

function described(parts: Parts, { isThere }: ModelNodes): Described {
  const { graph, at, tensorNames } = parts;
  const given = new Map(tensorNames.outputs.map((o) => [o.wanted, o.name]));
  const tensorOf = ({ name, value }: TypedGraph['endPoints'][number]) => {
    const tensor = given.get(name) ?? at.read(value, 'any').name;
    return isThere(tensor) ? tensor : undefined;
  };
  return { graph, tensorOf, ...namesAndLayouts(parts) };
}
