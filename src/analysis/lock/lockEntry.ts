import type { TypedGraph } from '../../ir/graph.ts';
import { printDim } from '../../tensor/printDim.ts';
import { outlineOf } from '../diff/graphSummary.ts';

/** What a lock file says of one network: all that a reader of its models and checkpoints relies on. */
export interface LockEntry {
  readonly parameters: number;
  /** Multiply-adds, as a formula where a size is open. */
  readonly macs: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly endPoints: Readonly<Record<string, string>>;
  readonly weights: Readonly<Record<string, string>>;
}

/** What is locked of a network, each part sorted by name, so that one network gives the same bytes always. */
export function lockEntryOf(graph: TypedGraph): LockEntry {
  const { figures, inputs, outputs, endPoints, weights } = outlineOf(graph);
  const figure = (name: string) => printDim(figures.find((f) => f.name === name)?.value ?? 0);
  return {
    parameters: Number(figure('parameters')),
    macs: figure('MACs'),
    inputs: sorted(inputs),
    outputs: sorted(outputs),
    endPoints: sorted(endPoints),
    weights: sorted(weights),
  };
}

function sorted(texts: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
