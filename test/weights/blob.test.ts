import { expect, test } from 'vitest';
import { blobBytes, bytesBlob, concatBlobs, floatsBlob } from '../../src/weights/blob.ts';

test('floats are their little-endian bytes', () => {
  expect([...blobBytes(floatsBlob(new Float32Array([1, -2])))]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

test('blobs follow one another', () => {
  const blob = concatBlobs([
    bytesBlob(new Uint8Array([1, 2])),
    bytesBlob(new Uint8Array([])),
    bytesBlob(new Uint8Array([3])),
  ]);
  expect(blob.byteLength).toBe(3);
  expect([...blobBytes(blob)]).toEqual([1, 2, 3]);
});
