import { expect, test } from 'vitest';
import { decode } from '../../../../src/emitters/onnx/wire/decode.ts';

test('fields are read by their numbers', () => {
  const bytes = [0x0a, 1, 0x4e, 0x10, 0x07]; // 1: "N", 2: 7
  expect(decode('OperatorSetId', Uint8Array.from(bytes))).toEqual({
    ok: true,
    message: { domain: 'N', version: 7 },
    unknownFields: 0,
  });
});

test('repeated numbers are read whether packed or not', () => {
  const unpacked = [0x08, 2, 0x08, 3];
  const packed = [0x0a, 2, 2, 3];
  const message = { dims: [2, 3] };
  expect(decode('Tensor', Uint8Array.from(unpacked))).toEqual({ ok: true, message, unknownFields: 0 });
  expect(decode('Tensor', Uint8Array.from(packed))).toEqual({ ok: true, message, unknownFields: 0 });
});

test('packed floats', () => {
  const bytes = Uint8Array.from([0x3a, 8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  expect(decode('Attribute', bytes)).toMatchObject({ message: { floats: [1, -2] } });
});

test('a blob is a place in the bytes', () => {
  const bytes = Uint8Array.from([0x42, 1, 0x77, 0x4a, 3, 7, 8, 9]);
  expect(decode('Tensor', bytes)).toMatchObject({
    message: { name: 'w', raw_data: { start: 5, byteLength: 3 } },
  });
});

test('unknown fields of every wire type are counted and stepped over, also inside other messages', () => {
  const inner = [0x7d, 1, 2, 3, 4, 0x08, 5]; // 15: fixed32, 1: 5
  const bytes = [0x78, 0x80, 1, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 1, 9, 0x0a, inner.length, ...inner];
  expect(decode('Shape', Uint8Array.from(bytes))).toEqual({
    ok: true,
    message: { dim: [{ dim_value: 5 }] },
    unknownFields: 4,
  });
});

test('a known field of another wire type is unknown', () => {
  expect(decode('Dimension', Uint8Array.from([0x0a, 1, 5]))).toEqual({
    ok: true,
    message: {},
    unknownFields: 1,
  });
});

test.each([
  ['a length without its bytes', 'Model', [0x12, 3, 0x61], 'truncated', 2],
  ['a varint that goes on', 'Model', [0x08, 0x80], 'truncated', 1],
  ['a tag that goes on', 'Model', [0x80], 'truncated', 0],
  ['a float cut short', 'Attribute', [0x15, 0, 0], 'truncated', 1],
  ['a field longer than its message', 'Shape', [0x0a, 2, 0x12, 1, 0x4e], 'truncated', 4],
  ['a negative length', 'Model', [0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], 'truncated', 1],
  ['a varint of eleven bytes', 'Model', [0x08, ...Array(10).fill(0x80), 1], 'varint-too-long', 1],
  ['field number 0', 'Model', [0x00], 'malformed-tag', 0],
  ['a group', 'Model', [0x0b], 'malformed-tag', 1],
] as const)('%s is an error with its place', (_, type, bytes, fault, offset) => {
  expect(decode(type, Uint8Array.from(bytes))).toEqual({ ok: false, fault, offset });
});
