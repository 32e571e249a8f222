import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';

/** What a network computes, reduced to what memory asks of it: steps that read values and give values, by number. */
export interface Schedule {
  readonly steps: readonly Step[];
  readonly values: readonly TypedValue[];
  /** Values that are there before the first step. */
  readonly given: readonly number[];
  /** Values that stay to the end. */
  readonly kept: ReadonlySet<number>;
  /** The steps that read each value, by the value's number. */
  readonly readers: readonly (readonly number[])[];
  /** The step that gives each value; -1 for one that is given. */
  readonly makers: readonly number[];
}

export interface Step {
  readonly node: TypedNode;
  /** Each value once, however often it is read. */
  readonly reads: readonly number[];
  readonly gives: readonly number[];
}

/** The steps of a network in the order in which they stand. */
export function scheduleOf(graph: TypedGraph): Schedule {
  const numbers = new Map<number, number>();
  const values: TypedValue[] = [];
  const numberOf = (value: TypedValue): number => {
    const known = numbers.get(value.id);
    if (known !== undefined) return known;
    values.push(value);
    numbers.set(value.id, values.length - 1);
    return values.length - 1;
  };
  const given = graph.inputs.map(({ value }) => numberOf(value));
  const steps = graph.nodes.map((node) => ({
    node,
    reads: [...new Set(node.inputs.map(numberOf))],
    gives: node.outputs.map(numberOf),
  }));
  const kept = new Set(graph.outputs.map(({ value }) => numberOf(value)));
  const makers = values.map(() => -1);
  for (const [index, { gives }] of steps.entries()) for (const value of gives) makers[value] = index;
  return { steps, values, given, kept, readers: readersOf(steps, values.length), makers };
}

function readersOf(steps: readonly Pick<Step, 'reads'>[], count: number): readonly (readonly number[])[] {
  const readers: number[][] = Array.from({ length: count }, () => []);
  for (const [index, { reads }] of steps.entries()) {
    for (const value of reads) readers[value]?.push(index);
  }
  return readers;
}

/**
 * The values that are in memory while each step runs, the steps in the order in which they stand: what it reads and
 * gives, and what a later step reads or the network gives. Nothing is computed in place of what it reads.
 */
export function liveValues({ steps, given, kept, readers }: Schedule): readonly (readonly number[])[] {
  const live = new Set(given);
  return steps.map(({ reads, gives }, index) => {
    for (const value of gives) live.add(value);
    const now = [...live];
    for (const value of [...reads, ...gives]) {
      const last = readers[value]?.at(-1) ?? -1;
      if (last <= index && !kept.has(value)) live.delete(value);
    }
    return now;
  });
}
