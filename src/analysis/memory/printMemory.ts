import { padTo, visible } from '../../diagnostics/displayWidth.ts';
import { type Paint, plain } from '../../diagnostics/paint.ts';
import { withThousands } from '../../diagnostics/withThousands.ts';
import type { Dim } from '../../tensor/dim.ts';
import { printDim } from '../../tensor/printDim.ts';
import type { Memory, OrderMemory, Peak } from './memory.ts';

export interface PrintMemoryOptions {
  /** Prints the best order, a node a line. */
  readonly order?: boolean;
  readonly paint?: Paint;
}

/** Of what is live at the peak, so many values are named. */
const mostLive = 8;

/** Where open sizes decide which step takes most, so many of those that may are told of. */
const mostFormulas = 3;

/** The width of what stands before the figures. */
const margin = 14;

/** What a network takes in memory, for a terminal. */
export function printMemory(
  memory: Memory,
  { order = false, paint = plain }: PrintMemoryOptions = {},
): string {
  const { weights, activations, peaks, lowerBound, best } = memory;
  const line = (title: string, text: string) => `${paint.bold(padTo(title, margin, 'end'))}${text}`;
  const bounds = lowerBound.slice(0, mostFormulas).map(sized).join(', and at least ');
  const lines = [
    ...weights.map((w) => line('weights', `${withThousands(w.numbers)} of ${w.dtype}, ${sized(w.bytes)}`)),
    line('values', `${sized(activations)} for each item of the batch, if all are kept`),
    ...peaks.slice(0, mostFormulas).flatMap((peak, i) => peakLines(peak, line(i === 0 ? 'peak' : 'or', ''))),
    ...(peaks.length > mostFormulas ? [indented(`or others, ${peaks.length} in all: json has them`)] : []),
    line('any order', `at least ${bounds}${lowerBound.length > mostFormulas ? ', and others' : ''}`),
    line('best order', bestText(best, memory)),
    ...(order && best !== undefined ? best.nodes.map(({ name }) => indented(name)) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function peakLines({ node, bytes, live }: Peak, title: string): readonly string[] {
  const shown = live.filter((l) => l.bytes !== 0).slice(0, mostLive);
  const left = live.filter((l) => l.bytes !== 0).length - shown.length;
  return [
    `${title}${sized(bytes)} while ${visible(node.name)} runs, of which`,
    ...shown.map((l) => indented(`${padTo(visible(l.value.name), 32, 'end')} ${sized(l.bytes)}`)),
    ...(left > 0 ? [indented(`and ${left} more`)] : []),
  ];
}

function bestText(best: OrderMemory | undefined, { peaks }: Memory): string {
  if (best === undefined) return 'is found where all sizes are given: --input image=1,224,224,3';
  const sure = best.proved ? 'no order takes less' : 'more were not tried';
  if (best.asWritten) return `as written; ${sure}`;
  const saved = Number(peaks[0]?.bytes) - best.peak;
  return `${sized(best.peak)}, ${sized(saved)} less than as written; ${sure}`;
}

function indented(text: string): string {
  return `${' '.repeat(margin)}${visible(text)}`;
}

/** `11,063,808 bytes (10.6 MiB)`, or a formula. */
function sized(bytes: Dim): string {
  if (typeof bytes !== 'number') return `${visible(printDim(bytes))} bytes`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const rounded = power === 0 ? '' : ` (${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]})`;
  return `${withThousands(bytes)} bytes${rounded}`;
}
