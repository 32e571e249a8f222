import {
  type Change,
  type Dim,
  type FigureChange,
  type GraphDiff,
  lostMeanings,
  lostWeights,
  printDim,
  withThousands,
} from '../../index.ts';

/** Two networks that were compared, and what they are called. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly diff: GraphDiff;
  /** What of a file of weights does not fit the network after. */
  readonly misfits: readonly string[];
}

/** `breaking: 2 weights of a checkpoint no longer load, 1 output is another` */
export function verdict({ diff, misfits }: Compared, breaking: boolean): string {
  const lost = lostWeights(diff).length;
  const fresh = diff.weights.length - lost;
  const parts = [
    ...(lost === 0
      ? []
      : [`${counted(lost, 'weight')} of a checkpoint no longer ${lost === 1 ? 'loads' : 'load'}`]),
    ...(diff.inputs.length === 0 ? [] : ['inputs changed']),
    ...(diff.outputs.length === 0 ? [] : ['outputs changed']),
    ...meaningParts(diff),
    ...(misfits.length === 0 ? [] : ['the file of weights does not fit']),
    ...(fresh === 0 ? [] : [`${counted(fresh, 'new weight')}`]),
    ...(diff.nodes.length === 0 ? [] : [`${counted(diff.nodes.length, 'node')} changed`]),
  ];
  if (parts.length === 0) return 'the same network';
  return `${breaking ? 'breaking' : 'compatible'}: ${parts.join(', ')}`;
}

function meaningParts(diff: GraphDiff): readonly string[] {
  if (diff.meanings.length === 0) return [];
  return [lostMeanings(diff).length > 0 ? 'what numbers mean changed' : 'it is said what numbers mean'];
}

/** `3 weights` */
export function counted(count: number, noun: string): string {
  return `${withThousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1,000 → 1,200 (+200)` */
export function figureText({ before, after, delta }: FigureChange): string {
  const difference = delta === undefined || delta === 0 ? '' : ` (${signed(delta)})`;
  return `${number(before)} → ${number(after)}${difference}`;
}

/** `+200`, `-200`, `+8*N` */
export function signed(delta: Dim): string {
  const text = number(delta);
  return text.startsWith('-') ? text : `+${text}`;
}

/** What a name had and has. */
export function changeText({ before, after, likely }: Omit<Change, 'name'>): string {
  const guess = likely === undefined ? '' : ` (perhaps now ${likely})`;
  if (before === undefined) return `new, ${after ?? ''}`;
  if (after === undefined) return `gone, was ${before}${guess}`;
  return `${before} → ${after}`;
}

function number(value: Dim): string {
  if (typeof value !== 'number') return printDim(value);
  return value < 0 ? `-${withThousands(-value)}` : withThousands(value);
}
