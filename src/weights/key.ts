import { counterOf, threefry, type Words } from './threefry.ts';

/** The key of a weight's stream. Another name or another seed gives unrelated values; nothing else matters. */
export function weightKey(fullName: string, seed: number): Words {
  return threefry(counterOf(seed), fnv1a64(new TextEncoder().encode(fullName)));
}

/** The 64-bit FNV-1a hash (Fowler, Noll, Vo; IETF draft-eastlake-fnv). */
export function fnv1a64(bytes: Uint8Array): Words {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
}
