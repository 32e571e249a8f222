import { add, type Dim } from '../../tensor/dim.ts';
import { type Centres, inTheMiddle } from './centres.ts';

/** The positions of an axis of the network's input that one position reads: the first and the last of them. */
export interface Span {
  readonly lo: Dim;
  readonly hi: Dim;
}

/**
 * What the positions of a value read along one axis of an input of the network. Position `period`·q + r, counted along
 * `axis` of the value, reads from `step`·q + spans[r].lo to `step`·q + spans[r].hi, where it reads anything. The period
 * is 1 but behind what makes maps larger: there neighbours differ. Positions off the maps are counted as if maps went on.
 */
export interface WindowReach {
  readonly kind: 'window';
  readonly axis: number;
  readonly period: number;
  readonly step: number;
  readonly spans: readonly (Span | undefined)[];
  /** The centres of the single ways that lead here, about the middle of `spans`, in the mean of a period. */
  readonly centres: Centres;
  /** How far positions were moved on purpose on the way here at most, in half pixels: by slices, by windows that look back. */
  readonly moved: number;
  /** Whether a step on the way here made the map larger, or stretched it. */
  readonly resampled: boolean;
}

/** Or any position, or more than can be said; `conflict` where ways met whose strides differ. */
export type Reach = WindowReach | { readonly kind: 'all'; readonly conflict?: string };

/** Each position reads itself. */
export function ownPosition(axis: number): WindowReach {
  const own = { kind: 'window', axis, period: 1, step: 1, spans: [{ lo: 0, hi: 0 }] } as const;
  return { ...own, centres: inTheMiddle, moved: 0, resampled: false };
}

/** The same for a period that is a multiple of its own. */
export function withPeriod(reach: WindowReach, period: number): WindowReach['spans'] {
  return Array.from({ length: period }, (_, at) => spanAt(reach, at));
}

/** What a position reads. */
export function spanAt({ period, step, spans }: WindowReach, position: number): Span | undefined {
  const q = Math.floor(position / period);
  const span = spans[position - q * period];
  return span === undefined ? undefined : moved(span, q * step);
}

/** The span that many positions further. */
export function moved({ lo, hi }: Span, by: Dim): Span {
  return { lo: add(lo, by), hi: add(hi, by) };
}
