import { Names } from '../names.ts';
import { type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { attributeTypes, type Message } from '../wire/messages.ts';

type TensorMessage = Message<'Tensor'>;

/** The nodes of one call of a block, and what goes in and out of them. */
export interface Body {
  /** Of the block. */
  readonly block: string;
  /** The name of the call, which the names in it begin with. */
  readonly call: string;
  readonly nodes: readonly NodeMessage[];
  /** Tensors that the call reads and does not make, by what they are. */
  readonly values: readonly string[];
  readonly weights: readonly string[];
  readonly outputs: readonly string[];
  /** Constants that the nodes read, by name; a function brings them along, as it has no initialisers. */
  readonly constants: ReadonlyMap<string, TensorMessage>;
}

/** What is the same for two calls that can be one function: the body with its tensors numbered instead of named. */
export function formOf({ block, nodes, values, weights, outputs, constants }: Body): string {
  const numbers = new Map<string, string>([['', '']]);
  for (const [i, name] of values.entries()) numbers.set(name, `value ${i}`);
  for (const [i, name] of weights.entries()) numbers.set(name, `weight ${i}`);
  for (const name of constants.keys()) numbers.set(name, name);
  const numberOf = (name: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = `tensor ${numbers.size}`;
    numbers.set(name, number);
    return number;
  };
  const lines = nodes.map(({ op_type, domain, attribute, input = [], output = [] }) => [
    domain,
    op_type,
    attribute,
    input.map(numberOf),
    output.map(numberOf),
  ]);
  return JSON.stringify([block, values.length, weights.length, lines, outputs.map(numberOf)], asText);
}

/** JSON has no infinity, no negative zero and no bigint. */
function asText(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  return typeof value === 'number' ? (Object.is(value, -0) ? '-0' : `${value}`) : value;
}

/** The body as a function. Its names are those of this call without the name of the call; what it is given is `x`. */
export function functionMessage(body: Body, head: Message<'Function'>): Message<'Function'> {
  const { call } = body;
  const tensors = new Renaming(call);
  for (const name of body.values) tensors.give(name, 'x');
  if (body.outputs.includes(call)) tensors.give(call, 'y');
  const nodeNames = new Renaming(call);
  const input = [...body.values, ...body.weights].map((name) => tensors.of(name));
  const constants = [...body.constants].map(([name, tensor]) => constantNode(tensors.of(name), tensor));
  const nodes = body.nodes.map((node) => ({
    ...node,
    name: nodeNames.of(node.name ?? ''),
    input: (node.input ?? []).map((name) => tensors.of(name)),
    output: (node.output ?? []).map((name) => tensors.of(name)),
  }));
  const output = body.outputs.map((name) => tensors.of(name));
  return { ...head, input, output, node: [...constants, ...nodes] };
}

/** Names within a function: the same name always becomes the same, and two never become one. */
class Renaming {
  readonly #call: string;
  readonly #names = new Names();
  readonly #known = new Map([['', '']]);

  constructor(call: string) {
    this.#call = call;
  }

  give(name: string, wanted: string): string {
    const given = this.#known.get(name) ?? this.#names.claimNumbered(wanted);
    this.#known.set(name, given);
    return given;
  }

  of(name: string): string {
    const prefix = `${this.#call}/`;
    return this.give(name, name.startsWith(prefix) ? name.slice(prefix.length) : name);
  }
}

function constantNode(name: string, { name: _, ...tensor }: TensorMessage): NodeMessage {
  const attributes = { value: { t: tensor, type: attributeTypes.TENSOR } };
  return nodeMessage('Constant', { name, inputs: [], outputs: [name], attributes });
}
