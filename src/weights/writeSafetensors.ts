import type { Blob } from './blob.ts';
import { bytesBlob, concatBlobs } from './blob.ts';

/** A tensor to be written: its bytes are made when their turn comes. */
export interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** F32 where left out. */
  readonly dtype?: 'F32' | 'F16' | 'BF16';
  readonly content: Blob;
}

/**
 * A safetensors file (github.com/huggingface/safetensors, "Format"): the length of the header as 8 bytes, little-endian;
 * the header, JSON filled up with spaces so that the tensors begin at a multiple of 8; then the tensors without gaps.
 */
export function safetensorsBlob(
  tensors: readonly WrittenTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Blob {
  const header = new TextEncoder().encode(headerText(tensors, metadata));
  const padded = new Uint8Array(header.length + ((8 - (header.length % 8)) % 8)).fill(0x20);
  padded.set(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return concatBlobs([bytesBlob(length), bytesBlob(padded), ...tensors.map((t) => t.content)]);
}

function headerText(tensors: readonly WrittenTensor[], metadata: Readonly<Record<string, string>>): string {
  let end = 0;
  const entries = tensors.map(({ name, shape, dtype = 'F32', content }) => {
    const start = end;
    end += content.byteLength;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  const said = Object.keys(metadata).length === 0 ? [] : [['__metadata__', metadata] as const];
  return `{${[...said, ...entries].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`;
}
