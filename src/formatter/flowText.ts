import type { CollectionLayout, EntryLayout, Layout } from '../parser/layout.ts';
import { keyText, scalarText } from './scalarText.ts';

/** A value on one line, as it stands inside a collection in flow style; undefined where it cannot be said so. */
export function flowText(value: Layout): string | undefined {
  if (value.kind === 'block-text') return undefined;
  if (value.kind === 'scalar') return scalarText(value, true);
  return flowCollection(value);
}

/** `{ a: 1, b: 2 }` or `[1, 2]`; undefined where a comment or a part in block style is in it. */
function flowCollection({ kind, flow, entries, last }: CollectionLayout): string | undefined {
  if (!flow || last.length > 0) return undefined;
  const texts = entries.flatMap((entry) => flowEntry(entry) ?? []);
  if (texts.length < entries.length) return undefined;
  const inside = texts.join(', ');
  if (kind === 'list') return `[${inside}]`;
  return inside === '' ? '{}' : `{ ${inside} }`;
}

function flowEntry(entry: EntryLayout): string | undefined {
  const { before, between, behindKey, behind, value } = entry;
  if (before.length + between.length > 0 || behindKey !== undefined || behind !== undefined) return undefined;
  const text = value === undefined ? '' : flowText(value);
  if (text === undefined) return undefined;
  return [headText(entry), entry.anchor, text].filter((part) => part !== undefined && part !== '').join(' ');
}

/** The key with its anchor and colon; undefined for an item of a list. */
export function headText({ key, keyAnchor }: EntryLayout): string | undefined {
  if (key === undefined) return undefined;
  return `${keyAnchor === undefined ? '' : `${keyAnchor} `}${keyText(key)}:`;
}
