import { roundToEven } from './roundToEven.ts';

/** The bits of the float16 nearest to a number, ties to even: IEEE 754 binary16, as ONNX stores FLOAT16. */
export function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  // Half of the gap above the greatest number, 65504, rounds to infinity.
  if (size >= 65_520) return sign | 0x7c00;
  // Below 2^-14 in steps of 2^-24.
  if (size < 6.103515625e-5) return sign | roundToEven(size * 16_777_216);
  const { exponent, fraction } = partsOf(size);
  // A mantissa that rounds up to 1024 carries into the exponent, which is what it should do.
  return sign | (((exponent + 15) << 10) + roundToEven(fraction * 1024));
}

/** A normal number as (1 + fraction)·2^exponent. */
function partsOf(size: number): { readonly exponent: number; readonly fraction: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  const upper = bits.getUint32(0);
  bits.setUint32(0, (upper & 0xfffff) | 0x3ff00000);
  return { exponent: (upper >>> 20) - 1023, fraction: bits.getFloat64(0) - 1 };
}

/** The number that the bits of an IEEE 754 binary16 stand for; every one of them is a float32. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 5.9604644775390625e-8; // Steps of 2^-24.
  // (1024 + fraction)·2^(exponent − 25), the power of two made of exact halves and doublings of 1.
  const power = exponent >= 25 ? 1 << (exponent - 25) : 1 / (1 << (25 - exponent));
  return sign * (1024 + fraction) * power;
}

/** Float32 numbers as the float16 nearest to each, ties to even. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = bitsOf(values);
  const halves = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) halves[i] = halfOfBits(bits[i]!);
  return halves;
}

/** Float32 numbers as the bfloat16 nearest to each, ties to even: the upper half of a float32. */
export function toBfloat16(values: Float32Array): Uint16Array {
  const bits = bitsOf(values);
  const halves = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) halves[i] = upperHalf(bits[i]!);
  return halves;
}

function upperHalf(bits: number): number {
  // A NaN stays one, whatever its lower half says.
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

/** The same as float16Bits, from the bits of a float32: many numbers are stored, and this makes no objects. */
function halfOfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return 0x7e00;
  if (size >= 0x47800000) return sign | 0x7c00; // 65536 and more.
  // Normal numbers: another bias of the exponent, and 13 bits less. What rounds up carries into the exponent.
  if (size >= 0x38800000) return sign | dropBits(size - 0x38000000, 13);
  if (size < 0x33000000) return sign; // Below half of the least step, 2^-25.
  return sign | dropBits((size & 0x7fffff) | 0x800000, 126 - (size >>> 23));
}

/** A whole number without its lowest bits, rounded, ties to even. */
function dropBits(value: number, count: number): number {
  const kept = value >>> count;
  const rest = value & ((1 << count) - 1);
  const half = 1 << (count - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
