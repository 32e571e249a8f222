import type { Shape } from '../tensor/shape.ts';
import type { Candidate } from './candidates.ts';
import type { PrintedSize } from './printedSize.ts';
import { plainName, type RowEvidence } from './rowEvidence.ts';

/** How well a row fits a step: greater is better, undefined where it cannot be about it. Sizes of maps do not count. */
export function score(
  evidence: RowEvidence,
  size: PrintedSize | undefined,
  candidate: Candidate,
): number | undefined {
  const named = isNamed(evidence, candidate);
  const layer = layerScore(evidence, candidate);
  const channels = size === undefined ? 0 : channelScore(size, candidate.shape);
  if (!named && (layer === undefined || channels === undefined)) return undefined;
  if (size !== undefined && claimOf(size, candidate.shape) === undefined) return undefined;
  return 1 + (named ? 8 : 0) + (layer ?? 0) + (channels ?? 0);
}

/** The op, its window and its stride; undefined where the row says another layer, or none. */
export function layerScore(evidence: RowEvidence, candidate: Candidate): number | undefined {
  if (candidate.isBlock) {
    const word = candidate.op.split('.').at(-1) ?? '';
    const spoken = word
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
    return evidence.text.includes(` ${spoken} `) ? 3 : undefined;
  }
  if (!evidence.ops.includes(candidate.op)) return undefined;
  const { kernel, stride } = evidence;
  const window = agreement(kernel?.join(), candidate.kernel?.join());
  if (window < 0) return undefined;
  return 3 + 2 * window + agreement(stride, candidate.stride);
}

function agreement<T>(said: T | undefined, built: T | undefined): -1 | 0 | 1 {
  if (said === undefined || built === undefined) return 0;
  return said === built ? 1 : -1;
}

function isNamed({ names }: RowEvidence, { name }: Candidate): boolean {
  const parts = name.split('/');
  return names.some(
    (said) => said !== '' && (said === plainName(name) || said === plainName(parts.at(-1) ?? '')),
  );
}

function channelScore(size: PrintedSize, shape: Shape): number | undefined {
  const built = shape.at(-1);
  // 112 x 112 alone says nothing of channels.
  if (size.length === 2 && shape.length === 4) return 0;
  if (typeof built !== 'number') return 0;
  return size.at(-1) === built ? 3 : undefined;
}

/** The sizes of a claim about a value, behind the batch; `_` where the row says none. Undefined where ranks differ. */
export function claimOf(size: PrintedSize, shape: Shape): readonly (number | '_')[] | undefined {
  if (size.length === shape.length - 1) return size;
  if (size.length === 2 && shape.length === 4) return [...size, '_'];
  // Papers write 1 x 1 x 1000 of a vector.
  const [last] = size.slice(-1);
  const isFlat = size.slice(0, -1).every((s) => s === 1);
  return shape.length === 2 && isFlat && last !== undefined ? [last] : undefined;
}
