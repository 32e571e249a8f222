import type { Distribution } from './distribution.ts';
import { fillWords, type Words } from './threefry.ts';

/** Values made at a time: their words stay in the processor's nearest cache. */
const valuesPerPiece = 4096;

/** Fills `out` with values `first`, `first` + 1, … of the stream of `key`; value i depends on (key, i) only. */
export function fillDraws(out: Float32Array, first: number, { distribution, key }: Stream): void {
  if (distribution.kind === 'constant') out.fill(distribution.value);
  else {
    for (let at = 0; at < out.length; at += valuesPerPiece) {
      drawPiece(out.subarray(at, at + valuesPerPiece), first + at, { distribution, key });
    }
  }
}

export interface Stream {
  readonly distribution: Distribution;
  readonly key: Words;
}

/** The random words are made in the place of the values that replace them. */
function drawPiece(piece: Float32Array, first: number, { distribution, key }: Stream): void {
  const words = new Uint32Array(piece.buffer, piece.byteOffset, piece.length);
  fillWords(words, first, key);
  if (distribution.kind === 'uniform') {
    const { limit } = distribution;
    for (let i = 0; i < piece.length; i++) piece[i] = limit * signedUnit(words[i]!);
  } else if (distribution.kind === 'truncatedNormal') {
    const { mean, standardDeviation } = distribution;
    for (let i = 0; i < piece.length; i++) {
      piece[i] = mean + standardDeviation * truncatedNormal(signedUnit(words[i]!));
    }
  }
}

/** The upper 24 bits of a word as a number of the open interval (−1, 1): the middle of one of 2^24 equal cells. Exact. */
export function signedUnit(word: number): number {
  return (word >>> 8) * 1.1920928955078125e-7 - 0.9999999403953552;
}

/**
 * Makes a uniform `u` of (−1, 1) a standard normal cut at ±2: the x with P(−|x| < X < |x|) = |u|·P(−2 < X < 2), signed
 * as u. Its relative error is below 1.5e-9, a fortieth of float32's.
 *
 * It is u·P(t)/Q(t) with t = u². The coefficients are the minimax fit of degree 5/5, in relative error, of
 * √2·erfinv(u·erf(√2))/u: linearised least squares at 160 Chebyshev nodes of t, reweighted by its error 60 times
 * (Lawson), in 60 digits. Only + − × ÷, as Math.log and its like differ between engines.
 */
export function truncatedNormal(u: number): number {
  const t = u * u;
  const numerator =
    1.196288015083516 +
    t *
      (-3.3520669590353904 +
        t *
          (3.467717033118825 +
            t * (-1.5880408864844313 + t * (0.2927630346355282 + t * -0.012197067673937174))));
  const denominator =
    1 +
    t *
      (-3.04057416386239 +
        t *
          (3.5044885699803983 +
            t * (-1.8739390066112227 + t * (0.44702695308775225 + t * -0.03477076776918382))));
  return (u * numerator) / denominator;
}
