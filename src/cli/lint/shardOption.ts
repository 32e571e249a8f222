import { InvalidArgumentError } from 'commander';
import type { Shard } from './shard.ts';

/** `2/3`. */
export function shard(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new InvalidArgumentError('it must be I/N with 1 ≤ I ≤ N.');
  return { index, count };
}
