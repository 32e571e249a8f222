import type { TypedGraph } from '../../ir/graph.ts';
import { printDim } from '../../tensor/printDim.ts';
import { outlineOf } from '../diff/graphSummary.ts';
import { computationOf } from './computation.ts';

/** What a lock file says of one network: all that a reader of its models and checkpoints relies on. */
export interface LockEntry {
  readonly parameters: number;
  /** Multiply-adds, as a formula where a size is open. */
  readonly macs: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly endPoints: Readonly<Record<string, string>>;
  readonly weights: Readonly<Record<string, string>>;
  // What follows is missing in lock files of an older version, and is not compared then.
  /** The names of inputs and outputs in their order, by which runtimes number them. */
  readonly inputOrder?: readonly string[];
  readonly outputOrder?: readonly string[];
  /** What the numbers of inputs mean: `image range` → `[0, 1]`. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** What the entries of outputs stand for. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** A hash of what the layers do with what they read; shapes and weights may be the same where this is another. */
  readonly computation?: string;
}

/** What is locked of a network, each part sorted by name, so that one network gives the same bytes always. */
export function lockEntryOf(graph: TypedGraph): Required<LockEntry> {
  const { figures, inputs, outputs, endPoints, weights, meanings, labels } = outlineOf(graph);
  const figure = (name: string) => printDim(figures.find((f) => f.name === name)?.value ?? 0);
  return {
    parameters: Number(figure('parameters')),
    macs: figure('MACs'),
    inputs: sorted(inputs),
    outputs: sorted(outputs),
    endPoints: sorted(endPoints),
    weights: sorted(weights),
    inputOrder: [...inputs.keys()],
    outputOrder: [...outputs.keys()],
    meanings: sorted(meanings),
    labels: sorted(labels),
    computation: computationOf(graph.nodes),
  };
}

function sorted<T>(entries: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
