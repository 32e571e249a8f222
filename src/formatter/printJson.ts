import { displayWidth } from '../diagnostics/displayWidth.ts';
import type { CollectionLayout, DocumentLayout, EntryLayout, Layout } from '../parser/layout.ts';
import { lineWidth } from './lineWidth.ts';

/**
 * Writes JSON, two columns to a level. A collection that has its first entry on a line of its own keeps one entry to a
 * line; any other stands on one line where it fits.
 */
export function printJson({ root: { value } }: DocumentLayout): string {
  return value === undefined ? '' : `${valueText(value, { column: 0, room: lineWidth })}\n`;
}

/** Where a value stands: the column of its line's beginning, and how much room there is for its first line. */
interface Place {
  readonly column: number;
  readonly room: number;
}

function valueText(value: Layout, { column, room }: Place): string {
  if (value.kind !== 'map' && value.kind !== 'list') return lineText(value);
  if (value.entries.length === 0 || (!isOpen(value) && displayWidth(lineText(value)) <= room))
    return lineText(value);
  const [open, close] = value.kind === 'map' ? '{}' : '[]';
  const inner = column + 2;
  const entries = value.entries.map((entry, i) => {
    const comma = i === value.entries.length - 1 ? '' : ',';
    const blank = entry.afterBlank && i > 0 ? '\n' : '';
    return `${blank}${' '.repeat(inner)}${entryText(entry, { column: inner, room: lineWidth - inner - comma.length })}${comma}`;
  });
  return [open, ...entries, `${' '.repeat(column)}${close}`].join('\n');
}

function entryText({ key, value }: EntryLayout, { column, room }: Place): string {
  const head = key === undefined ? '' : `${key.source}: `;
  return value === undefined
    ? head
    : `${head}${valueText(value, { column, room: room - displayWidth(head) })}`;
}

/** Whether it, or anything in it, has its entries on lines of their own. */
function isOpen({ open, entries }: CollectionLayout): boolean {
  return (
    open || entries.some(({ value }) => (value?.kind === 'map' || value?.kind === 'list') && isOpen(value))
  );
}

/** A value on one line. */
function lineText(value: Layout): string {
  if (value.kind === 'scalar') return value.source;
  if (value.kind === 'block-text') return '';
  const inside = value.entries.map(
    (e) =>
      `${e.key === undefined ? '' : `${e.key.source}: `}${e.value === undefined ? '' : lineText(e.value)}`,
  );
  if (value.kind === 'list') return `[${inside.join(', ')}]`;
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`;
}
