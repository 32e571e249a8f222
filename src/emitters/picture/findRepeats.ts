import type { Frame } from '../../ir/graph.ts';
import { printDim } from '../../tensor/printDim.ts';
import { type Group, isGroup, type Step } from './pathTree.ts';

/** Copies of one step or block that a `repeat` made, one after the other. */
export interface Repeat {
  readonly copies: readonly (Group | Step)[];
}

export type Part = Group | Step | Repeat;

/** Tells what was repeated. */
export function isRepeat(part: Part): part is Repeat {
  return 'copies' in part;
}

/** What reads each value, by the value's id: the names of steps. Where the network gives it, a name that no step has. */
export type ReadersOf = ReadonlyMap<number, ReadonlySet<string>>;

/**
 * Puts copies that are alike into repeats, at every depth: they come from one place of the text, do the same at the same
 * sizes, and each goes on from the one before, whose values nothing else reads.
 */
export function findRepeats(
  parts: readonly (Group | Step)[],
  readers: ReadersOf,
): ReadonlyMap<Group | Step, Part[]> & { readonly top: Part[] } {
  const signatures = new Signatures();
  const found = new Map<Group | Step, Part[]>();
  const within = (children: readonly (Group | Step)[]): Part[] => {
    for (const child of children) if (isGroup(child)) found.set(child, within(child.children));
    return runsOf(children, signatures, readers);
  };
  return Object.assign(found, { top: within(parts) });
}

function runsOf(parts: readonly (Group | Step)[], signatures: Signatures, readers: ReadersOf): Part[] {
  const made: Part[] = [];
  let run: (Group | Step)[] = [];
  const close = () => {
    if (run.length > 1) made.push({ copies: run });
    else made.push(...run);
    run = [];
  };
  for (const part of parts) {
    const last = run.at(-1);
    if (
      last !== undefined &&
      (signatures.of(last) !== signatures.of(part) || !goesOnlyTo(last, part, readers))
    )
      close();
    run.push(part);
  }
  close();
  return made;
}

/** Whether what leaves the first part is read by the second, and by nothing else. */
function goesOnlyTo(first: Group | Step, second: Group | Step, readers: ReadersOf): boolean {
  const [own, next] = [namesIn(first), namesIn(second)];
  const leaving = stepsOf(first)
    .flatMap(({ nodes }) => nodes.flatMap((n) => n.outputs))
    .flatMap(({ id }) => [...(readers.get(id) ?? [])].filter((reader) => !own.has(reader)));
  return leaving.length > 0 && leaving.every((reader) => next.has(reader));
}

function namesIn(part: Group | Step): ReadonlySet<string> {
  return new Set(stepsOf(part).map(({ name }) => name));
}

/** All steps of a part, in order. */
export function stepsOf(part: Group | Step): readonly Step[] {
  return isGroup(part) ? part.children.flatMap(stepsOf) : [part];
}

/** Gives parts that are alike the same number. */
class Signatures {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Group | Step, number>();

  of(part: Group | Step): number {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const text = signatureText(part);
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    this.#known.set(part, number);
    return number;
  }
}

/** What its nodes do, where each is written, and which values they read: counted from its first, or from outside. */
function signatureText(part: Group | Step): string {
  const numbers = new Map<number, number>();
  const outside = new Map<number, number>();
  const source = (id: number) => {
    const inside = numbers.get(id);
    if (inside !== undefined) return inside;
    if (!outside.has(id)) outside.set(id, -1 - outside.size);
    return outside.get(id);
  };
  const nodes = stepsOf(part).flatMap((step) => step.nodes);
  return JSON.stringify(
    nodes.map(({ op, attributes, inputs, outputs, span, frame }) => {
      const reads = inputs.map(({ id }) => source(id));
      for (const { id } of outputs) numbers.set(id, numbers.size);
      const shapes = outputs.map(({ type }) => type.shape.map(printDim));
      return [op, attributes, reads, shapes, span.source.name, span.start, ...calls(frame)];
    }),
  );
}

function calls({ call, parent }: Frame): readonly (number | string)[] {
  return [
    ...(call === undefined ? [] : [call.source.name, call.start]),
    ...(parent === undefined ? [] : calls(parent)),
  ];
}
