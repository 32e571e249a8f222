import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blobBytes, floatsBlob } from '../../src/weights/blob.ts';
import { bytesInMemory } from '../../src/weights/fileBytes.ts';
import { type FileTensor, fillFloats } from '../../src/weights/fileTensor.ts';
import { fromFloat16 } from '../../src/weights/half.ts';
import { readSafetensors } from '../../src/weights/readSafetensors.ts';
import { safetensorsBlob } from '../../src/weights/writeSafetensors.ts';

function floatsOf(tensor: FileTensor, first: number, count: number): Float32Array {
  const out = new Float32Array(count);
  fillFloats(tensor, first, out);
  return out;
}

/** A file of this header and these bytes after it. */
function fileOf(header: string, data: readonly number[] = [], length = BigInt(header.length)): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

function tensorsOf(bytes: Uint8Array) {
  const read = readSafetensors(bytesInMemory(bytes));
  if (!read.ok) throw new Error(read.reason);
  return read.tensors;
}

function reasonOf(bytes: Uint8Array): string | undefined {
  const read = readSafetensors(bytesInMemory(bytes));
  return read.ok ? undefined : read.reason;
}

// The bytes of `test_serialization` and `test_serialization_forced_alignement` in safetensors/src/tensor.rs.
const zeroToFive = [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64];
const reference = {
  'attn.0': fileOf('{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}', zeroToFive),
  attn0: fileOf('{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ', zeroToFive),
};

test.each([
  ['attn.0', [1, 2, 3], 64],
  ['attn0', [1, 1, 2, 3], 72],
] as const)('%s is written as the reference implementation writes it', (name, shape, headerBytes) => {
  const content = floatsBlob(Float32Array.of(0, 1, 2, 3, 4, 5));
  const bytes = blobBytes(safetensorsBlob([{ name, shape, content }]));
  expect(bytes[0]).toBe(headerBytes);
  expect([...bytes]).toEqual([...reference[name]]);
});

test('no tensors: `{}` and six spaces', () => {
  expect([...blobBytes(safetensorsBlob([]))]).toEqual([
    8, 0, 0, 0, 0, 0, 0, 0, 123, 125, 32, 32, 32, 32, 32, 32,
  ]);
});

test('metadata stands first', () => {
  const bytes = blobBytes(safetensorsBlob([], { framework: 'pt' }));
  expect(new TextDecoder().decode(bytes.subarray(8))).toBe('{"__metadata__":{"framework":"pt"}}     ');
  expect(tensorsOf(bytes)).toEqual([]);
});

test('names and values come back, and names that JSON escapes or that objects have by themselves', () => {
  const names = ['a/kernel', '"quoted"\\', 'größe', '__proto__', 'constructor'];
  const content = (i: number) => floatsBlob(Float32Array.of(i, -i));
  const bytes = blobBytes(
    safetensorsBlob(names.map((name, i) => ({ name, shape: [2], content: content(i) }))),
  );
  const read = tensorsOf(bytes).map((t) => [t.name, ...floatsOf(t, 0, 2)]);
  expect(read).toEqual(names.map((name, i) => [name, i, -i]));
});

test('tensors may stand in any order in the header, be scalars, and be empty', () => {
  const header =
    '{"b":{"dtype":"F32","shape":[],"data_offsets":[4,8]},"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]},"e":{"dtype":"F32","shape":[0,7],"data_offsets":[4,4]}}';
  const tensors = tensorsOf(fileOf(header, [7, 0, 0, 0, 0, 0, 128, 63]));
  expect(tensors.map(({ name, shape, float }) => [name, shape, float])).toEqual([
    ['a', [1], undefined],
    ['e', [0, 7], 'float32'],
    ['b', [], 'float32'],
  ]);
  expect(floatsOf(tensors[2]!, 0, 1)).toEqual(Float32Array.of(1));
});

// IEEE 754: the sign, then 5 bits of exponent with bias 15 (float16), 8 with 127 (bfloat16) or 11 with 1023 (float64).
test.each([
  ['F16', [0x00, 0x3c, 0x00, 0xc0], [1, -2]],
  ['F16', [0xff, 0x7b, 0x01, 0x00], [65504, 2 ** -24]],
  ['BF16', [0x80, 0x3f, 0x49, 0xc0], [1, -3.140625]],
  ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0x10, 0xc0], [1.5, -4]],
  ['F32', [0, 0, 0xc0, 0x3f, 0, 0, 0x80, 0xc0], [1.5, -4]],
] as const)('%s %j is %j', (dtype, data, values) => {
  const header = `{"x":{"dtype":"${dtype}","shape":[2],"data_offsets":[0,${data.length}]}}`;
  // An odd offset, so that no view could stand on the bytes themselves.
  const file = fileOf(header + ' '.repeat(((8 - (header.length % 8)) % 8) | 1), data);
  const [tensor] = tensorsOf(file);
  expect([...floatsOf(tensor!, 0, 2)]).toEqual(values);
  expect([...floatsOf(tensor!, 1, 1)]).toEqual([values[1]]);
});

