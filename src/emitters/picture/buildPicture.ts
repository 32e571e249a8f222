import { visible } from '../../diagnostics/displayWidth.ts';
import type { TypedGraph, TypedValue } from '../../ir/graph.ts';
import { inOrderOf } from '../../tensor/channels.ts';
import { printDim } from '../../tensor/printDim.ts';
import { findRepeats, isRepeat, type Part, type ReadersOf, stepsOf } from './findRepeats.ts';
import { type Group, groupSteps, isGroup, type Step } from './pathTree.ts';
import type { Picture, PictureEdge, PictureItem } from './picture.ts';
import { fitted, stepBox } from './stepLines.ts';
import { shortened } from './textWidth.ts';

/** The drawing model of a network: each step a box, blocks around them, and the values that go from box to box. */
export function buildPicture(graph: TypedGraph): Picture {
  const builder = new ItemBuilder(graph);
  const groups = groupSteps(graph.nodes);
  const repeats = findRepeats(groups, readersOf(graph));
  builder.addInputs();
  for (const part of repeats.top) builder.add(part, { parent: -1, depth: 1 }, repeats);
  builder.addOutputs();
  const { name, title } = graph;
  return { name: visible(name), title: visible(title ?? name), items: builder.items, edges: builder.edges() };
}

function readersOf({ nodes, outputs }: TypedGraph): ReadersOf {
  const readers = new Map<number, Set<string>>();
  const add = (id: number, name: string) => {
    const known = readers.get(id);
    if (known === undefined) readers.set(id, new Set([name]));
    else known.add(name);
  };
  for (const { step, inputs } of nodes) for (const { id } of inputs) add(id, step);
  for (const { value } of outputs) add(value.id, ' output');
  return readers;
}

interface Place {
  readonly parent: number;
  readonly depth: number;
}

/** Numbers items, each before what is inside of it. */
class ItemBuilder {
  readonly items: PictureItem[] = [];
  readonly #graph: TypedGraph;
  /** Which item makes a value, by the value's id, and which items read it. */
  readonly #makers = new Map<number, number>();
  readonly #readers: { readonly value: TypedValue; readonly item: number }[] = [];

  constructor(graph: TypedGraph) {
    this.#graph = graph;
  }

  addInputs(): void {
    for (const { value } of this.#graph.inputs)
      this.#makers.set(value.id, this.#terminal('input', value.name));
  }

  addOutputs(): void {
    for (const { name, value } of this.#graph.outputs)
      this.#readers.push({ value, item: this.#terminal('output', name) });
  }

  #terminal(kind: 'input' | 'output', name: string): number {
    const lines = [fitted({ text: name, style: 'title' })];
    const own = kind === 'input' ? name : `output ${name}`;
    return this.#push({ kind, name: own, parent: -1, family: kind, lines, depth: 1 });
  }

  add(part: Part, place: Place, inside: ReadonlyMap<Group | Step, readonly Part[]>): void {
    if (isRepeat(part)) this.#addRepeat(part.copies, place, inside);
    else if (isGroup(part)) this.#addGroup(part, place, inside);
    else this.#addStep(part, place);
  }

  #addRepeat(
    copies: readonly (Group | Step)[],
    { parent, depth }: Place,
    inside: ReadonlyMap<Group | Step, readonly Part[]>,
  ): void {
    const [first, last] = [copies[0]?.name ?? '', copies.at(-1)?.name ?? ''];
    const name = `${first} … ${last}`;
    const at = this.#push({
      kind: 'repeat',
      name,
      parent,
      family: 'other',
      lines: [],
      depth,
      count: copies.length,
    });
    for (const copy of copies) this.add(copy, { parent: at, depth }, inside);
    this.#close(at);
  }

  #addGroup(
    group: Group,
    { parent, depth }: Place,
    inside: ReadonlyMap<Group | Step, readonly Part[]>,
  ): void {
    const lines = foldedLines(group);
    const clear = group.clear ? { clear: true as const } : {};
    const at = this.#push({
      kind: 'block',
      name: group.name,
      parent,
      family: 'other',
      lines,
      depth,
      ...clear,
    });
    for (const part of inside.get(group) ?? []) this.add(part, { parent: at, depth: depth + 1 }, inside);
    this.#close(at);
  }

  #addStep({ name, nodes }: Step, { parent, depth }: Place): void {
    const at = this.#push({ kind: 'step', name, parent, depth, ...stepBox(nodes, name) });
    const own = new Set(nodes.flatMap((n) => n.outputs.map((v) => v.id)));
    for (const id of own) this.#makers.set(id, at);
    for (const { inputs } of nodes)
      for (const value of inputs) if (!own.has(value.id)) this.#readers.push({ value, item: at });
  }

  #push(item: Omit<PictureItem, 'end'>): number {
    this.items.push({ ...item, end: this.items.length + 1 });
    return this.items.length - 1;
  }

  #close(at: number): void {
    const item = this.items[at];
    if (item !== undefined) this.items[at] = { ...item, end: this.items.length };
  }

  /** Each value that one item gives to another, once. */
  edges(): readonly PictureEdge[] {
    const { channels = 'last' } = this.#graph;
    const seen = new Set<string>();
    return this.#readers.flatMap(({ value, item }) => {
      const from = this.#makers.get(value.id);
      const key = `${value.id} ${item}`;
      if (from === undefined || seen.has(key)) return [];
      seen.add(key);
      return [{ from, to: item, value: value.id, label: shapeLabel(inOrderOf(channels, value.type.shape)) }];
    });
  }
}

function foldedLines(group: Group): PictureItem['lines'] {
  const steps = stepsOf(group).length;
  const local = group.name.slice(group.name.lastIndexOf('/') + 1);
  return [
    fitted({ text: local, style: 'title' }),
    { text: steps === 1 ? '1 step' : `${steps} steps`, style: 'detail' },
  ];
}

/** `35×35×384` of `[N, 35, 35, 384]`: figures leave out a batch that is a symbol. */
function shapeLabel(shape: TypedValue['type']['shape']): string {
  const [batch, ...rest] = shape;
  const shown = typeof batch === 'object' && rest.length > 0 ? rest : shape;
  const text =
    shown.length === 0
      ? 'scalar'
      : shown
          .map((d) => printDim(d))
          .map(bracketed)
          .join('×');
  return shortened(text, 150, 11);
}

/** Sums among factors stand in brackets. */
function bracketed(size: string): string {
  return /[^\w.]/.test(size) ? `(${size})` : size;
}
