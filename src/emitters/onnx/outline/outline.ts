import type { Frame } from '../../../ir/graph.ts';
import { Names } from '../names.ts';
import type { NodeMessage } from '../nodeMessage.ts';
import type { Message } from '../wire/messages.ts';
import { type Body, formOf, functionMessage } from './body.ts';
import { type Item, itemsOf, type PlacedNodes, runsAt, type Uses, usesOf } from './items.ts';

type FunctionMessage = Message<'Function'>;
type TensorMessage = Message<'Tensor'>;

/** A model as it was lowered. */
export interface FlatModel extends PlacedNodes {
  /** Tensors that the caller sees. */
  readonly outputs: ReadonlySet<string>;
  /** Names of weights and constants. */
  readonly initialisers: readonly string[];
  readonly constants: ReadonlyMap<string, TensorMessage>;
  /** Of the functions. */
  readonly domain: string;
  readonly opset: number;
  /** Versions of the operator sets of others, by domain. */
  readonly domains: ReadonlyMap<string, number>;
}

/** The nodes of a model with each call of a block as one of them, and the functions that are called. */
export interface Outlined {
  readonly nodes: readonly NodeMessage[];
  readonly functions: readonly FunctionMessage[];
}

/**
 * Makes a function of each block that is called. Calls whose nodes are the same but for their names and weights share
 * one; another gets a name with a number. What is needed outside of a call is an output of its function.
 */
export function outline(model: FlatModel): Outlined {
  const items = itemsOf(model);
  const outliner = new Outliner(model, usesOf(items));
  const nodes = outliner.level(items, 0);
  return { nodes, functions: outliner.functions };
}

/**
 * Constants of at most so many bytes are written into each function that reads them: scalars, axes and shapes, which
 * inference must see. Others are given to it as weights are.
 */
const largestOwn = 128;

class Outliner {
  readonly functions: FunctionMessage[] = [];
  /** Constants that functions have themselves. */
  readonly #own: ReadonlyMap<string, TensorMessage>;
  /** What functions are given after the values. */
  readonly #weights: ReadonlySet<string>;
  readonly #model: FlatModel;
  readonly #uses: Uses;
  readonly #byForm = new Map<string, string>();
  readonly #names = new Names();
  readonly #nodeNames = new Names();

  constructor(model: FlatModel, uses: Uses) {
    this.#model = model;
    this.#uses = uses;
    const own = [...model.constants].filter(([, { raw_data }]) => (raw_data?.byteLength ?? 0) <= largestOwn);
    this.#own = new Map(own);
    this.#weights = new Set(model.initialisers.filter((name) => !this.#own.has(name)));
    for (const { name = '' } of model.nodes) this.#nodeNames.claim(name, 'node');
  }

  /** The nodes of one level: each call at this depth is one of them. */
  level(items: readonly Item[], depth: number): readonly NodeMessage[] {
    const runs = runsAt(items, depth);
    const counts = new Map<Frame | undefined, number>();
    for (const { call } of runs) counts.set(call, (counts.get(call) ?? 0) + 1);
    return runs.flatMap(({ call, items: inside }) => {
      if (call === undefined) return inside.map((item) => item.node);
      const nodes = this.level(inside, depth + 1);
      const outputs = this.#outputsOf(inside, call, depth);
      // A call whose nodes do not stand together could not be computed as one.
      const isWhole = counts.get(call) === 1 && outputs.length > 0;
      return isWhole ? [this.#called(this.#bodyOf(call, nodes, outputs))] : nodes;
    });
  }

  /** What the call makes and others read, in the order in which it is made. */
  #outputsOf(items: readonly Item[], call: Frame, depth: number): readonly string[] {
    const isSeen = (name: string) =>
      this.#model.outputs.has(name) ||
      (this.#uses.readers.get(name) ?? []).some((reader) => reader.calls[depth] !== call);
    return items.flatMap(({ node }) => node.output ?? []).filter(isSeen);
  }

  #bodyOf({ name: block }: Frame, nodes: readonly NodeMessage[], outputs: readonly string[]): Body {
    const made = new Set(nodes.flatMap((node) => node.output ?? []));
    const read = new Set(nodes.flatMap((node) => node.input ?? []));
    const given = [...read].filter((name) => name !== '' && !made.has(name) && !this.#own.has(name));
    const values = given.filter((name) => !this.#weights.has(name));
    const weights = given.filter((name) => this.#weights.has(name));
    const constants = new Map([...this.#own].filter(([name]) => read.has(name)));
    const named = nodes.filter((node) => !this.#model.transposes.has(node)).map((node) => node.name ?? '');
    return { block, call: commonPath(named) || block, nodes, values, weights, outputs, constants };
  }

  #called(body: Body): NodeMessage {
    const form = formOf(body);
    const name = this.#byForm.get(form) ?? this.#define(body);
    this.#byForm.set(form, name);
    return {
      input: [...body.values, ...body.weights],
      output: body.outputs,
      name: this.#nodeNames.claim(body.call, 'call'),
      op_type: name,
      domain: this.#model.domain,
    };
  }

  #define(body: Body): string {
    const { domain, opset, domains } = this.#model;
    const name = this.#names.claimNumbered(body.block);
    const used = new Set(body.nodes.map((node) => node.domain ?? ''));
    const others = [...used]
      .filter((d) => d !== '')
      .map((d) => ({ domain: d, version: domains.get(d) ?? 1 }));
    const opset_import = [{ domain: '', version: opset }, ...others];
    this.functions.push(functionMessage(body, { name, opset_import, domain }));
    return name;
  }
}

/** The path that all of these names lie in: `a` for `a/b` and `a/c/d`. */
function commonPath(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split('/').slice(0, -1));
  const apart = first.findIndex((part, i) => others.some((path) => path[i] !== part));
  return (apart < 0 ? first : first.slice(0, apart)).join('/');
}
