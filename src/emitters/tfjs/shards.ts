import { encoded } from '../../weights/encoding.ts';
import type { OutputFile } from '../emitter.ts';
import { byteLengthOf, bytesPerValue, type StoredTensor } from './storedTensor.ts';

/** Float32 values made at a time: 256 KiB. */
const valuesPerPiece = 65_536;

/** A tensor and where its bytes begin among those of all tensors. */
interface Placed {
  readonly tensor: StoredTensor;
  readonly start: number;
  readonly end: number;
}

/** The bytes of all tensors, one after the other, cut into files of `shardBytes`; a tensor may lie in several. */
export function shardFiles(tensors: readonly StoredTensor[], shardBytes: number): readonly OutputFile[] {
  const placed = place(tensors);
  const total = placed.at(-1)?.end ?? 0;
  const count = Math.ceil(total / shardBytes);
  return Array.from({ length: count }, (_, i) => {
    const from = i * shardBytes;
    const to = Math.min(from + shardBytes, total);
    const content = { byteLength: to - from, chunks: () => bytesBetween(placed, { from, to }) };
    return { path: `group1-shard${i + 1}of${count}.bin`, content };
  });
}

function place(tensors: readonly StoredTensor[]): readonly Placed[] {
  let start = 0;
  return tensors.map((tensor) => {
    const end = start + byteLengthOf(tensor);
    const placed = { tensor, start, end };
    start = end;
    return placed;
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function* bytesBetween(placed: readonly Placed[], { from, to }: Span): Iterable<Uint8Array> {
  const buffer = new Float32Array(valuesPerPiece);
  for (const { tensor, start, end } of placed) {
    if (end <= from || start >= to) continue;
    const span = { from: Math.max(from, start) - start, to: Math.min(to, end) - start };
    yield* bytesOf(tensor, { ...span, buffer });
  }
}

/** Bytes `from` to `to` of a tensor; numbers that are not at hand are made now. A cut may split a value. */
function* bytesOf(
  tensor: StoredTensor,
  { from, to, buffer }: Span & { readonly buffer: Float32Array },
): Iterable<Uint8Array> {
  const { content, encoding = { dtype: 'float32' } } = tensor;
  if (content instanceof Uint8Array) {
    yield content.subarray(from, to);
    return;
  }
  const size = bytesPerValue(tensor);
  const last = Math.ceil(to / size);
  for (let first = Math.floor(from / size); first < last; first += buffer.length) {
    const piece = buffer.subarray(0, Math.min(buffer.length, last - first));
    content(piece, first);
    const bytes = encoded(piece, encoding);
    yield bytes.subarray(Math.max(from - size * first, 0), Math.min(to - size * first, bytes.length));
  }
}
