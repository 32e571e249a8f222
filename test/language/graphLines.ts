import { type CompileOptions, compile } from '../../src/compile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { type Files, linesOf, reading } from './report.ts';

/** The graph of a spec of which there is nothing to say. */
export function graphOf(text: string, options: CompileOptions & { readonly files?: Files } = {}): TypedGraph {
  const { files, ...others } = options;
  const readFile = files === undefined ? {} : { readFile: reading(files) };
  const { graph, diagnostics } = compile(text, { name: 'net.yaml', ...readFile, ...others });
  const said = diagnostics.flatMap(linesOf);
  if (graph === undefined || said.length > 0) throw new Error(`the spec is wrong:\n${said.join('\n')}`);
  return graph;
}

/** Each node as `stem/conv_2: conv of x gives stem [N, 6, 6, 4]`; the value's name stands where it is not the node's. */
export function nodeLines({ nodes }: TypedGraph): string[] {
  return nodes.map(({ name, op, inputs, outputs }) => {
    const values = outputs.map((v) => `${v.name === name ? '' : `${v.name} `}${showShape(v.type.shape)}`);
    return `${name}: ${op} of ${inputs.map((v) => v.name).join(', ')} gives ${values.join(' and ')}`;
  });
}

/** The names of all nodes. */
export function nodeNames({ nodes }: TypedGraph): string[] {
  return nodes.map((n) => n.name);
}

/** The outputs as `logits = dense`, by the name of the output and of the value. */
export function outputLines({ outputs }: TypedGraph): string[] {
  return outputs.map((o) => `${o.name} = ${o.value.name} ${showShape(o.value.type.shape)}`);
}

/** The nodes that have an attribute of this name, as `dense_2 = 4`. */
export function valuesOf({ nodes }: TypedGraph, key: string): string[] {
  return nodes.flatMap(({ name, attributes }) => {
    const value = (attributes as Readonly<Record<string, unknown>>)[key];
    return value === undefined ? [] : [`${name} = ${JSON.stringify(value)}`];
  });
}

/** One attribute of the node `name`, and where it came from: the text there, or `op-default`. */
export function attribute({ nodes }: TypedGraph, name: string, key: string): readonly [unknown, string] {
  const node = nodes.find((n) => n.name === name);
  const origin = node?.origins[key];
  const value = (node?.attributes as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (origin === undefined || origin.kind === 'op-default') return [value, origin?.kind ?? 'no origin'];
  const { source, start, end } = origin.span;
  return [value, `${origin.kind} ${source.name}: ${source.text.slice(start, end)}`];
}
