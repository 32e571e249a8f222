/** One of several machines that share the files of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** The share of one machine: every file is in exactly one share, and shares differ by at most one file. */
export function shareOf<T>(files: readonly T[], { index, count }: Shard): readonly T[] {
  return files.filter((_, i) => i % count === index - 1);
}
