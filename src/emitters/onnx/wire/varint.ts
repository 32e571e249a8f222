/** The most bytes that an int64 takes. */
export const longestVarint = 10;

/** How many bytes an int64 takes as a varint: seven bits each, ten bytes where it is negative. */
export function varintSize(value: number | bigint): number {
  if (value < 0) return longestVarint;
  if (typeof value === 'bigint') return Math.ceil(value.toString(2).length / 7);
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** Writes an int64 as a varint at `at`, and gives the offset after it. */
export function putVarint(bytes: Uint8Array, at: number, value: number | bigint): number {
  if (typeof value === 'bigint') return putLongVarint(bytes, at, value);
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not an exact integer`);
  if (value < 0) return putLongVarint(bytes, at, BigInt(value));
  let end = at;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128;
  bytes[end++] = rest;
  return end;
}

function putLongVarint(bytes: Uint8Array, at: number, value: bigint): number {
  if (BigInt.asIntN(64, value) !== value) throw new Error(`${value} is beyond int64`);
  let end = at;
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 128n; rest >>= 7n) bytes[end++] = Number(rest & 127n) | 128;
  bytes[end++] = Number(rest);
  return end;
}

/** The bytes of a varint, the lowest seven bits first, as an int64: a number where one is exact, else a bigint. */
export function varintValue(bytes: Uint8Array): number | bigint {
  if (bytes.length <= 7) return bytes.reduceRight((value, byte) => value * 128 + (byte & 127), 0);
  const bits = bytes.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 127), 0n);
  const value = BigInt.asIntN(64, bits);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
