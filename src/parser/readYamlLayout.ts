import { type CST, Parser } from 'yaml';
import type { CollectionLayout, DocumentLayout, EntryLayout, Layout } from './layout.ts';
import { type FoundComment, YamlComments } from './yamlComments.ts';
import {
  anchorIn,
  blockTextLayout,
  endOf,
  headerOf,
  inMap,
  isBlock,
  isMissing,
  isWritten,
  scalarLayout,
  startOf,
  startOfToken,
} from './yamlTokens.ts';

type Item = CST.CollectionItem;
type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

/** Reads how a YAML text is written. The text has to be one that `readYaml` reads, with `\n` as line ends. */
export function readYamlLayout(text: string): DocumentLayout {
  const tokens = [...new Parser().parse(text)];
  const document = tokens.find((t) => t.type === 'document');
  const value = document?.value;
  if (document === undefined || isMissing(value)) throw new Error('there is no document in this text');
  const begin = document.start.find((t) => t.type === 'doc-start');
  const end = tokens.find((t) => t.type === 'doc-end');
  const [from, to] = [begin === undefined ? 0 : endOfHead(text, begin.offset), end?.offset ?? text.length];
  const found = commentsIn(tokens).filter(({ offset }) => offset >= from && offset < to);
  const comments = new YamlComments(text, found);
  const root = new LayoutReader(comments).entry({ start: document.start, value }, to);
  return {
    head: linesOf(text.slice(0, from)),
    root,
    after: comments.before(to),
    tail: linesOf(text.slice(to)),
  };
}

/** The line of `---` ends there; what else may stand on it belongs to the document, but for a comment. */
function endOfHead(text: string, begin: number): number {
  const rest = /^---(?:[ \t]+#.*)?/.exec(text.slice(begin))?.[0] ?? '';
  return begin + rest.length;
}

/** Where a comment can follow: behind the value, or behind the header of a text in block style. */
function endOfLine(value: CST.Token): number {
  return endOf((value.type === 'block-scalar' ? headerOf(value) : undefined) ?? value);
}

/** A property that is left out where it has no value. */
function named<K extends string>(name: K, value: string | undefined): { readonly [name in K]?: string } {
  // TypeScript types a computed key as any text.
  return value === undefined ? {} : ({ [name]: value } as { [name in K]: string });
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trimEnd()]));
}

/** The comments of a YAML text. */
export function yamlComments(text: string): readonly string[] {
  return commentsIn([...new Parser().parse(text)]).map((comment) => comment.text);
}

/** All comments, wherever the syntax tree has put them. */
function commentsIn(part: unknown): readonly FoundComment[] {
  if (typeof part !== 'object' || part === null) return [];
  if (Array.isArray(part)) return part.flatMap(commentsIn);
  if ('type' in part && part.type === 'comment' && 'offset' in part && 'source' in part)
    return [{ offset: Number(part.offset), text: String(part.source) }];
  return Object.values(part).flatMap(commentsIn);
}

/** Goes through the syntax tree in the order of the text, and hands each entry the comments next to it. */
class LayoutReader {
  private readonly comments: YamlComments;

  constructor(comments: YamlComments) {
    this.comments = comments;
  }

  /** An entry, up to `limit`, where what follows it begins. */
  entry(item: Item, limit: number): EntryLayout {
    const { comments } = this;
    const { key, value } = item;
    const start = startOf(item);
    const mark =
      item.start.find((t) => t.type === 'seq-item-ind') ?? item.sep?.find((t) => t.type === 'map-value-ind');
    const isPair = !isMissing(key);
    // What stands above a document in block style belongs to its first entry.
    const before = isBlock(value) && mark === undefined ? [] : comments.before(start);
    const afterBlank = comments.isAfterBlank(start);
    const anchor = anchorIn(isPair ? item.sep : item.start);
    const head = anchor ?? mark ?? key;
    return {
      before,
      afterBlank,
      ...(isPair ? { key: scalarLayout(key), ...named('keyAnchor', anchorIn(item.start)?.source) } : {}),
      ...named('anchor', anchor?.source),
      ...this.valueAfter(head, value, { limit, column: isPair ? comments.columnOf(start) : -1 }),
    };
  }

  /** A value with the comments around it; `column` is that of its key. */
  private valueAfter(
    head: CST.Token | null | undefined,
    value: CST.Token | null | undefined,
    { limit, column }: { limit: number; column: number },
  ): Pick<EntryLayout, 'behindKey' | 'between' | 'value' | 'behind'> {
    const { comments } = this;
    const behindKey = isMissing(head) ? undefined : comments.behind(endOf(head));
    if (isMissing(value)) return { between: [], ...named('behind', behindKey) };
    const between = isBlock(value) ? [] : comments.before(startOfToken(value));
    const read = this.value(value, { limit, column });
    const behind = isBlock(value) ? undefined : comments.behind(endOfLine(value));
    if (value.type === 'block-scalar') comments.pass(endOf(value));
    return { between, ...named('behindKey', behindKey), value: read, ...named('behind', behind) };
  }

  private value(value: CST.Token, place: { limit: number; column: number }): Layout {
    if (value.type === 'block-map' || value.type === 'block-seq' || value.type === 'flow-collection')
      return this.collection(value, place);
    return value.type === 'block-scalar' ? blockTextLayout(value) : scalarLayout(value);
  }

  private collection(
    token: Collection,
    { limit, column }: { limit: number; column: number },
  ): CollectionLayout {
    const { comments } = this;
    const flow = token.type === 'flow-collection';
    const kind = token.type === 'block-seq' || (flow && token.start.source === '[') ? 'list' : 'map';
    const items: readonly Item[] = token.items.filter(isWritten);
    const end = flow ? (token.end[0]?.offset ?? limit) : limit;
    const entries = items.map((item, i) => {
      const next = items[i + 1];
      const entry = this.entry(item, next === undefined ? end : startOf(next));
      return kind === 'list' && entry.key !== undefined ? inMap(entry) : entry;
    });
    const [first] = items;
    const own = first === undefined ? 0 : comments.columnOf(startOf(first));
    // A list may stand in the column of its key; a comment there is not of the list.
    const last = flow ? comments.before(end) : comments.before(end, Math.max(own, column + 1));
    return { kind, flow, open: false, entries, last };
  }
}
