import { axisBefore, manner, sameDim } from '../ir/derivation.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../ir/graph.ts';
import { printDim } from '../tensor/printDim.ts';
import type { Texts } from './provenance.ts';

/**
 * How sizes came about, as `explain` says it: the chain from an input through each step that changed a size. Chains share
 * their beginnings, so that a page holds each link once.
 */
export class SizeChains {
  /** Two numbers for each link: its words, and the link before it, or -1. */
  readonly links: number[] = [];
  readonly #texts: Texts;
  /** The last link for each axis of each value, by the value's id. */
  readonly #ends = new Map<number, readonly number[]>();

  constructor({ inputs, nodes }: TypedGraph, texts: Texts) {
    this.#texts = texts;
    for (const { value } of inputs) this.#begin(value);
    const values = new Map(inputs.map(({ value }) => [value.id, value]));
    for (const node of nodes) {
      const [first] = node.inputs;
      const source = first === undefined ? undefined : values.get(first.id);
      for (const value of node.outputs) {
        values.set(value.id, value);
        if (source === undefined) this.#begin(value);
        else this.#go(value, { source, node });
      }
    }
  }

  /** The last link for each axis of what a node makes; undefined where no size was changed on the way. */
  of({ outputs }: TypedNode): readonly number[] | undefined {
    const ends = outputs[0] === undefined ? undefined : this.#ends.get(outputs[0].id);
    return ends?.some((end) => this.#before(end) >= 0) ? ends : undefined;
  }

  #before(link: number): number {
    return this.links[2 * link + 1] ?? -1;
  }

  #begin({ id, name, type }: TypedValue): void {
    this.#ends.set(
      id,
      type.shape.map((dim) => this.#add(`${name} ${printDim(dim)}`, -1)),
    );
  }

  #go({ id, type }: TypedValue, { source, node }: { source: TypedValue; node: TypedNode }): void {
    const before = this.#ends.get(source.id) ?? [];
    const ends = type.shape.map((dim, axis) => {
      const from = axisBefore(axis, type, source.type);
      const end = before[from] ?? -1;
      if (from === axis && sameDim(dim, source.type.shape[from])) return end;
      return this.#add(`${node.step} (${manner(node)}) ${printDim(dim)}`, end);
    });
    this.#ends.set(id, ends);
  }

  #add(words: string, before: number): number {
    return this.links.push(this.#texts.add(words), before) / 2 - 1;
  }
}
