/** Bytes whose number is known before they are made. */
export interface Blob {
  readonly byteLength: number;
  /** The bytes in order. A piece may be a view of a reused buffer: it is valid until the next one is asked for. */
  chunks(): Iterable<Uint8Array>;
}

/** A blob of bytes that are already there. */
export function bytesBlob(bytes: Uint8Array): Blob {
  return { byteLength: bytes.byteLength, chunks: () => [bytes] };
}

/** The bytes of a float32 tensor, not copied. Little-endian, as every platform that onnxruntime and tfjs run on. */
export function floatsBlob(values: Float32Array): Blob {
  return bytesBlob(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** Several blobs as one, in order. */
export function concatBlobs(blobs: readonly Blob[]): Blob {
  return {
    byteLength: blobs.reduce((bytes, blob) => bytes + blob.byteLength, 0),
    *chunks() {
      for (const blob of blobs) yield* blob.chunks();
    },
  };
}

/** All bytes of a blob in memory, for small ones and for tests. */
export function blobBytes(blob: Blob): Uint8Array {
  const bytes = new Uint8Array(blob.byteLength);
  let at = 0;
  for (const chunk of blob.chunks()) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
