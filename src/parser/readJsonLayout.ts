import { type Node, parseTree } from 'jsonc-parser';
import type { DocumentLayout, EntryLayout, Layout, ScalarLayout } from './layout.ts';

/** Reads how a JSON text is written. The text has to be one that `readJson` reads, with `\n` as line ends. */
export function readJsonLayout(text: string): DocumentLayout {
  const root = parseTree(text);
  if (root === undefined) throw new Error('there is no value in this text');
  const value = layoutOf(root, text);
  return { head: [], root: { before: [], afterBlank: false, between: [], value }, after: [], tail: [] };
}

function layoutOf(node: Node, text: string): Layout {
  const { children = [] } = node;
  if (node.type !== 'array' && node.type !== 'object') return scalarOf(node, text);
  const [first] = children;
  const open = first !== undefined && text.slice(node.offset, first.offset).includes('\n');
  const kind = node.type === 'array' ? 'list' : 'map';
  return { kind, flow: true, open, entries: children.map((child) => entryOf(child, text)), last: [] };
}

function entryOf(node: Node, text: string): EntryLayout {
  const [key, value] = node.type === 'property' ? (node.children ?? []) : [undefined, node];
  return {
    before: [],
    afterBlank: /\n[ \t\r]*\n\s*$/.test(text.slice(Math.max(0, node.offset - 200), node.offset)),
    between: [],
    ...(key === undefined ? {} : { key: scalarOf(key, text) }),
    ...(value === undefined ? {} : { value: layoutOf(value, text) }),
  };
}

function scalarOf({ offset, length, type, value }: Node, text: string): ScalarLayout {
  const source = text.slice(offset, offset + length);
  return { kind: 'scalar', source, ...(type === 'string' ? { text: String(value) } : {}) };
}
