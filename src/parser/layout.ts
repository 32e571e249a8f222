/**
 * How a spec is written: its values as they stand in the text, with their comments. Read from YAML and JSON for whoever
 * prints them again; what a spec means is in `located.ts`.
 */
export type Layout = ScalarLayout | BlockTextLayout | CollectionLayout;

/** A comment with a line of its own. */
export interface OwnLine {
  /** From its `#` on. */
  readonly text: string;
  readonly afterBlank: boolean;
}

export interface ScalarLayout {
  readonly kind: 'scalar';
  /** As it is written, with its quotes; may have several lines. An alias is one, too. */
  readonly source: string;
  /** What quotes, or several lines, stand for. */
  readonly text?: string;
}

/** `|` or `>` and the lines after it. */
export interface BlockTextLayout {
  readonly kind: 'block-text';
  /** `|`, `>-`, … */
  readonly header: string;
  /** Without the indentation that they have in common. */
  readonly lines: readonly string[];
}

export interface CollectionLayout {
  readonly kind: 'map' | 'list';
  /** `{ }` or `[ ]` in YAML. */
  readonly flow: boolean;
  /** In JSON: the first entry is on a line of its own. */
  readonly open: boolean;
  readonly entries: readonly EntryLayout[];
  /** Comments after the last entry. */
  readonly last: readonly OwnLine[];
}

/** One entry of a mapping, or one item of a list. */
export interface EntryLayout {
  readonly before: readonly OwnLine[];
  /** A blank line stands between the comments before it, or the entry before it, and the entry. */
  readonly afterBlank: boolean;
  readonly key?: ScalarLayout;
  /** `&name` of the key. */
  readonly keyAnchor?: string;
  /** `&name` of the value. */
  readonly anchor?: string;
  /** A comment behind the key or the dash, where the value begins further below. */
  readonly behindKey?: string;
  /** Comments between those and a value that is no block collection. */
  readonly between: readonly OwnLine[];
  /** Undefined where nothing is written. */
  readonly value?: Layout;
  /** A comment on the line on which the value ends. */
  readonly behind?: string;
}

export interface DocumentLayout {
  /** Directives and `---`, with the comments before them. */
  readonly head: readonly string[];
  readonly root: EntryLayout;
  /** Comments after it, where it is in flow style. */
  readonly after: readonly OwnLine[];
  /** `...` and the comments after it. */
  readonly tail: readonly string[];
}

/** The word that a key is; undefined for an item of a list. */
export function wordOf({ key }: EntryLayout): string | undefined {
  return key === undefined ? undefined : (key.text ?? key.source);
}
