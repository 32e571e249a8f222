import type { TypedGraph, TypedValue } from '../../ir/graph.ts';

/** Hands out names, each once. */
export class Names {
  readonly #taken = new Set<string>();

  /** `wanted`, or where that is taken `wanted/suffix`, then `wanted/suffix_2`, … */
  claim(wanted: string, suffix: string): string {
    const name = this.#free(wanted, suffix);
    this.#taken.add(name);
    return name;
  }

  /** `wanted`, or where that is taken `wanted_2`, `wanted_3`, … */
  claimNumbered(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${wanted}_${count}`;
    this.#taken.add(name);
    return name;
  }

  #free(wanted: string, suffix: string): string {
    if (!this.#taken.has(wanted)) return wanted;
    const base = `${wanted}/${suffix}`;
    if (!this.#taken.has(base)) return base;
    let count = 2;
    while (this.#taken.has(`${base}_${count}`)) count += 1;
    return `${base}_${count}`;
  }
}

/** A tensor that the model gives to its caller. */
export interface NamedOutput {
  /** The name in the network, of an output or of an end point. */
  readonly wanted: string;
  /** The name in the model: the same, unless an input has it. */
  readonly name: string;
  readonly value: TypedValue;
}

/** The names in a model that its users rely on. None is given twice. */
export interface TensorNames {
  readonly values: ReadonlyMap<number, string>;
  readonly weights: ReadonlyMap<string, string>;
  readonly outputs: readonly NamedOutput[];
  /** Names for all that the lowering adds. */
  readonly names: Names;
}

/** Names inputs, outputs, weights and values, in this order: who comes later yields where names clash. */
export function nameTensors(graph: TypedGraph, options: { readonly endPoints: boolean }): TensorNames {
  const names = new Names();
  const values = new Map(graph.inputs.map(({ value }) => [value.id, names.claim(value.name, 'input')]));
  const outputs = wantedOutputs(graph, options).map(({ name, value }) => ({
    wanted: name,
    name: names.claim(name, 'output'),
    value,
  }));
  for (const { name, value } of outputs) if (name === value.name) values.set(value.id, name);
  // Nodes can share a weight.
  const weightNames = new Set(graph.nodes.flatMap((n) => n.weights).map((w) => w.fullName));
  const weights = new Map([...weightNames].map((name) => [name, names.claim(name, 'weight')]));
  for (const value of graph.nodes.flatMap((n) => n.outputs)) {
    if (!values.has(value.id)) values.set(value.id, names.claim(value.name, 'value'));
  }
  return { values, weights, outputs, names };
}

function wantedOutputs(graph: TypedGraph, { endPoints }: { readonly endPoints: boolean }) {
  const outputs: { readonly name: string; readonly value: TypedValue }[] = [...graph.outputs];
  if (!endPoints) return outputs;
  const known = new Set(outputs.map((o) => o.name));
  return [...outputs, ...graph.endPoints.filter((e) => !known.has(e.name))];
}
