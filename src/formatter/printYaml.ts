import { displayWidth } from '../diagnostics/displayWidth.ts';
import type { CollectionLayout, DocumentLayout, EntryLayout, Layout, OwnLine } from '../parser/layout.ts';
import { flowText, headText } from './flowText.ts';
import { lineWidth } from './lineWidth.ts';
import { scalarLines } from './scalarText.ts';

type Lines = readonly string[];

/** Writes a document in block style, two columns to a level; what is in flow style stays so where it fits its line. */
export function printYaml({ head, root, after, tail }: DocumentLayout): string {
  const { value, anchor } = root;
  const lines = [
    ...head,
    ...ownLines(root.before, { isFirst: true }),
    ...(anchor === undefined ? [] : [anchor]),
    ...(value === undefined ? [] : rootLines(root, value)),
    ...ownLines(after, { isFirst: false }),
    ...tail,
  ];
  return `${lines.join('\n')}\n`;
}

function rootLines(root: EntryLayout, value: Layout): Lines {
  if (value.kind !== 'map') return [];
  const text = value.flow ? flowText(value) : undefined;
  if (text !== undefined && displayWidth(text) <= lineWidth) return [withComment(text, root.behind)];
  return [...(root.behind === undefined ? [] : [root.behind]), ...entriesLines(value, lineWidth)];
}

/** The lines of a collection in block style, as if they began in column 0, where there is room for so many columns. */
function entriesLines({ entries, last }: CollectionLayout, room: number): Lines {
  const lines = entries.flatMap((entry, i) => [...linesAbove(entry, i === 0), ...entryLines(entry, room)]);
  return [...lines, ...ownLines(last, { isFirst: false })];
}

/** The comments and the blank line above an entry. */
function linesAbove({ before, afterBlank }: EntryLayout, isFirst: boolean): Lines {
  const blank = afterBlank && !(isFirst && before.length === 0) ? [''] : [];
  return [...ownLines(before, { isFirst }), ...blank];
}

/** Comments with at most one blank line before each; none before what comes first. */
function ownLines(comments: readonly OwnLine[], { isFirst }: { isFirst: boolean }): Lines {
  return comments.flatMap(({ text, afterBlank }, i) =>
    afterBlank && !(isFirst && i === 0) ? ['', text] : [text],
  );
}

function entryLines(entry: EntryLayout, room: number): Lines {
  const { value, behind, behindKey, between } = entry;
  const mark = [headText(entry) ?? '-', entry.anchor].filter((part) => part !== undefined).join(' ');
  if (value === undefined) return [withComment(mark, behind)];
  const alone = behindKey !== undefined || between.length > 0;
  const line = lineOf(value, alone ? room - 2 : room - displayWidth(mark) - 1);
  if (line === undefined) return collectionLines(entry, mark, room);
  const [first = '', ...more] = line;
  if (!alone) return [withComment(`${mark} ${first}`, behind), ...indented(more)];
  const below = [...ownLines(between, { isFirst: true }), withComment(first, behind), ...more];
  return [withComment(mark, behindKey), ...indented(below)];
}

/** A value that begins on the line of its key, with the lines on which it goes on; undefined for what begins below. */
function lineOf(value: Layout, room: number): Lines | undefined {
  if (value.kind === 'scalar') return scalarLines(value);
  if (value.kind === 'block-text') return [value.header, ...value.lines];
  const text = flowText(value);
  if (text === undefined) return undefined;
  return displayWidth(text) <= room || value.entries.length === 0 ? [text] : filled(value, room);
}

/** A list of numbers that is too long for a line, as many to a line as fit; undefined for other collections. */
function filled({ kind, entries }: CollectionLayout, room: number): Lines | undefined {
  const numbers = entries.map(({ anchor, value }) =>
    anchor === undefined && value?.kind === 'scalar' ? value.source : '',
  );
  if (kind !== 'list' || !numbers.every((n) => /^[-+]?[\d.]/.test(n) && Number.isFinite(Number(n))))
    return undefined;
  const lines: string[] = [];
  let line = '[';
  for (const [i, number] of numbers.entries()) {
    const item = i === numbers.length - 1 ? `${number}]` : `${number},`;
    if (line.length + 1 + item.length > room && line.length > 1) {
      lines.push(line);
      line = item;
    } else line += line.endsWith('[') ? item : ` ${item}`;
  }
  return [...lines, line];
}

/** A collection below its key, or beside its dash. */
function collectionLines(entry: EntryLayout, mark: string, room: number): Lines {
  const { value, behind, behindKey, between } = entry;
  if (value === undefined || value.kind === 'scalar' || value.kind === 'block-text') return [];
  // What stood behind a collection in flow style is about the whole of it.
  const [onLine, ...above] = [behindKey, behind].filter((comment) => comment !== undefined);
  const comments = [...between, ...above.map((text) => ({ text, afterBlank: false }))];
  if (value.entries.length === 0) {
    const inside = [
      ...ownLines([...comments, ...value.last], { isFirst: true }),
      value.kind === 'list' ? '[]' : '{}',
    ];
    return [withComment(mark, onLine), ...indented(inside)];
  }
  const below = [...ownLines(comments, { isFirst: true }), ...entriesLines(value, room - 2)];
  if (mark !== '-' || onLine !== undefined || comments.length > 0)
    return [withComment(mark, onLine), ...indented(below)];
  // Comments between the dash and the first key go above the dash.
  const begin = below.findIndex((line) => line !== '' && !line.startsWith('#'));
  const [first = '', ...more] = below.slice(begin);
  return [...below.slice(0, begin), `- ${first}`, ...indented(more)];
}

function withComment(text: string, comment: string | undefined): string {
  return comment === undefined ? text : `${text} ${comment}`;
}

function indented(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
