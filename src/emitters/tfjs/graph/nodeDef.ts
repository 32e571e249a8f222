import type { JsonObject } from '../json.ts';
import type { Draft, GraphFunction, Tensor } from './draft.ts';

/** The names of the nodes of a model, those in its functions among them. */
export type NodeNames = ReadonlyMap<Draft, string>;

/** A node as the GraphDef has it. */
export function nodeDef(draft: Draft, names: NodeNames): JsonObject {
  const { op, inputs, attributes, functions } = draft;
  const input = inputs.map((tensor) => tensorName(tensor, names));
  const called = functions === undefined ? {} : { cond: func(functions.cond), body: func(functions.body) };
  return {
    name: nameOf(draft, names),
    op,
    ...(input.length === 0 ? {} : { input }),
    attr: { ...attributes, ...called },
  };
}

function func({ name }: GraphFunction): JsonObject {
  return { func: { name } };
}

/** Output 0 is called as its node, the others `<node>:<output>`. */
export function tensorName({ draft, output }: Tensor, names: NodeNames): string {
  return output === 0 ? nameOf(draft, names) : `${nameOf(draft, names)}:${output}`;
}

/** What a node is called. */
export function nameOf(draft: Draft, names: NodeNames): string {
  const name = names.get(draft);
  if (name === undefined) throw new Error(`${draft.wanted} is read, but is not part of the model`);
  return name;
}