test.each([
  [0x3555, 0.333251953125],
  [0x0400, 2 ** -14],
  [0x03ff, 2 ** -14 - 2 ** -24],
  [0x7800, 32768],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
  [0x8000, -0],
])('float16 %i is %d', (bits, value) => {
  expect(fromFloat16(bits)).toBe(value);
});

const one = '"dtype":"F32","shape":[1],"data_offsets":';

describe('what is refused, and in which words', () => {
  test.each([
    ['no bytes', new Uint8Array(0), 'it has 0 bytes; the length of the header alone takes 8'],
    [
      'a header longer than the file',
      fileOf('{}', [], 3n),
      'its header should have 3 bytes, but the file ends after 10',
    ],
    [
      'a header of 2^64 − 1 bytes',
      fileOf('{}', [], 2n ** 64n - 1n),
      'its first 8 bytes announce a header of 18446744073709551615 bytes, more than the 100000000 that the format allows',
    ],
    ['no object', fileOf('[]'), 'its header does not begin with `{`'],
    ['half an object', fileOf('{"a":'), 'its header is not JSON in UTF-8'],
    ['bytes that are no text', fileOf('{}', [0xff], 3n), 'its header is not JSON in UTF-8'],
    ['an entry that is no object', fileOf('{"a":1}'), 'the tensor "a" is not described by an object'],
    [
      'an unknown dtype',
      fileOf('{"a":{"dtype":"toString","shape":[1],"data_offsets":[0,4]}}', [0, 0, 0, 0]),
      'the tensor "a" has the dtype "toString", which is not known',
    ],
    [
      'a negative size',
      fileOf('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', [0, 0, 0, 0]),
      'the tensor "a" has no shape of whole numbers',
    ],
    ['one offset', fileOf(`{"a":{${one}[0]}}`, [0, 0, 0, 0]), 'the tensor "a" has no two data_offsets'],
    [
      'offsets that do not fit the shape',
      fileOf(`{"a":{${one}[0,8]}}`, [0, 0, 0, 0, 0, 0, 0, 0]),
      'the tensor "a" takes 4 bytes as F32 [1], but its data_offsets are 0 and 8',
    ],
    [
      'a shape beyond all files',
      fileOf('{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}'),
      'the tensor "a" takes 73786976294838210000 bytes as F32 [4294967296, 4294967296], but its data_offsets are 0 and 0',
    ],
    [
      'an overlap',
      fileOf(`{"a":{${one}[0,4]},"b":{${one}[2,6]}}`, [0, 0, 0, 0, 0, 0]),
      'the tensor "b" overlaps the one before it: it begins at byte 2, not 4',
    ],
    [
      'a gap',
      fileOf(`{"a":{${one}[0,4]},"b":{${one}[5,9]}}`, [0, 0, 0, 0, 0, 0, 0, 0, 0]),
      'the tensor "b" leaves a gap before it: it begins at byte 5, not 4',
    ],
    [
      'a name twice, of which a parser sees the last',
      fileOf(`{"a":{${one}[0,4]},"a":{${one}[4,8]}}`, [0, 0, 0, 0, 0, 0, 0, 0]),
      'the tensor "a" leaves a gap before it: it begins at byte 4, not 0',
    ],
    [
      'a file cut short',
      fileOf(`{"a":{${one}[0,4]}}`, [0, 0, 0]),
      'its tensors take 4 bytes, but only 3 follow the header: it is cut short',
    ],
    ['bytes at the end', fileOf(`{"a":{${one}[0,4]}}`, [0, 0, 0, 0, 9]), '1 bytes follow its last tensor'],
  ])('%s', (_, bytes, reason) => {
    expect(reasonOf(bytes)).toBe(reason);
  });
});

test('a file with spoilt bytes is read or refused, never a fault, and no tensor reaches beyond it', () => {
  const content = floatsBlob(Float32Array.of(1, 2, 3, 4));
  const intact = blobBytes(safetensorsBlob(['a', 'b'].map((name) => ({ name, shape: [2, 2], content }))));
  const spoilt = fc.record({ at: fc.nat(intact.length - 1), byte: fc.nat(255), cut: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(spoilt, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = intact.slice(0, intact.length - changes[0]!.cut);
      for (const { at, byte } of changes) bytes[at] = byte;
      const read = readSafetensors(bytesInMemory(bytes));
      const held = read.ok ? read.tensors.reduce((sum, t) => sum + t.content.byteLength, 0) : 0;
      expect(held).toBeLessThan(bytes.length);
    }),
    { numRuns: 2000 },
  );
});
