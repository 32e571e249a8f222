import { displayWidth, visible } from './displayWidth.ts';
import type { Paint } from './paint.ts';
import { lineText, positionOf, type Source, type Span } from './source.ts';

const contextLines = 2;
const tabWidth = 4;
/** Columns of code that are shown; a longer line (JSON on one line) is cut around what is underlined. */
const widest = 100;

interface FrameLine {
  readonly number: number;
  readonly text: string;
}

/**
 * The line of a span with up to two lines before it, and carets under the span; of a span over several lines the
 * first is underlined. Empty where the source has no text.
 */
export function codeFrame(span: Span, paint: Paint): readonly string[] {
  if (span.source.text === '') return [];
  const { line, column } = positionOf(span.source, span.start);
  const text = lineText(span.source, line) ?? '';
  const start = [...text].slice(0, column - 1).join('').length;
  const length = Math.max(0, Math.min(span.end - span.start, text.trimEnd().length - start));
  const cut = underlined(text, start, length);
  const before = linesBefore(span.source, line).map(({ number, text: t }) => ({
    number,
    text: clipped(expanded(t)),
  }));
  const width = String(line).length;
  return [
    ...before.map((l) => paint.dim(gutter(l, width))),
    gutter({ number: line, text: cut.text }, width),
    `   ${' '.repeat(width)} | ${' '.repeat(cut.offset)}${paint.red('^'.repeat(cut.carets))}`,
  ];
}

function gutter({ number, text }: FrameLine, width: number): string {
  return `   ${String(number).padStart(width)} | ${text}`.trimEnd();
}

/** The lines before `line` that help to find it; blank ones at the beginning do not. */
function linesBefore(source: Source, line: number): readonly FrameLine[] {
  const first = Math.max(1, line - contextLines);
  const found = Array.from({ length: line - first }, (_, i) => ({
    number: first + i,
    text: lineText(source, first + i) ?? '',
  }));
  return found.filter((_, i) => found.slice(0, i + 1).some((l) => l.text.trim() !== ''));
}

/** The line as it is printed, with the columns to leave before the carets and their number. */
function underlined(text: string, start: number, length: number) {
  const before = expanded(text.slice(0, start));
  const marked = expanded(text.slice(start, start + length), displayWidth(before));
  const after = expanded(text.slice(start + length), displayWidth(before + marked));
  const whole = before + marked + after;
  const carets = Math.max(1, displayWidth(marked));
  const offset = displayWidth(before);
  if (displayWidth(whole) <= widest) return { text: whole, offset, carets };
  const lead = offset <= widest / 2 ? before : `… ${[...before].slice(-widest / 4).join('')}`;
  const room = widest - displayWidth(lead);
  return {
    text: clipped(lead + marked + after),
    offset: displayWidth(lead),
    carets: Math.min(carets, room),
  };
}

function clipped(text: string): string {
  return displayWidth(text) <= widest ? text : `${[...text].slice(0, widest).join('')} …`;
}

/** Tabs as spaces to the next stop, counted from `column`, so that carets stand under what they mean. */
function expanded(text: string, column = 0): string {
  let out = '';
  for (const part of visible(text).split(/(\t)/)) {
    const at = column + displayWidth(out);
    out += part === '\t' ? ' '.repeat(tabWidth - (at % tabWidth)) : part;
  }
  return out;
}
