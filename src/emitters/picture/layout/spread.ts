/** Things that stand as close together as they may, and move as one. */
interface Block {
  readonly count: number;
  readonly weight: number;
  /** Where its first is wanted, on the whole. */
  readonly place: number;
}

/**
 * Places in a row, in order and `needs` apart, so that the squares of their distances from where they are wanted, each
 * by its weight, are least: the pool of adjacent violators, as isotonic regression has it.
 */
export function spread(
  wanted: readonly number[],
  weights: readonly number[],
  needs: readonly number[],
): readonly number[] {
  const offsets = [0];
  for (const need of needs) offsets.push((offsets.at(-1) ?? 0) + need);
  const blocks: Block[] = [];
  for (const [i, wish] of wanted.entries()) {
    let block: Block = { count: 1, weight: weights[i] ?? 1, place: wish - (offsets[i] ?? 0) };
    for (let before = blocks.at(-1); before !== undefined && before.place >= block.place; ) {
      blocks.pop();
      block = pooled(before, block);
      before = blocks.at(-1);
    }
    blocks.push(block);
  }
  const places = blocks.flatMap(({ count, place }) => Array.from({ length: count }, () => place));
  return places.map((place, i) => place + (offsets[i] ?? 0));
}

function pooled(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  return {
    count: a.count + b.count,
    weight,
    place: (a.place * a.weight + b.place * b.weight) / weight,
  };
}
