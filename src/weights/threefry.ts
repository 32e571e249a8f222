/** Two 32-bit words, low word first; only their low 32 bits count. */
export type Words = readonly [low: number, high: number];

/**
 * Threefry-2x32 with 20 rounds: a random function of (counter, key), not a sequence.
 * Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; also the generator of JAX.
 */
export function threefry(counter: Words, key: Words): Words {
  const words = new Uint32Array(2);
  fillBlocks(words, counter, key);
  return [words[0]!, words[1]!];
}

/** Writes words `first`, `first` + 1, … of the stream of `key`: word i is half i mod 2 of block floor(i / 2). */
export function fillWords(words: Uint32Array, first: number, key: Words): void {
  const head = words.length === 0 ? 0 : first % 2;
  const even = words.length - head - ((words.length - head) % 2);
  const tail = head + even;
  if (head === 1) words[0] = threefry(counterOf((first - 1) / 2), key)[1];
  fillBlocks(words.subarray(head, tail), counterOf((first + head) / 2), key);
  if (tail < words.length) words[tail] = threefry(counterOf((first + tail) / 2), key)[0];
}

/** An integer as a counter; exact over all safe integers, negative ones too. */
export function counterOf(integer: number): Words {
  return [integer | 0, Math.floor(integer / 0x1_0000_0000) | 0];
}

/**
 * Fills an even number of words with whole blocks. The 20 rounds are five groups of four, and after each group two words
 * of the key schedule are added; every pass below does one or two groups for all blocks.
 */
function fillBlocks(words: Uint32Array, counter: Words, [k0, k1]: Words): void {
  const k2 = 0x1bd11bda ^ k0 ^ k1;
  startBlocks(words, counter, [k0, k1]);
  eightRounds(words, [k1, k2 + 1], [k2, k0 + 2]);
  eightRounds(words, [k0, k1 + 3], [k1, k2 + 4]);
  fourRounds(words, [k2, k0 + 5]);
}

/** Puts the counters, with the key added, where their blocks will be. */
function startBlocks(words: Uint32Array, counter: Words, key: Words): void {
  const [a, b] = int32s(key);
  let [low, high] = int32s(counter);
  for (let i = 0; i < words.length; i += 2) {
    words[i] = (low + a) | 0;
    words[i + 1] = (high + b) | 0;
    low = (low + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
  }
}

function eightRounds(words: Uint32Array, between: Words, after: Words): void {
  const [a, b] = int32s(between);
  const [c, d] = int32s(after);
  for (let i = 0; i < words.length; i += 2) {
    let x = words[i]! | 0;
    let y = words[i + 1]! | 0;
    x = (x + y) | 0;
    y = rotated(y, 13) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 15) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 26) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 6) ^ x;
    x = (x + a) | 0;
    y = (y + b) | 0;
    x = (x + y) | 0;
    y = rotated(y, 17) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 29) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 16) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 24) ^ x;
    words[i] = (x + c) | 0;
    words[i + 1] = (y + d) | 0;
  }
}

function fourRounds(words: Uint32Array, after: Words): void {
  const [a, b] = int32s(after);
  for (let i = 0; i < words.length; i += 2) {
    let x = words[i]! | 0;
    let y = words[i + 1]! | 0;
    x = (x + y) | 0;
    y = rotated(y, 13) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 15) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 26) ^ x;
    x = (x + y) | 0;
    y = rotated(y, 6) ^ x;
    words[i] = (x + a) | 0;
    words[i + 1] = (y + b) | 0;
  }
}

/** Integers kept small, as engines add them fastest. */
function int32s([low, high]: Words): Words {
  return [low | 0, high | 0];
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
