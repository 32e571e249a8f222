import { fillWeight, weightKey } from '../../weights/initialise.ts';
import type { WeightsOption } from '../../weights/weightSource.ts';
import type { OutputFile } from '../emitter.ts';
import type { LayerWeight } from './topology.ts';

/** Float32 values made at a time: 256 KiB. */
const valuesPerPiece = 65_536;

/** A weight and where its bytes begin among those of all weights. */
interface Placed {
  readonly weight: LayerWeight;
  readonly start: number;
  readonly end: number;
}

/** The bytes of all weights, one after the other, cut into files of `shardBytes`; a weight may lie in several. */
export function shardFiles(
  weights: readonly LayerWeight[],
  option: WeightsOption,
  shardBytes: number,
): readonly OutputFile[] {
  const placed = place(weights);
  const total = placed.at(-1)?.end ?? 0;
  const count = Math.ceil(total / shardBytes);
  return Array.from({ length: count }, (_, i) => {
    const from = i * shardBytes;
    const to = Math.min(from + shardBytes, total);
    const content = { byteLength: to - from, chunks: () => bytesBetween(placed, option, { from, to }) };
    return { path: `group1-shard${i + 1}of${count}.bin`, content };
  });
}

function place(weights: readonly LayerWeight[]): readonly Placed[] {
  let start = 0;
  return weights.map((weight) => {
    const end = start + 4 * weight.shape.reduce((n, d) => n * d, 1);
    const placed = { weight, start, end };
    start = end;
    return placed;
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function* bytesBetween(
  placed: readonly Placed[],
  option: WeightsOption,
  { from, to }: Span,
): Iterable<Uint8Array> {
  const buffer = new Float32Array(valuesPerPiece);
  for (const { weight, start, end } of placed) {
    if (end <= from || start >= to) continue;
    const span = { from: Math.max(from, start) - start, to: Math.min(to, end) - start };
    yield* bytesOf(weight, option, { ...span, buffer });
  }
}

/** Bytes `from` to `to` of one weight. Values are drawn by index, so nothing before them is made; a cut may split a value. */
function* bytesOf(
  { weight }: LayerWeight,
  option: WeightsOption,
  { from, to, buffer }: Span & { readonly buffer: Float32Array },
): Iterable<Uint8Array> {
  const initialiser = option.kind === 'init' ? weight.initialiser : ({ kind: 'zeros' } as const);
  const key = weightKey(weight.fullName, option.kind === 'init' ? option.seed : 0);
  const last = Math.ceil(to / 4);
  for (let first = Math.floor(from / 4); first < last; first += buffer.length) {
    const piece = buffer.subarray(0, Math.min(buffer.length, last - first));
    fillWeight(piece, first, { initialiser, key });
    const bytes = new Uint8Array(piece.buffer, 0, piece.byteLength);
    yield bytes.subarray(Math.max(from - 4 * first, 0), Math.min(to - 4 * first, bytes.length));
  }
}
