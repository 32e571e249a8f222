import { InvalidArgumentError } from 'commander';

/** One of several machines that share the files of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** `2/3`. */
export function shard(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new InvalidArgumentError('it must be I/N with 1 ≤ I ≤ N.');
  return { index, count };
}

/** The share of one machine: every file is in exactly one share, and shares differ by at most one file. */
export function shareOf<T>(files: readonly T[], { index, count }: Shard): readonly T[] {
  return files.filter((_, i) => i % count === index - 1);
}
