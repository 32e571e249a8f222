import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from '../../../../src/emitters/onnx/wire/utf8.ts';
import { putVarint, varintSize, varintValue } from '../../../../src/emitters/onnx/wire/varint.ts';

const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
const smallest = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01];

// 150 is the example of protobuf's encoding guide.
test.each<[number | bigint, readonly number[]]>([
  [0, [0]],
  [127, [127]],
  [128, [0x80, 1]],
  [150, [0x96, 1]],
  [-1, minusOne],
  [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  [2n ** 63n - 1n, largest],
  [-(2n ** 63n), smallest],
])('%d is written as %j', (value, bytes) => {
  expect(varintSize(value)).toBe(bytes.length);
  expect(written(value)).toEqual(bytes);
  expect(varintValue(Uint8Array.from(bytes))).toBe(value);
});

test('every int64 comes back, a number where one is exact', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const bytes = written(value);
      expect(bytes).toHaveLength(varintSize(value));
      expect(BigInt(varintValue(Uint8Array.from(bytes)))).toBe(value);
    }),
  );
});

test('a number gives the same bytes as the equal bigint', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(written(value)).toEqual(written(BigInt(value)));
      expect(varintSize(value)).toBe(varintSize(BigInt(value)));
    }),
  );
});

test.each([0.5, Number.NaN, 2 ** 53, -(2 ** 60) - 0.5, 2n ** 63n])('%d is refused', (value) => {
  expect(() => written(value)).toThrow();
});

test('the length of a text is that of its UTF-8', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)) }),
      (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      },
    ),
  );
  expect(utf8Length('aé€😀')).toBe(10);
  expect(utf8Length('\ud800')).toBe(3);
});

function written(value: number | bigint): number[] {
  const bytes = new Uint8Array(10);
  return [...bytes.subarray(0, putVarint(bytes, 0, value))];
}
